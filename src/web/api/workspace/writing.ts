import { z } from '@hono/zod-openapi';
import { saveDraft } from '../../../desk/drafts/drafts.ts';
import { bePresent, leave, type PresentColleague } from '../../../desk/presence/presence.ts';
import { answerNotFound } from '../../problems.ts';
import { post, put, type Route, type WebContext } from '../../route.ts';
import { answer, idOf, readBody } from './answer.ts';
import { staffOf } from './me.ts';

export const writingRoutes: Route[] = [
  put('/api/v1/workspace/drafts', 'work on case files', keepDraft),
  post('/api/v1/workspace/customers/:id/presence', 'read customers', sayPresence),
];

const NewDraft = z.strictObject({
  caseFileId: z.uuid(),
  kind: z.enum(['reply', 'note']),
  text: z.string().max(200_000),
});

async function keepDraft(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const read = await readBody(c, NewDraft);
  if ('wrong' in read) return read.wrong;
  await c.var.house.transact((tx) => saveDraft(tx, actor.staffId, read.body));
  return c.body(null, 204);
}

const Presence = z.strictObject({ doing: z.enum(['looks', 'writes', 'left']) });

async function sayPresence(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const customerId = idOf(c);
  if (!actor || !customerId) return answerNotFound(c);
  const read = await readBody(c, Presence);
  if ('wrong' in read) return read.wrong;
  const { doing } = read.body;
  if (doing === 'left') {
    await leave(c.var.house, actor.staffId, customerId);
    return c.body(null, 204);
  }
  const others = await bePresent(c.var.house, actor.staffId, customerId, doing);
  return answer<{ others: PresentColleague[] }>(c, { others });
}
