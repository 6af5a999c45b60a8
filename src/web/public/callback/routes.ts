import { get, LOCALE, post, type Route } from '../../route.ts';
import { actOnCallback, showCallback } from './callback-page.tsx';

/** A promised callback, behind the link of its mail: another number, another time, or none. */
export const callbackRoutes: readonly Route[] = [
  get(`${LOCALE}/callback/:token`, 'anyone', showCallback),
  post(`${LOCALE}/callback/:token`, 'anyone', actOnCallback),
];
