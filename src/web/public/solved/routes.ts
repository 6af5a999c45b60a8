import { get, LOCALE, post, type Route } from '../../route.ts';
import { pressSolved, showSolved } from './solved-pages.tsx';

/** "Is it solved?" by the link of a mail: a page with two buttons, no account. */
export const solvedRoutes: readonly Route[] = [
  get(`${LOCALE}/solved/:token`, 'anyone', showSolved),
  post(`${LOCALE}/solved/:token`, 'anyone', pressSolved),
];
