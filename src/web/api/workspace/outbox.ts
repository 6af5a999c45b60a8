import { outbox } from '../../../desk/views/outbox.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { answer } from './answer.ts';
import type { OutboxInfo } from './shapes.ts';

export const outboxRoutes: Route[] = [get('/api/v1/workspace/outbox', 'see the outbox', readOutbox)];

async function readOutbox(c: WebContext): Promise<Response> {
  const { db, config } = c.var.house;
  const serverConfigured = config.smtpUrl !== undefined;
  const smsConfigured = config.sms !== undefined;
  const found = await outbox(db, { actor: c.var.actor, sendsMail: serverConfigured, sendsSms: smsConfigured });
  return answer<OutboxInfo>(c, {
    serverConfigured,
    smsConfigured,
    ...found,
  });
}
