import { holdWords, offerWords, promiseWords } from '../../core/telephony/spoken-words.ts';
import type { CallRoute } from '../../desk/views/call-route.ts';
import type { Prompt, Speech } from './speech.ts';

/** Nothing spoken before an answer is longer (issue: six seconds). */
const MOST_MS = 6_000;
/** Kamailio waits 300 ms. A voice that takes longer is ready for the next call. */
const VOICE_WAITS_MS = 150;
/** What may be needed only after phones have rung is used when it lies ready, and spoken for the next call. */
const READY_MS = 2;

export interface SaidForDecision {
  offer?: Prompt | undefined;
  hold?: Prompt | undefined;
  promise?: Prompt | undefined;
}

/** The sentences this decision needs, in the customer's language; what is not spoken in time is left out. */
export async function sayDecision(
  speech: Speech,
  { roster, decision, customer }: CallRoute,
  now: Date,
  waitMs = VOICE_WAITS_MS,
): Promise<SaidForDecision> {
  if (!customer) return {};
  const { locale, advisorId: ownId } = customer;
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
  const common = { ownName: name(ownId), now, zone: roster.operator.timeZone };
  const { offer, fallback, attempts } = decision;
  const soon = (sentences: string[], ms = waitMs) => inTime(speech.speak(locale, sentences, MOST_MS), ms);
  const promiseMs = attempts.length > 0 ? Math.min(waitMs, READY_MS) : waitMs;
  const ownIsThere = decision.reasons.every(({ code }) => code !== 'own_away');
  const [offered, held, promised] = await Promise.all([
    offer &&
      soon(
        offerWords(locale, { ...common, byName: name(offer.advisorId), ownIsThere, before: new Date(offer.before) }),
      ),
    attempts.some(({ how }) => how === 'hold') ? soon(holdWords(locale, common)) : undefined,
    fallback.kind === 'promise'
      ? soon(
          promiseWords(locale, { ...common, byName: name(fallback.ownerId), before: new Date(fallback.dueAt) }),
          promiseMs,
        )
      : undefined,
  ]);
  return { offer: offered ?? undefined, hold: held, promise: promised };
}

function inTime(prompt: Promise<Prompt | undefined>, waitMs: number): Promise<Prompt | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  return Promise.race([prompt, late]).finally(() => clearTimeout(timer));
}
