import { administrationRoutes } from './web/administration/routes.ts';
import { phoneSystemRoutes } from './web/api/calls/routes.ts';
import { contactRoutes } from './web/api/contact.ts';
import { customerRoutes } from './web/api/customers.ts';
import { interactionRoutes } from './web/api/interactions.ts';
import { liveRoutes } from './web/api/live.ts';
import { postApiRoutes } from './web/api/posts.ts';
import { readRoutes } from './web/api/reads.ts';
import { routeRoutes } from './web/api/route.ts';
import { smsRoutes } from './web/api/sms/routes.ts';
import { workspaceRoutes } from './web/api/workspace/routes.ts';
import { caseloadRoutes } from './web/caseloads/routes.ts';
import { editorialRoutes } from './web/editorial/routes.ts';
import { figureRoutes } from './web/figures/routes.ts';
import { health, metrics } from './web/health.ts';
import { moderationRoutes } from './web/moderation/routes.ts';
import { permanenceStaffRoutes } from './web/permanences/routes.ts';
import { portalRoutes } from './web/portal/routes.ts';
import { alertRoutes } from './web/public/alerts/routes.ts';
import { callbackRoutes } from './web/public/callback/routes.ts';
import { commentRoutes } from './web/public/comments/routes.ts';
import { communeRoutes } from './web/public/communes/routes.ts';
import { offlineRoutes } from './web/public/offline/routes.ts';
import { permanenceRoutes } from './web/public/permanences/routes.ts';
import { postRoutes } from './web/public/posts/routes.ts';
import { publicRoutes } from './web/public/routes.ts';
import { solvedRoutes } from './web/public/solved/routes.ts';
import { get, type Route } from './web/route.ts';
import { sessionRoutes } from './web/session/routes.ts';
import { staffRoutes } from './web/staff/routes.ts';
import { workspaceFileRoutes } from './web/workspace-files.ts';

/** Every URL of the product. Each room keeps its own part; the tests walk this list (who may open what, page weights). */
export const routes: readonly Route[] = [
  get('/healthz', 'anyone', health),
  get('/metrics', 'this machine', metrics),
  ...contactRoutes,
  ...customerRoutes,
  ...interactionRoutes,
  ...readRoutes,
  ...postApiRoutes,
  ...routeRoutes,
  ...phoneSystemRoutes,
  ...smsRoutes,
  ...publicRoutes,
  ...offlineRoutes,
  ...communeRoutes,
  ...permanenceRoutes,
  ...permanenceStaffRoutes,
  ...postRoutes,
  ...commentRoutes,
  ...alertRoutes,
  ...callbackRoutes,
  ...solvedRoutes,
  ...portalRoutes,
  ...sessionRoutes,
  ...staffRoutes,
  ...editorialRoutes,
  ...moderationRoutes,
  ...caseloadRoutes,
  ...administrationRoutes,
  ...figureRoutes,
  ...liveRoutes,
  ...workspaceRoutes,
  ...workspaceFileRoutes,
];
