import type { Kysely } from 'kysely';
import { normalisePhone } from '../../../core/identity/phone.ts';
import { type CallPast, pastOf } from '../../../core/telephony/past.ts';
import { redirectContacts } from '../../../core/telephony/redirect.ts';
import { type RingList, ringList } from '../../../core/telephony/ring-list.ts';
import { extensionsOf } from '../../../desk/advisors/extension.ts';
import type { DB } from '../../../desk/tables.ts';
import { type CallRoute, routeCallAgain, routeCallIn } from '../../../desk/views/call-route.ts';
import type { HouseNow } from '../../../desk/views/situation.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TelephonyDoor } from '../door.ts';
import type { CallMessage } from '../message.ts';
import { type OwnSentenceFiles, ownSentenceOf } from '../own-sentences.ts';
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
  recorded: OwnSentenceFiles;
}

export interface Answer {
  /** For Kamailio. */
  reply: object;
  /** To be written down, with the state of the house it was decided from. */
  answered: Omit<Answered, 'houseStateId'>;
  house: HouseNow;
}

/** Carriers cut a call that nobody answers after two to three minutes (ITU-T Q.118): nobody waits so long. */
const UNANSWERED_SECONDS = 170;

/** Answers an INVITE, or what is asked again of its call, with the ring list of the decision. Nothing is written. */
export async function answerCall(line: Answering, message: CallMessage): Promise<Answer> {
  const { db, clock, door, voice, announcer, recorded } = line;
  const phone = normalisePhone(message.from);
  const tx = { db, now: clock() };
  const past = pastOf(message.past);
  const since = message.invited ?? message.t;
  const route =
    message.event === 'again'
      ? await routeCallAgain(tx, phone, line.houseNow, { id: message.id, since, ...past })
      : await routeCallIn(tx, phone, line.houseNow);
  const asked = { tindex: message.tindex, tlabel: message.tlabel, ask: `${message.ask ?? 0}` };
  if (message.door === 'redirect') {
    const contacts = await contactsOf(db, route, door);
    return { reply: { ...asked, contacts }, ...answeredWith(route, phone, 'redirect') };
  }
  const decided = { ...route, recorded, voicemail: door.voicemail };
  const said = announcer ? sayDecision(voice, message.id, decided, clock()) : {};
  // A configuration of before does not ask again: whoever waited there would wait to the end.
  const waits = message.ask === null ? undefined : waitsOf(route, door, { past, since, now: message.t });
  const { steps, rtjson } = listOf(route, line, said, { phone, callId: message.id, now: message.t, waits });
  return { reply: { ...asked, steps: steps.join('/'), rtjson }, ...answeredWith(route, phone, 'kamailio') };
}

function answeredWith(
  { house, situation: { now, calendar, waiting }, request, decision, customer }: CallRoute,
  phone: string | undefined,
  source: Answered['source'],
): Pick<Answer, 'answered' | 'house'> {
  const situation = {
    now,
    ...(calendar === house.situation.calendar ? {} : { calendar }),
    ...(waiting === house.situation.waiting ? {} : { waiting }),
  };
  const caller = { phone: phone ?? null, customerId: customer?.id ?? null };
  return { house, answered: { source, ...caller, situation, request, decision } };
}

/** Until when this caller may wait: what the policy says, from the first time on, and what the carrier allows. */
function waitsOf(
  { decision }: CallRoute,
  { unansweredSeconds = UNANSWERED_SECONDS }: TelephonyDoor,
  { past, since, now }: { past: CallPast; since: Date; now: Date },
): Date {
  const until = past.waitsUntil?.getTime() ?? now.getTime() + decision.waitSeconds * 1_000;
  return new Date(Math.min(until, since.getTime() + unansweredSeconds * 1_000));
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
  { door, announcer, recorded }: Answering,
  said: SaidForDecision,
  { phone, callId, now, waits }: { phone: string | undefined; callId: string; now: Date; waits: Date | undefined },
): RingList {
  const finishing = decision.reasons.find(({ code }) => code === 'own_finishing');
  const fileUrl = customer && door.filesAt ? `${door.filesAt}/${customer.id}` : undefined;
  const name = customer && door.showNames ? `${customer.name} (${customer.reference})` : undefined;
  const { fallback } = decision;
  const own =
    customer && fallback.kind === 'promise'
      ? ownSentenceOf(recorded, 'greeting', fallback.ownerId, customer.locale)
      : undefined;
  return ringList(decision, {
    numberOf: (id) => roster.advisors.get(id)?.phone ?? '',
    phones: door.phones,
    announcer,
    ...said,
    callId,
    wait: said.wait && waits && { sentence: said.wait, until: waits, now },
    voicemail: door.voicemail ? { greeting: said.greeting, recorded: own } : undefined,
    ringSeconds: roster.policy.call.ringSeconds,
    holdSeconds: finishing && 'secondsLeft' in finishing ? finishing.secondsLeft : 0,
    fallback: door.fallback,
    caller: { number: phone ?? 'anonymous', ...(name ? { name } : {}), ...(fileUrl ? { fileUrl } : {}) },
  });
}
