import { get, LOCALE, post, type Route } from '../../route.ts';
import { quick } from '../../ui/quick.ts';
import { sendComment, showCommentForm } from './comment-page.tsx';
import { actOnOwn, showOwn } from './own-page.tsx';
import { showRemoved } from './removed-page.tsx';
import { sendReport, showReport } from './report-page.tsx';

/** What readers say: written first, confirmed later, without an account. */
export const commentRoutes: readonly Route[] = [
  get(`${LOCALE}/posts/:slug/comment`, 'anyone', showCommentForm),
  post(`${LOCALE}/posts/:slug/comment`, 'anyone', sendComment),
  get(`${LOCALE}/comments/:token`, 'anyone', showOwn),
  post(`${LOCALE}/comments/:token`, 'anyone', actOnOwn),
  get(`${LOCALE}/comments/:id/report`, 'anyone', showReport),
  post(`${LOCALE}/comments/:id/report`, 'anyone', sendReport),
  get(`${LOCALE}/removed`, 'anyone', quick(showRemoved)),
];
