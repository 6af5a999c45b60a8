import { normalisePhone } from '../../core/identity/phone.ts';
import { type RingList, ringList } from '../../core/telephony/ring-list.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { noteDecision } from '../../desk/calls/note-decision.ts';
import { type CallRoute, routeCall } from '../../desk/views/call-route.ts';
import type { Switchboard } from './door.ts';
import type { CallMessage } from './message.ts';
import { type SaidForDecision, sayDecision } from './say-decision.ts';

/** Answers an INVITE with the ring list of its decision, before anything is written; then notes the call. */
export async function answerCall(
  { house, door, announcer, speech }: Switchboard,
  message: CallMessage,
  answer: (value: unknown) => void,
): Promise<void> {
  const phone = normalisePhone(message.from);
  const route = await routeCall({ db: house.db, now: house.clock() }, phone);
  const said = speech && announcer?.address() ? await sayDecision(speech, route, house.clock()) : {};
  const list = listOf(route, { ...door, announcer: announcer?.address() }, said, phone);
  answer({ tindex: message.tindex, tlabel: message.tlabel, steps: list.steps.join('/'), rtjson: list.rtjson });
  const call = {
    id: message.id,
    at: message.invited ?? message.t,
    fromPhone: phone ?? null,
    customerId: route.customer?.id ?? null,
    ringList: route.decision.attempts.map(({ advisorId }) => advisorId),
  };
  await house.transact(async (tx) => {
    await beginCall(tx, call);
    await noteDecision(tx, call.id, route);
  });
}

function listOf(
  { roster, decision, customer }: CallRoute,
  door: Switchboard['door'] & { announcer?: string | undefined },
  said: SaidForDecision,
  phone: string | undefined,
): RingList {
  const finishing = decision.reasons.find(({ code }) => code === 'own_finishing');
  const fileUrl = customer && door.fileUrl ? door.fileUrl(customer.id) : undefined;
  const name = customer && door.showNames ? `${customer.name} (${customer.reference})` : undefined;
  return ringList(decision, {
    numberOf: (id) => roster.advisors.get(id)?.phone ?? '',
    phones: door.phones,
    announcer: door.announcer,
    ...said,
    ringSeconds: roster.policy.call.ringSeconds,
    holdSeconds: finishing && 'secondsLeft' in finishing ? finishing.secondsLeft : 0,
    fallback: door.fallback,
    caller: { number: phone ?? 'anonymous', ...(name ? { name } : {}), ...(fileUrl ? { fileUrl } : {}) },
  });
}
