import { get, LOCALE, post, type Route } from '../route.ts';
import { sendMyAttachment, sendWholeText } from './attachment-route.ts';
import { answerSolved, replyToCaseFile, showCaseFile } from './case-file-page.tsx';
import { showDetails } from './details-page.tsx';
import { showMyPage } from './my-page.tsx';
import { sendReport, showReport } from './report-pages.tsx';
import { sendMyMessage, showMyWrite } from './write-page.tsx';

const MY = `${LOCALE}/my`;

/** A customer's own pages. Each reads and writes what is this customer's, and nothing else. */
export const portalRoutes: readonly Route[] = [
  get(MY, 'customer', showMyPage),
  get(`${MY}/details`, 'customer', showDetails),
  get(`${MY}/write`, 'customer', showMyWrite),
  post(`${MY}/write`, 'customer', sendMyMessage),
  get(`${MY}/case-files/:id`, 'customer', showCaseFile),
  post(`${MY}/case-files/:id/reply`, 'customer', replyToCaseFile),
  post(`${MY}/case-files/:id/solved`, 'customer', answerSolved),
  get(`${MY}/attachments/:id`, 'customer', sendMyAttachment),
  get(`${MY}/exchanges/:id`, 'customer', sendWholeText),
  get(`${MY}/report`, 'customer', showReport),
  post(`${MY}/report`, 'customer', sendReport),
];
