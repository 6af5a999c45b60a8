import type { CallDecision } from '../routing/decision.ts';
import { isWaiting, type Step, writeStep } from './step.ts';

/** One route of Kamailio's rtjson. Times in milliseconds. */
interface RingRoute {
  uri: string;
  dst_uri?: string;
  fr_timer: number;
  fr_inv_timer: number;
  headers?: { extra?: string; from?: { display: string; uri: string } };
}

/** What Kamailio follows: one step after the other. Step n of `steps` is route n. */
export interface RingList {
  steps: string[];
  rtjson: { version: '1.0'; routing: 'serial'; routes: RingRoute[] };
}

/** A sentence that is ready to be played; or that is being spoken now, and lasts at most so long. */
interface Ready {
  id: string;
  ms: number;
  soon?: boolean;
}

export interface RingFacts {
  numberOf(advisorId: string): string;
  /** Where the advisors' phones are known: a switch's `host:port`, or `registrar` for Kamailio itself. */
  phones: string;
  /** The announcer's `host:port`; undefined: nothing is said, phones ring. */
  announcer?: string | undefined;
  offer?: Ready | undefined;
  hold?: Ready | undefined;
  /** What who waits for anybody hears, and until when they may wait; left out, nobody waits. `now`: when it begins. */
  wait?: { sentence: Ready; until: Date; now: Date } | undefined;
  promise?: Ready | undefined;
  /** The call's own name: who waits is found by it, and a message is kept under it. */
  callId: string;
  /** Where nobody could answer, the caller may leave a message: its greeting, and before it what the advisor recorded. */
  voicemail?: { greeting: Ready | undefined; recorded?: string | undefined } | undefined;
  /** How long a held caller waits before the phone rings. */
  holdSeconds?: number;
  /** How long a phone rings after a hold. */
  ringSeconds: number;
  /** Where a caller goes whom nobody answered and who was promised nothing: a SIP address. Before any machine. */
  fallback?: string | undefined;
  /** What the phone shows: the caller's name and where their file is. */
  caller?: { name?: string; number: string; fileUrl?: string } | undefined;
}

/** No answer at all from a phone after this long: it is dead, the next one rings. */
const DEAD_PHONE_MS = 1_500;
/** The announcer ends its branch itself; this only helps when it is gone. */
const ANNOUNCER_LATE_MS = 1_500;
/** The announcer waits for a sentence that is still being spoken, then goes on without it. */
const SPOKEN_WITHIN_MS = 1_500;
/** Sooner than this nobody could be put through. */
const SHORTEST_WAIT_MS = 2_000;
const FALLBACK_RINGS_MS = 30_000;

/**
 * A decision as Kamailio follows it: the offer first, then the phones in their order, with none of them the wait, at the
 * end a promise, or for who cannot be rung back the fallback; a message can be left after either. After an offer, a phone
 * and a wait Kamailio asks again: the rest of the list is for when nobody answers it.
 */
export function ringList(decision: CallDecision, facts: RingFacts): RingList {
  const routes: [Step, RingRoute][] = [];
  const say = (step: Step, ready: Ready | undefined, ms?: number) => {
    const waits = isWaiting(step) ? facts.callId : undefined;
    if (facts.announcer && ready) routes.push([step, announcement(facts.announcer, ready, ms, waits)]);
  };
  const { offer, fallback } = decision;
  if (offer) say({ kind: 'offer', advisorId: offer.advisorId, before: new Date(offer.before) }, facts.offer);
  for (const { advisorId, seconds, how } of decision.attempts) {
    if (how === 'hold') say({ kind: 'hold', advisorId }, facts.hold, 1000 * Math.min(seconds, facts.holdSeconds ?? 0));
    const rings = how === 'hold' ? facts.ringSeconds : seconds;
    routes.push([{ kind: 'ring', advisorId }, phone(facts, advisorId, rings)]);
  }
  const { wait } = facts;
  const waitMs = wait ? wait.until.getTime() - wait.now.getTime() : 0;
  if (wait && decision.attempts.length === 0 && decision.waitSeconds > 0 && waitMs >= SHORTEST_WAIT_MS)
    say({ kind: 'wait', until: wait.until }, wait.sentence, waitMs);
  const owed = { advisorId: fallback.ownerId, before: new Date(fallback.dueAt) };
  const { announcer, voicemail } = facts;
  const promises = fallback.kind === 'promise';
  if (!promises && facts.fallback) routes.push([{ kind: 'fallback' }, elsewhere(facts.fallback)]);
  if (announcer && voicemail)
    routes.push([
      { kind: promises ? 'voicemail' : 'message', ...owed },
      leaveMessage(announcer, voicemail, facts.callId),
    ]);
  else if (promises) say({ kind: 'promise', ...owed }, facts.promise);
  return {
    steps: routes.map(([step]) => writeStep(step)),
    rtjson: { version: '1.0', routing: 'serial', routes: routes.map(([, route]) => route) },
  };
}

