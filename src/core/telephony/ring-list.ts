import type { CallDecision } from '../routing/decision.ts';

/** What Kamailio's rtjson follows: one phone after the other. Times in milliseconds. */
export interface RingList {
  version: '1.0';
  routing: 'serial';
  routes: { uri: string; dst_uri: string; fr_timer: number; fr_inv_timer: number }[];
}

/** No answer at all from a phone after this long: it is dead, the next one rings. */
const DEAD_PHONE_MS = 1_500;

/**
 * The ring list of a decision: each advisor's number at the switch that knows the phones (`host:port`), for as long as
 * decided. Route n of the list is attempt n of the decision.
 */
export function ringList(decision: CallDecision, numberOf: (advisorId: string) => string, phones: string): RingList {
  return {
    version: '1.0',
    routing: 'serial',
    routes: decision.attempts.map(({ advisorId, seconds }) => ({
      uri: `sip:${numberOf(advisorId)}@${phones}`,
      dst_uri: `sip:${phones}`,
      fr_timer: DEAD_PHONE_MS,
      fr_inv_timer: Math.max(1, seconds) * 1_000,
    })),
  };
}
