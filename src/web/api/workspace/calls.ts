import { z } from '@hono/zod-openapi';
import { keepNumber, nameCaller } from '../../../desk/calls/caller.ts';
import { noteTalk, placeCall, reportOutcome } from '../../../desk/calls/outgoing.ts';
import { passCallOn, takePassedCall } from '../../../desk/calls/pass-on.ts';
import { sayOver } from '../../../desk/calls/say-over.ts';
import { endWrapUp, sayFinishing } from '../../../desk/calls/wrap-up.ts';
import { pauseCalls, takeCalls } from '../../../desk/presence/pause.ts';
import { sayOffThePhone, unrecordedSince } from '../../../desk/presence/unrecorded-talks.ts';
import type { Tx } from '../../../desk/tx.ts';
import { callbacks } from '../../../desk/views/callbacks.ts';
import { callsNow } from '../../../desk/views/calls-now.ts';
import { missedCalls } from '../../../desk/views/missed-calls.ts';
import { nextForMe } from '../../../desk/views/next-task.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { wallboard } from '../../../desk/views/wallboard.ts';
import { answerNotFound } from '../../problems.ts';
import { get, post, type Route, type WebContext } from '../../route.ts';
import { answer, readBody, refuse } from './answer.ts';
import { staffOf } from './me.ts';
import type { Callbacks, CallsNow, Dialled, Wallboard } from './shapes.ts';

export const callRoutes: Route[] = [
  get('/api/v1/workspace/calls', 'work on case files', readCalls),
  post('/api/v1/workspace/calls', 'work on case files', dial),
  post('/api/v1/workspace/calls/note', 'work on case files', note),
  post('/api/v1/workspace/calls/seen', 'work on case files', seeMissed),
  post('/api/v1/workspace/calls/presence', 'work on case files', sayPresence),
  post('/api/v1/workspace/calls/:id/caller', 'work on case files', sayCaller),
  post('/api/v1/workspace/calls/:id/number', 'work on case files', addNumber),
  post('/api/v1/workspace/calls/:id/pass', 'work on case files', passOn),
  post('/api/v1/workspace/calls/:id/take', 'work on case files', take),
  post('/api/v1/workspace/calls/:id/outcome', 'work on case files', sayOutcome),
  post('/api/v1/workspace/calls/:id/over', 'work on case files', over),
  get('/api/v1/workspace/callbacks', 'work on case files', readCallbacks),
  get('/api/v1/workspace/wallboard', 'watch the phones', readWallboard),
];

/** What rings, what I am in, what I missed. Staff without a caseload are rung by nobody. */
async function readCalls(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const { advisorId, staffId } = actor;
  if (!advisorId) return answer<CallsNow>(c, { calls: [], missed: [], pausedSince: null, unrecordedSince: null });
  const { db, clock } = c.var.house;
  const now = clock();
  const roster = await readRoster(db, now);
  const staff = await db
    .selectFrom('staff')
    .leftJoin('staffPreference', 'staffPreference.staffId', 'staff.id')
    .where('staff.id', '=', staffId)
    .select(['staff.locale', 'callsSeenAt'])
    .executeTakeFirstOrThrow();
  const [calls, missed, pause, unrecorded] = await Promise.all([
    callsNow(db, roster, { advisorId, locale: staff.locale }, now),
    missedCalls(db, advisorId, staff.callsSeenAt, now),
    db.selectFrom('advisorPause').where('advisorId', '=', advisorId).select('since').executeTakeFirst(),
    unrecordedSince(db, advisorId, now),
  ]);
  return answer<CallsNow>(c, { calls, missed, pausedSince: pause?.since ?? null, unrecordedSince: unrecorded });
}

async function readCallbacks(c: WebContext): Promise<Response> {
  const advisorId = staffOf(c)?.advisorId;
  const { db, clock } = c.var.house;
  const now = clock();
  if (!advisorId) return answer<Callbacks>(c, { callbacks: [], next: null });
  const roster = await readRoster(db, now);
  const list = await callbacks(db, roster, advisorId, now);
  return answer<Callbacks>(c, { callbacks: list, next: await nextForMe({ db, now }, roster, advisorId) });
}

async function readWallboard(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const now = clock();
  return answer<Wallboard>(c, await wallboard(db, await readRoster(db, now), now));
}

const Wish = z.strictObject({ customerId: z.uuid(), commitmentId: z.uuid().nullable().default(null) });

