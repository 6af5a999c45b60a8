import type { Reason } from './reasons.ts';
import type { AdvisorId } from './situation.ts';

/** One phone to ring, or one advisor to hold for. */
export interface Attempt {
  readonly advisorId: AdvisorId;
  readonly seconds: number;
  /** `hold`: the caller waits for this advisor who is finishing; the phone rings as soon as they are done. */
  readonly how: 'ring' | 'hold';
  readonly role: 'own' | 'backup' | 'pod' | 'anyone';
}

/** Made before the attempts: hanging up while it is spoken accepts it, staying on the line goes on to the attempts. */
export interface Offer {
  readonly advisorId: AdvisorId;
  /** The callback comes before this instant. */
  readonly before: number;
}

/** What happens when nobody has answered at the end. Always someone, always a time. */
export type Fallback =
  /** We ring the customer back. */
  | { readonly kind: 'promise'; readonly ownerId: AdvisorId; readonly dueAt: number }
  /** The caller leaves a message; it is answered by then. */
  | { readonly kind: 'voicemail'; readonly ownerId: AdvisorId; readonly dueAt: number };

export interface CallDecision {
  readonly channel: 'call';
  readonly policyVersion: string;
  readonly offer: Offer | null;
  /** In order, nobody twice. */
  readonly attempts: readonly Attempt[];
  /** How long the caller then waits for whoever is free first; 0 goes straight to the fallback. */
  readonly waitSeconds: number;
  readonly fallback: Fallback;
  readonly reasons: readonly Reason[];
}

/** Who answers in the owner's place, and until when; null while nobody knows. */
export interface InPlaceOf {
  readonly advisorId: AdvisorId;
  readonly until: number | null;
}

export interface WrittenDecision {
  readonly channel: 'written';
  readonly policyVersion: string;
  /** Who answers: the own advisor, or while they are away whoever covers. */
  readonly ownerId: AdvisorId;
  /** Set when the owner answers for someone away. */
  readonly inPlaceOf: InPlaceOf | null;
  readonly dueAt: number;
  /** True when we do not know who writes: it goes to the tray, with the owner on duty. */
  readonly tray: boolean;
  readonly reasons: readonly Reason[];
}

export type Decision = CallDecision | WrittenDecision;
