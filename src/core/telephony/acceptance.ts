/** Hung up sooner than this, nobody can have understood what was offered. */
const LEAST_HEARD_MS = 2_000;
/** Hung up this soon after the offer's end, before anyone answered: it was the offer they took. */
const AFTERTHOUGHT_MS = 1_500;

/** How an offer ended, as far as it is known. Times in milliseconds. */
export interface OfferHeard {
  playedMs: number | null;
  /** How long ago the offer had ended when the caller hung up; 0 while it was being spoken. */
  overForMs: number;
}

/** Whether so much of an offer was heard that it can be taken, or declined. */
export const isHeard = (playedMs: number): boolean => playedMs >= LEAST_HEARD_MS;

/** Whether hanging up then accepts the callback that was offered. */
export function acceptsOffer({ playedMs, overForMs }: OfferHeard): boolean {
  return isHeard(playedMs ?? 0) && overForMs <= AFTERTHOUGHT_MS;
}