/** Has the phone system dial; without one, notes the call and answers with the number, for the phone beside the screen. */
async function dial(c: WebContext): Promise<Response> {
  const read = await readBody(c, Wish);
  if ('wrong' in read) return read.wrong;
  const bySwitch = c.var.house.config.telephony?.dials ?? false;
  const placed = await c.var.house.transact((tx) => placeCall(tx, c.var.actor, { ...read.body, bySwitch }));
  if (!placed.ok) return refuse(c, placed.why);
  return answer<Dialled>(c, { callId: placed.callId, phone: placed.phone, bySwitch });
}

const Note = z.strictObject({
  customerId: z.uuid(),
  direction: z.enum(['in', 'out']),
  text: z.string().max(20_000),
});

async function note(c: WebContext): Promise<Response> {
  const read = await readBody(c, Note);
  if ('wrong' in read) return read.wrong;
  return done(c, await c.var.house.transact((tx) => noteTalk(tx, c.var.actor, read.body)));
}

async function sayCaller(c: WebContext): Promise<Response> {
  const read = await readBody(c, z.strictObject({ customerId: z.uuid() }));
  if ('wrong' in read) return read.wrong;
  const { customerId } = read.body;
  return done(c, await c.var.house.transact((tx) => nameCaller(tx, c.var.actor, { callId: callIdOf(c), customerId })));
}

async function addNumber(c: WebContext): Promise<Response> {
  return done(c, await c.var.house.transact((tx) => keepNumber(tx, c.var.actor, callIdOf(c))));
}

async function sayOutcome(c: WebContext): Promise<Response> {
  const read = await readBody(c, z.strictObject({ talked: z.boolean() }));
  if ('wrong' in read) return read.wrong;
  const outcome = { callId: callIdOf(c), talked: read.body.talked };
  return done(c, await c.var.house.transact((tx) => reportOutcome(tx, c.var.actor, outcome)));
}

async function over(c: WebContext): Promise<Response> {
  const read = await readBody(c, z.strictObject({ over: z.boolean() }));
  if ('wrong' in read) return read.wrong;
  const said = { callId: callIdOf(c), over: read.body.over };
  return done(c, await c.var.house.transact((tx) => sayOver(tx, c.var.actor, said)));
}

async function passOn(c: WebContext): Promise<Response> {
  const read = await readBody(c, z.strictObject({ toAdvisorId: z.uuid(), words: z.string().max(2_000) }));
  if ('wrong' in read) return read.wrong;
  const passed = { callId: callIdOf(c), ...read.body };
  return done(c, await c.var.house.transact((tx) => passCallOn(tx, c.var.actor, passed)));
}

async function take(c: WebContext): Promise<Response> {
  return done(c, await c.var.house.transact((tx) => takePassedCall(tx, c.var.actor, callIdOf(c))));
}

const presences = {
  paused: pauseCalls,
  back: takeCalls,
  finished: endWrapUp,
  finishing: sayFinishing,
  offThePhone: sayOffThePhone,
};

async function sayPresence(c: WebContext): Promise<Response> {
  const read = await readBody(
    c,
    z.strictObject({ doing: z.enum(['paused', 'back', 'finished', 'finishing', 'offThePhone']) }),
  );
  if ('wrong' in read) return read.wrong;
  const advisorId = staffOf(c)?.advisorId;
  if (!advisorId) return answerNotFound(c);
  const say = presences[read.body.doing];
  await c.var.house.transact((tx) => say(tx, advisorId));
  return c.body(null, 204);
}

/** The missed calls shown were looked at. */
async function seeMissed(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  await c.var.house.transact((tx) => markSeen(tx, actor.staffId));
  return c.body(null, 204);
}

function markSeen(tx: Tx, staffId: string) {
  return tx.db
    .insertInto('staffPreference')
    .values({ staffId, callsSeenAt: tx.now })
    .onConflict((conflict) => conflict.column('staffId').doUpdateSet({ callsSeenAt: tx.now }))
    .execute();
}

/** A Call-ID of SIP, or an id of ours. */
function callIdOf(c: WebContext): string {
  return (c.req.param('id') ?? '').slice(0, 300);
}

function done(c: WebContext, result: { ok: true } | { ok: false; why: string }): Response {
  return result.ok ? c.body(null, 204) : refuse(c, result.why);
}
