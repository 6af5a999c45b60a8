import { get, LOCALE, post, type Route } from '../route.ts';
import { cancel, enter, showPermanences } from './permanence-pages.tsx';

const PERMANENCES = `${LOCALE}/staff/permanences`;

/** Where advisors say when they sit in a town hall, and cancel it: pages and forms, no script. */
export const permanenceStaffRoutes: readonly Route[] = [
  get(PERMANENCES, 'enter own absence', showPermanences),
  post(PERMANENCES, 'enter own absence', enter),
  post(`${PERMANENCES}/:id/cancel`, 'enter own absence', cancel),
];
