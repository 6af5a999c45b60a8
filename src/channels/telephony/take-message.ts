import { z } from 'zod';
import { normalisePhone } from '../../core/identity/phone.ts';
import { ringList } from '../../core/telephony/ring-list.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { followCall } from '../../desk/calls/follow.ts';
import type { House } from '../../desk/house.ts';
import { advisorNumbers } from '../../desk/views/advisor-numbers.ts';
import { explainRoute } from '../../desk/views/route.ts';
import type { TelephonyDoor } from './start.ts';

const Message = z.object({
  event: z.enum(['invite', 'ringing', 'answered', 'missed', 'ended']),
  /** Seconds since 1970, with microseconds. */
  t: z.coerce.number(),
  callid: z.string().min(1).max(300),
  n: z.coerce.number().int().catch(-1),
  from: z.string().catch(''),
  tindex: z.string().optional(),
  tlabel: z.string().optional(),
});

type Open = Pick<House, 'db' | 'clock' | 'transact'>;

/** One message of Kamailio: an INVITE is answered with a ring list before anything is written, the rest is followed. */
export async function takeMessage(
  house: Open,
  door: TelephonyDoor,
  payload: string,
  answer: (value: unknown) => void,
): Promise<void> {
  const message = Message.parse(JSON.parse(payload));
  const at = new Date(Math.round(message.t * 1_000));
  if (message.event === 'invite') return answerInvite(house, door, message, at, answer);
  const event = { callId: message.callid, kind: message.event, at, attempt: message.n };
  await house.transact((tx) => followCall(tx, event));
}

async function answerInvite(
  house: Open,
  door: TelephonyDoor,
  message: z.infer<typeof Message>,
  at: Date,
  answer: (value: unknown) => void,
): Promise<void> {
  const phone = normalisePhone(message.from);
  const asked = { channel: 'call' as const, ...(phone ? { phone } : {}) };
  const { decision, customerId } = await explainRoute({ db: house.db, now: house.clock() }, asked);
  if (decision.channel !== 'call') return;
  const advisorIds = decision.attempts.map((attempt) => attempt.advisorId);
  const numbers = await advisorNumbers(house.db, advisorIds);
  const rtjson = ringList(decision, (id) => numbers.get(id) ?? '', door.phones);
  answer({ tindex: message.tindex, tlabel: message.tlabel, rtjson });
  const call = { id: message.callid, at, fromPhone: phone ?? null, customerId, ringList: advisorIds };
  await house.transact((tx) => beginCall(tx, call));
}
