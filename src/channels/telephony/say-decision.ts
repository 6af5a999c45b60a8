import type { Reason } from '../../core/routing/reasons.ts';
import { BEFORE_ANSWER_MS, type Sentence } from '../../core/telephony/sentence.ts';
import {
  holdWords,
  messageWords,
  type OwnIs,
  offerWords,
  promiseWords,
  voicemailWords,
  waitWords,
} from '../../core/telephony/spoken-words.ts';
import type { CallRoute } from '../../desk/views/call-route.ts';
import type { Voice } from './line/voice.ts';
import { type OwnSentenceFiles, ownSentenceOf } from './own-sentences.ts';
import type { Prompt } from './prompt.ts';
import type { Speech } from './speech.ts';

/** Spoken after an answer. */
const GREETING_MOST_MS = 12_000;

type Decided = Pick<CallRoute, 'roster' | 'decision' | 'customer'> & {
  /** Whoever nobody answers may leave a message. */
  voicemail?: boolean | undefined;
  /** What advisors recorded. */
  recorded: OwnSentenceFiles;
};

export interface SaidForDecision {
  offer?: Prompt | undefined;
  hold?: Prompt | undefined;
  wait?: Prompt | undefined;
  promise?: Prompt | undefined;
  greeting?: Prompt | undefined;
}

/**
 * The sentences this decision needs, in the customer's language, or the operator's. The answer to Kamailio waits for no voice: a sentence that
 * was never spoken before is spoken while the announcer already rings.
 */
export function sayDecision(voice: Voice, callId: string, decided: Decided, now: Date): SaidForDecision {
  const locale = localeOf(decided);
  const { offer, hold, wait, promise, greeting } = wordsOf(decided, now);
  const say = (sentences: Sentence[] | undefined, mostMs: number, end?: string) =>
    sentences && voice.promise(locale, sentences, mostMs, end);
  // Where no phone rings before it, the end comes at once.
  const end = decided.decision.attempts.length > 0 ? callId : undefined;
  return {
    offer: say(offer, BEFORE_ANSWER_MS),
    hold: say(hold, BEFORE_ANSWER_MS),
    wait: say(wait, BEFORE_ANSWER_MS),
    promise: say(promise, BEFORE_ANSWER_MS, end),
    greeting: say(greeting, GREETING_MOST_MS, end),
  };
}

/** Speaks them and waits until they lie ready. */
export async function speakDecision(speech: Speech, decided: Decided, now: Date): Promise<void> {
  const { greeting, ...before } = wordsOf(decided, now);
  for (const sentences of Object.values(before))
    if (sentences) await speech.speak(localeOf(decided), sentences, BEFORE_ANSWER_MS);
  if (greeting) await speech.speak(localeOf(decided), greeting, GREETING_MOST_MS);
}

const localeOf = ({ customer, roster }: Decided) => customer?.locale ?? roster.operator.locale;

function wordsOf(decided: Decided, now: Date): Record<keyof SaidForDecision, Sentence[] | undefined> {
  const { roster, decision, customer, recorded, voicemail = false } = decided;
  const locale = localeOf(decided);
  const ownId = customer?.advisorId ?? '';
  const name = (id: string) => roster.advisors.get(id)?.name ?? '';
  const own = (kind: 'opening' | 'ending') => ownSentenceOf(recorded, kind, ownId, locale);
  const common = { ownName: name(ownId), now, zone: roster.operator.timeZone };
  const { offer, fallback, attempts, reasons } = decision;
  const ownIs = whyOwnIsNotHeard(reasons);
  const promises = fallback.kind === 'promise';
  const owed = { ...common, byName: name(fallback.ownerId), before: new Date(fallback.dueAt) };
  return {
    offer: offer
      ? offerWords(
          locale,
          { ...common, byName: name(offer.advisorId), ownIs, before: new Date(offer.before) },
          { opening: own('opening'), ending: own('ending') },
        )
      : undefined,
    hold: attempts.some(({ how }) => how === 'hold') ? holdWords(locale, common) : undefined,
    wait:
      attempts.length === 0 && decision.waitSeconds > 0
        ? waitWords(locale, { ownName: customer && ownIs === 'onCall' ? name(ownId) : null })
        : undefined,
    promise: promises && !voicemail ? promiseWords(locale, owed) : undefined,
    greeting: voicemail ? (promises ? voicemailWords : messageWords)(locale, owed) : undefined,
  };
}

function whyOwnIsNotHeard(reasons: readonly Reason[]): OwnIs {
  if (reasons.some(({ code }) => code === 'own_away')) return 'away';
  return reasons.some(({ code }) => code === 'own_not_answering') ? 'notAnswering' : 'onCall';
}
