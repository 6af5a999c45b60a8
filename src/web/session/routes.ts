import { get, LOCALE, post, type Route } from '../route.ts';
import { askForLink, askPage, enter, enterPage, leave } from './customer-pages.tsx';

/** How customers enter and leave their own pages. Opening a link (GET, HEAD) confirms nothing; the button (POST) does. */
export const sessionRoutes: readonly Route[] = [
  get(`${LOCALE}/my/enter`, 'anyone', askPage),
  post(`${LOCALE}/my/enter`, 'anyone', askForLink),
  get(`${LOCALE}/my/enter/:token`, 'anyone', enterPage),
  post(`${LOCALE}/my/enter/:token`, 'anyone', enter),
  post(`${LOCALE}/my/leave`, 'customer', leave),
];
