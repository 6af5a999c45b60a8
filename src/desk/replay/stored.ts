import { z } from 'zod';
import type { Recorded } from '../../core/routing/replay.ts';

const advisorId = z.string();
const away = z.strictObject({
  why: z.enum(['lunch', 'absence', 'hours']),
  backAt: z.number().nullable(),
  coverId: advisorId.nullable(),
});
const advisorState = z.strictObject({
  podId: z.string(),
  backups: z.array(advisorId),
  backsUp: z.array(advisorId),
  doing: z.enum(['idle', 'ringing', 'call', 'wrapUp', 'message', 'off']),
  since: z.number(),
  away: away.nullable(),
  // Not stored before 23 November 2026: then nobody was known to go early.
  leaves: z.strictObject({ at: z.number(), backAt: z.number().nullable() }).nullish(),
  lastServedAt: z.number(),
  callbacks: z.array(z.strictObject({ id: z.string(), dueAt: z.number(), notBefore: z.number() })),
  messages: z.array(z.strictObject({ id: z.string(), receivedAt: z.number() })),
});
const spans = z.array(z.strictObject({ from: z.string(), to: z.string() })).default([]);
const situation = z.strictObject({
  now: z.number(),
  calendar: z.strictObject({
    timeZone: z.string(),
    hours: z.strictObject({ 1: spans, 2: spans, 3: spans, 4: spans, 5: spans, 6: spans, 7: spans }),
    holidays: z.array(z.string()),
  }),
  advisors: z.record(advisorId, advisorState),
  pods: z.record(z.string(), z.array(advisorId)),
  everyone: z.array(advisorId),
  waiting: z.array(
    z.strictObject({
      id: z.string(),
      ownId: advisorId.nullable(),
      since: z.number(),
      heldFor: advisorId.nullable(),
    }),
  ),
  leadId: advisorId,
});
const request = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: z.literal('call'),
    ownId: advisorId.nullable(),
    numberOnFile: z.boolean(),
    ringBack: z.enum(['ask', 'always', 'never']),
    declined: z.boolean(),
    tried: z.array(advisorId),
  }),
  z.strictObject({
    channel: z.enum(['mail', 'sms', 'message', 'visit', 'letter', 'comment']),
    ownId: advisorId.nullable(),
    answerWithinMinutes: z.number(),
  }),
]);
const reasons = z.array(z.looseObject({ code: z.string() }));
const decision = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: z.literal('call'),
    policyVersion: z.string(),
    offer: z.strictObject({ advisorId, before: z.number() }).nullable(),
    attempts: z.array(
      z.strictObject({
        advisorId,
        seconds: z.number(),
        how: z.enum(['ring', 'hold']),
        role: z.enum(['own', 'backup', 'pod', 'anyone']),
      }),
    ),
    waitSeconds: z.number(),
    fallback: z.strictObject({ kind: z.enum(['promise', 'voicemail']), ownerId: advisorId, dueAt: z.number() }),
    reasons,
  }),
  z.strictObject({
    channel: z.literal('written'),
    policyVersion: z.string(),
    ownerId: advisorId,
    inPlaceOf: z.strictObject({ advisorId, until: z.number().nullable() }).nullable(),
    dueAt: z.number(),
    tray: z.boolean(),
    reasons,
  }),
]);
const recorded = z.object({ situation, request, decision });

/** Why a stored decision cannot be asked again. `no_request`: recorded before the question was kept. */
export type Unreadable = 'no_request' | 'older_shape' | 'someone_missing';

/** What was stored as today's rules read it, checked field by field: an older shape is refused, never completed. */
export function readStored(row: { situation: unknown; request: unknown; decision: unknown }): Recorded | Unreadable {
  if (row.request === null) return 'no_request';
  const read = recorded.safeParse(row);
  if (!read.success) return 'older_shape';
  const { ownId } = read.data.request;
  const named = [...read.data.situation.everyone, read.data.situation.leadId, ...(ownId === null ? [] : [ownId])];
  if (named.some((id) => !(id in read.data.situation.advisors))) return 'someone_missing';
  // The reasons are shown, not read: their facts are the product's own of that day.
  return read.data as Recorded;
}
