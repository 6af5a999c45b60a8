import type { DateStyle } from '../text/dates.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import type { AdvisorId } from './situation.ts';

/** What the words need besides the reason: names, and for when and where times are told. */
export interface Words {
  /** How an advisor is shown: full name or first name. */
  readonly nameOf: (advisorId: AdvisorId) => string;
  /** IANA name of the territory's zone. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Told extends Words {
  readonly style: DateStyle;
}

/** The reasons that carry this code. */
export type ReasonOf<Code extends ReasonCode, R = Reason> = R extends { readonly code: infer Codes }
  ? Code extends Codes
    ? R
    : never
  : never;

/** A sentence for each code; a language that lacks one does not compile. */
export type Sentences = { readonly [Code in ReasonCode]: (reason: ReasonOf<Code>, told: Told) => string };
