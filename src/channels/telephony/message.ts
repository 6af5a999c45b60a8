import { z } from 'zod';
import { readStep } from '../../core/telephony/step.ts';

const seconds = z.coerce.number().positive();
const at = seconds.transform((value) => new Date(Math.round(value * 1_000)));
const countOrNull = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .nullable()
  .default(null)
  .catch(null);
const number = z
  .string()
  .regex(/^\+?\d{2,20}$/)
  .default('')
  .catch('');
const atOrNull = at.nullable().default(null).catch(null);

/** What Kamailio says about a call. Every message but a bare "ended" can be understood without the ones before. */
const Message = z.object({
  event: z.enum([
    'invited',
    // Its list was followed so far: it is decided about again.
    'again',
    // Somebody is free for a caller who waits.
    'freed',
    'ringing',
    'failed',
    'cancelled',
    'missed',
    'answered',
    'ended',
    // Of a call to the outside.
    'dialled',
    'picked',
    'unplaced',
    // Two advisors talk to each other.
    'colleagues',
  ]),
  /** Seconds since 1970, with microseconds. */
  t: at,
  id: z.string().regex(/^([0-9a-f]{32}(-\d+-[0-9a-f]{1,8})?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
  from: z.string().max(40).default('').catch(''),
  /** The number called, of a call to the outside. */
  to: number,
  /** The phone that took the call over from another. */
  moved: number,
  code: countOrNull,
  /** `redirect`: the switch that asks rings whom we name, and tells us no more. */
  door: z.literal('redirect').optional().catch(undefined),
  invited: atOrNull,
  /** When somebody answered, of a call that has ended. */
  answered: atOrNull,
  /** Of a call that has ended: Kamailio was restarted in mid-call and knows no more of it than this message tells. */
  lost: z.literal('1').optional().catch(undefined),
  step: z
    .string()
    .transform((word) => readStep(word) ?? null)
    .default(null)
    .catch(null),
  played: countOrNull,
  /** All the steps it went through. */
  past: z.string().default('').catch(''),
  /** Which question about this call it is; the answer names it. */
  ask: countOrNull,
  tindex: z.string().optional(),
  tlabel: z.string().optional(),
});
export type CallMessage = z.infer<typeof Message>;

const Started = z.object({ event: z.literal('started'), t: at });

/** Since when this Kamailio runs, which it says to whoever connects; undefined: a message about a call. */
export function readStarted(payload: string): Date | undefined {
  return payload.startsWith('{"event":"started"') ? Started.parse(JSON.parse(payload)).t : undefined;
}

const Phone = z.object({
  event: z.literal('phone'),
  number: z.string().regex(/^\+?\d{2,20}$/),
  there: z.enum(['0', '1']).transform((flag) => flag === '1'),
});
export type PhoneMessage = z.infer<typeof Phone>;

/** A phone registered at Kamailio or is gone; undefined: a message about a call. */
export function readPhone(payload: string): PhoneMessage | undefined {
  return payload.startsWith('{"event":"phone"') ? Phone.parse(JSON.parse(payload)) : undefined;
}

/** Reads one message. Throws when it is none of ours. */
export function readMessage(payload: string): CallMessage {
  const said: unknown = JSON.parse(payload);
  // Most of a message is empty; each of these as something wrong, to be caught, took longer than all the rest.
  const filled = Object.entries(said ?? {}).filter(([, value]) => value !== '');
  return Message.parse(Object.fromEntries(filled));
}
