import { z } from '@hono/zod-openapi';
import type { Action } from '../../../desk/held-actions/action.ts';
import { holdAction, seeRefusal, undoAction } from '../../../desk/held-actions/hold.ts';
import { answerNotFound } from '../../problems.ts';
import { post, type Route, type WebContext } from '../../route.ts';
import { answer, idOf, readBody, refuse } from './answer.ts';
import { staffOf } from './me.ts';

export const actionRoutes: Route[] = [
  post('/api/v1/workspace/actions', 'work on case files', hold),
  post('/api/v1/workspace/actions/:id/undo', 'work on case files', undo),
  post('/api/v1/workspace/actions/:id/seen', 'work on case files', seen),
];

const id = z.uuid();
const text = z.string().max(200_000);
const words = z.string().max(2_000);
const instant = z.iso.datetime();
const matter = { customerId: id, caseFileId: id };

const AnyAction = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reply'),
    ...matter,
    text,
    seenUpTo: id.nullable(),
    fileIds: z.array(id).max(20).default([]),
    by: z.enum(['mail', 'sms']).optional(),
  }),
  z.strictObject({ kind: z.literal('note'), ...matter, text }),
  z.strictObject({
    kind: z.literal('promise'),
    ...matter,
    promise: z.enum(['answer', 'callback', 'nextNews', 'visit']),
    words,
    dueAt: instant,
  }),
  z.strictObject({ kind: z.literal('keep'), ...matter, commitmentId: id, nextNewsAt: instant.nullable() }),
  z.strictObject({
    kind: z.literal('withdraw'),
    ...matter,
    commitmentId: id,
    words,
    insteadDueAt: instant.nullable(),
  }),
  z.strictObject({ kind: z.literal('handOver'), ...matter, toAdvisorId: id, summary: text }),
  z.strictObject({ kind: z.literal('done'), ...matter, words, tell: z.boolean() }),
  z.strictObject({ kind: z.literal('reopen'), ...matter, dueAt: instant }),
  z.strictObject({ kind: z.literal('wait'), ...matter, thirdParty: z.string().max(200), nextNewsAt: instant }),
  z.strictObject({ kind: z.literal('news'), ...matter, words: text, nextNewsAt: instant }),
  z.strictObject({
    kind: z.literal('entry'),
    customerId: id,
    caseFileId: id.nullable(),
    channel: z.enum(['call', 'visit', 'letter']),
    subject: z.string().max(200),
    text,
  }),
  z.strictObject({ kind: z.literal('sort'), trayItemId: id, customerId: id }),
  z.strictObject({ kind: z.literal('setAside'), trayItemId: id, why: z.string().max(500) }),
]);
const NewAction = z.strictObject({ id, action: AnyAction });

async function hold(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const read = await readBody(c, NewAction);
  if ('wrong' in read) return read.wrong;
  const action: Action = read.body.action;
  if (!(await belongsTogether(c, action))) return refuse(c, 'not_found');
  const held = await holdAction(c.var.house.transact, actor, { id: read.body.id, action });
  if (!held.ok) return refuse(c, held.why);
  return answer<{ id: string; runsAt: string }>(c, { id: read.body.id, runsAt: held.runsAt });
}

/** A case file is acted on only through its own customer. */
async function belongsTogether(c: WebContext, action: Action): Promise<boolean> {
  if (!('caseFileId' in action) || action.caseFileId === null) return true;
  const found = await c.var.house.db
    .selectFrom('caseFile')
    .where('id', '=', action.caseFileId)
    .where('customerId', '=', action.customerId)
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

async function undo(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const heldId = idOf(c);
  if (!actor || !heldId) return answerNotFound(c);
  const undone = await c.var.house.transact((tx) => undoAction(tx, actor, heldId));
  return undone ? c.body(null, 204) : refuse(c, 'too_late');
}

async function seen(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const heldId = idOf(c);
  if (!actor || !heldId) return answerNotFound(c);
  await c.var.house.transact((tx) => seeRefusal(tx, actor, heldId));
  return c.body(null, 204);
}