function phone({ numberOf, phones, caller }: RingFacts, advisorId: string, seconds: number): RingRoute {
  return {
    uri: `sip:${numberOf(advisorId)}@${phones}`,
    ...(phones === 'registrar' ? {} : { dst_uri: `sip:${phones}` }),
    fr_timer: DEAD_PHONE_MS,
    fr_inv_timer: Math.max(1, seconds) * 1_000,
    ...(caller ? { headers: shownOnPhone(caller) } : {}),
  };
}

/** Only what cannot end a header early. */
export const inHeader = (text: string) => text.replace(/[^\p{L}\p{N} .,'()/#&+-]/gu, ' ').slice(0, 60);

function shownOnPhone({ name, number, fileUrl }: NonNullable<RingFacts['caller']>): NonNullable<RingRoute['headers']> {
  return {
    ...(name ? { from: { display: `"${inHeader(name)}"`, uri: `sip:${number}@visavis.invalid` } } : {}),
    ...(fileUrl ? { extra: `Call-Info: <${fileUrl}>;purpose=info\r\n` } : {}),
  };
}

/** `waits`: this call is put through while it lasts; a quiet ring-back tone follows the sentence. */
function announcement(announcer: string, { id, ms, soon }: Ready, playMs = 0, waits?: string): RingRoute {
  const [play, wait] = soon ? [playMs, SPOKEN_WITHIN_MS] : [Math.max(ms, playMs), 0];
  return {
    uri: `sip:announcer@${announcer}`,
    dst_uri: `sip:${announcer}`,
    fr_timer: DEAD_PHONE_MS,
    fr_inv_timer: Math.max(ms, playMs) + wait + ANNOUNCER_LATE_MS,
    headers: {
      extra: `X-Prompt: ${id}\r\nX-Play-Ms: ${play}\r\n${soon ? `X-Wait-Ms: ${wait}\r\n` : ''}${waits ? `X-Waits: ${waits}\r\n` : ''}`,
    },
  };
}

/** It answers at once, and then waits for a greeting that is still being spoken. */
function leaveMessage(
  announcer: string,
  { greeting, recorded }: NonNullable<RingFacts['voicemail']>,
  callId: string,
): RingRoute {
  const wait = greeting?.soon ? `X-Wait-Ms: ${SPOKEN_WITHIN_MS}\r\n` : '';
  const played = [recorded, greeting?.id].filter(Boolean).join(',');
  const prompts = played && `X-Prompt: ${played}\r\n`;
  return {
    uri: `sip:voicemail@${announcer}`,
    dst_uri: `sip:${announcer}`,
    fr_timer: DEAD_PHONE_MS,
    fr_inv_timer: ANNOUNCER_LATE_MS,
    headers: { extra: `X-Voicemail: ${callId}\r\n${prompts}${wait}` },
  };
}

const elsewhere = (uri: string): RingRoute => ({ uri, fr_timer: 2_000, fr_inv_timer: FALLBACK_RINGS_MS });
