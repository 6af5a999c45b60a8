import { normalisePhone } from '../../core/identity/phone.ts';
import { redirectContacts } from '../../core/telephony/redirect.ts';
import { type RingList, ringList } from '../../core/telephony/ring-list.ts';
import { extensionsOf } from '../../desk/advisors/extension.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { keepHouseState, noteDecision } from '../../desk/calls/note-decision.ts';
import type { House } from '../../desk/house.ts';
import { newId } from '../../desk/id.ts';
import { type CallRoute, routeCallIn } from '../../desk/views/call-route.ts';
import type { HouseNow } from '../../desk/views/situation.ts';
import type { Switchboard, TelephonyDoor } from './door.ts';
import type { Greetings } from './greetings.ts';
import type { CallMessage } from './message.ts';
import { type SaidForDecision, sayDecision } from './say-decision.ts';

/** What was answered, still to be written down. */
export type Answered = () => Promise<void>;

/** Answers an INVITE with the ring list of its decision, before anything is written. Returns what notes the call. */
export async function answerCall(
  { house, door, announcer, speech, greetings }: Switchboard,
  houseNow: () => Promise<HouseNow>,
  message: CallMessage,
  answer: (value: unknown) => void,
): Promise<Answered> {
  const phone = normalisePhone(message.from);
  const route = await routeCallIn({ db: house.db, now: house.clock() }, phone, houseNow);
  if (message.door === 'redirect') {
    const contacts = await contactsOf(house.db, route, door);
    answer({ tindex: message.tindex, tlabel: message.tlabel, contacts });
    return () => note(house, message, route, 'redirect');
  }
  const said =
    speech && announcer?.address() ? sayDecision(speech, { ...route, voicemail: door.voicemail }, house.clock()) : {};
  const list = listOf(route, { ...door, announcer: announcer?.address(), greetings, callId: message.id }, said, phone);
  answer({ tindex: message.tindex, tlabel: message.tlabel, steps: list.steps.join('/'), rtjson: list.rtjson });
  return () => note(house, message, route, 'kamailio');
}

async function note(
  house: Switchboard['house'],
  message: CallMessage,
  route: CallRoute,
  source: 'kamailio' | 'redirect',
): Promise<void> {
  const call = {
    id: message.id,
    source,
    at: message.invited ?? message.t,
    fromPhone: normalisePhone(message.from) ?? null,
    customerId: route.customer?.id ?? null,
    ringList: route.decision.attempts.map(({ advisorId }) => advisorId),
  };
  // Screens hear of it before the rest is written.
  await house.transact((tx) => beginCall(tx, call));
  const houseStateId = await kept(house, route.house);
  await house.transact((tx) => noteDecision(tx, call.id, route, houseStateId));
}

const keeping = new WeakMap<HouseNow, Promise<string>>();

/** Under which id this state of the house is kept: once, for all calls that were decided from it. */
function kept(house: Switchboard['house'], houseNow: HouseNow): Promise<string> {
  const known = keeping.get(houseNow);
  if (known) return known;
  const id = newId();
  const written = house.transact((tx) => keepHouseState(tx, id, houseNow.situation)).then(() => id);
  keeping.set(houseNow, written);
  // Whoever comes next tries again.
  written.catch(() => keeping.delete(houseNow));
  return written;
}

/** The phones of a decision as the switch that asks knows them; then the fallback. */
async function contactsOf(db: House['db'], { decision, roster }: CallRoute, door: TelephonyDoor): Promise<string> {
  const extensions = await extensionsOf(db);
  const phones = decision.attempts.flatMap(({ advisorId }) => {
    const number = extensions.get(advisorId) ?? roster.advisors.get(advisorId)?.phone;
    return number && door.phones !== 'registrar' ? `sip:${number}@${door.phones}` : [];
  });
  return redirectContacts([...phones, ...(door.fallback ? [door.fallback] : [])]);
}

function listOf(
  { roster, decision, customer }: CallRoute,
  door: Switchboard['door'] & { announcer?: string | undefined; greetings?: Greetings | undefined; callId: string },
  said: SaidForDecision,
  phone: string | undefined,
): RingList {
  const finishing = decision.reasons.find(({ code }) => code === 'own_finishing');
  const fileUrl = customer && door.fileUrl ? door.fileUrl(customer.id) : undefined;
  const name = customer && door.showNames ? `${customer.name} (${customer.reference})` : undefined;
  const { fallback } = decision;
  const recorded =
    customer && fallback.kind === 'promise' ? door.greetings?.of(fallback.ownerId, customer.locale) : undefined;
  return ringList(decision, {
    numberOf: (id) => roster.advisors.get(id)?.phone ?? '',
    phones: door.phones,
    announcer: door.announcer,
    ...said,
    voicemail: door.voicemail ? { greeting: said.greeting, recorded, callId: door.callId } : undefined,
    ringSeconds: roster.policy.call.ringSeconds,
    holdSeconds: finishing && 'secondsLeft' in finishing ? finishing.secondsLeft : 0,
    fallback: door.fallback,
    caller: { number: phone ?? 'anonymous', ...(name ? { name } : {}), ...(fileUrl ? { fileUrl } : {}) },
  });
}
