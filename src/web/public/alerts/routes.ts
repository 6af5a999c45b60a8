import { get, LOCALE, post, type Route } from '../../route.ts';
import { sendAlertForm, showAlertForm } from './alert-page.tsx';
import { showAlertSent } from './alert-sent.tsx';
import { actOnAlert, showOwnAlert } from './own-alert.tsx';

/** Mail alerts: asked for, confirmed by a button, ended by one click. */
export const alertRoutes: readonly Route[] = [
  get(`${LOCALE}/alerts`, 'anyone', showAlertForm),
  post(`${LOCALE}/alerts`, 'anyone', sendAlertForm),
  get(`${LOCALE}/alerts/sent/:note`, 'anyone', showAlertSent),
  get(`${LOCALE}/alerts/:token`, 'anyone', showOwnAlert),
  post(`${LOCALE}/alerts/:token`, 'anyone', actOnAlert),
];
