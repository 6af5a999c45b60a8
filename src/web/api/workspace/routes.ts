import type { Route } from '../../route.ts';
import { absenceRoutes } from './absences.ts';
import { actionRoutes } from './actions.ts';
import { callRoutes } from './calls.ts';
import { caseloadRoutes } from './caseload.ts';
import { customerRoutes } from './customer.ts';
import { mailHtmlRoutes } from './mail-html.ts';
import { meRoutes } from './me.ts';
import { outboxRoutes } from './outbox.ts';
import { ownSentenceRoutes } from './own-sentences.ts';
import { searchRoutes } from './search.ts';
import { trayRoutes } from './tray.ts';
import { writingRoutes } from './writing.ts';

/** What only the workspace asks for; other tools use the doors beside this folder. */
export const workspaceRoutes: Route[] = [
  ...meRoutes,
  ...callRoutes,
  ...caseloadRoutes,
  ...customerRoutes,
  ...actionRoutes,
  ...writingRoutes,
  ...trayRoutes,
  ...absenceRoutes,
  ...outboxRoutes,
  ...searchRoutes,
  ...mailHtmlRoutes,
  ...ownSentenceRoutes,
];
