import { get, LOCALE, post, type Route } from '../route.ts';
import { decide, publishAnswer, setModeration } from './decide.ts';
import { showModeration } from './queue-page.tsx';

const MODERATION = `${LOCALE}/staff/moderation`;

/** Where comments are read and decided about: pages and forms, no script. */
export const moderationRoutes: readonly Route[] = [
  get(MODERATION, 'moderate comments', showModeration),
  post(MODERATION, 'moderate comments', decide),
  post(`${MODERATION}/answer`, 'moderate comments', publishAnswer),
  post(`${MODERATION}/setting`, 'moderate comments', setModeration),
];
