import type { Kysely } from 'kysely';
import { normalisePhone } from '../../../core/identity/phone.ts';
import { redirectContacts } from '../../../core/telephony/redirect.ts';
import { type RingList, ringList } from '../../../core/telephony/ring-list.ts';
import { extensionsOf } from '../../../desk/advisors/extension.ts';
import type { DB } from '../../../desk/tables.ts';
import { type CallRoute, routeCallIn } from '../../../desk/views/call-route.ts';
import type { HouseNow } from '../../../desk/views/situation.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TelephonyDoor } from '../door.ts';
import { greetingOf } from '../greetings.ts';
import type { CallMessage } from '../message.ts';
import { type SaidForDecision, sayDecision } from '../say-decision.ts';
import type { Answered } from './port.ts';
import type { Voice } from './voice.ts';

/** Everything an INVITE is answered with. */
export interface Answering {
  db: Kysely<DB>;
  clock: Clock;
  door: TelephonyDoor;
  houseNow(): Promise<HouseNow>;
  voice: Voice;
  /** Undefined: nothing is said to callers, phones ring. */
  announcer?: string | undefined;
  greetings: ReadonlyMap<string, string>;
}

export interface Answer {
  /** For Kamailio. */
  reply: object;
  /** To be written down, with the state of the house it was decided from. */
  answered: Omit<Answered, 'houseStateId'>;
  house: HouseNow;
}

/** Answers an INVITE with the ring list of its decision. Nothing is written. */
export async function answerCall(line: Answering, message: CallMessage): Promise<Answer> {
  const { db, clock, door, voice, announcer } = line;
  const phone = normalisePhone(message.from);
  const route = await routeCallIn({ db, now: clock() }, phone, line.houseNow);
  const { tindex, tlabel } = message;
  if (message.door === 'redirect') {
    const contacts = await contactsOf(db, route, door);
    return { reply: { tindex, tlabel, contacts }, ...answeredWith(route, phone, 'redirect') };
  }
  const said = announcer ? sayDecision(voice, message.id, { ...route, voicemail: door.voicemail }, clock()) : {};
  const { steps, rtjson } = listOf(route, line, said, { phone, callId: message.id });
  return { reply: { tindex, tlabel, steps: steps.join('/'), rtjson }, ...answeredWith(route, phone, 'kamailio') };
}

function answeredWith(
  { house, situation: { now, calendar }, request, decision, customer }: CallRoute,
  phone: string | undefined,
  source: Answered['source'],
): Pick<Answer, 'answered' | 'house'> {
  const situation = calendar === house.situation.calendar ? { now } : { now, calendar };
  const caller = { phone: phone ?? null, customerId: customer?.id ?? null };
  return { house, answered: { source, ...caller, situation, request, decision } };
}

/** The phones of a decision as the switch that asks knows them; then the fallback. */
async function contactsOf(
  db: Kysely<DB>,
  { decision, roster }: CallRoute,
  { phones: at, fallback }: TelephonyDoor,
): Promise<string> {
  const extensions = await extensionsOf(db);
  const phones = decision.attempts.flatMap(({ advisorId }) => {
    const number = extensions.get(advisorId) ?? roster.advisors.get(advisorId)?.phone;
    return number && at !== 'registrar' ? `sip:${number}@${at}` : [];
  });
  return redirectContacts([...phones, ...(fallback ? [fallback] : [])]);
}

function listOf(
  { roster, decision, customer }: CallRoute,
  { door, announcer, greetings }: Answering,
  said: SaidForDecision,
  { phone, callId }: { phone: string | undefined; callId: string },
): RingList {
  const finishing = decision.reasons.find(({ code }) => code === 'own_finishing');
  const fileUrl = customer && door.filesAt ? `${door.filesAt}/${customer.id}` : undefined;
  const name = customer && door.showNames ? `${customer.name} (${customer.reference})` : undefined;
  const { fallback } = decision;
  const recorded =
    customer && fallback.kind === 'promise' ? greetingOf(greetings, fallback.ownerId, customer.locale) : undefined;
  return ringList(decision, {
    numberOf: (id) => roster.advisors.get(id)?.phone ?? '',
    phones: door.phones,
    announcer,
    ...said,
    voicemail: door.voicemail ? { greeting: said.greeting, recorded, callId } : undefined,
    ringSeconds: roster.policy.call.ringSeconds,
    holdSeconds: finishing && 'secondsLeft' in finishing ? finishing.secondsLeft : 0,
    fallback: door.fallback,
    caller: { number: phone ?? 'anonymous', ...(name ? { name } : {}), ...(fileUrl ? { fileUrl } : {}) },
  });
}
