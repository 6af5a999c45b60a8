import type { AdvisorId } from './situation.ts';

export type WrittenChannel = 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
export type Channel = 'call' | WrittenChannel;

/** What the customer told us about being rung back: ask each time, always (never offer again), never. */
export type RingBack = 'ask' | 'always' | 'never';

export interface CallRequest {
  readonly channel: 'call';
  /** The caller's own advisor; null when we do not know who calls. */
  readonly ownId: AdvisorId | null;
  /** A number that can be rung back and belongs to this customer. Withheld and unknown numbers are not. */
  readonly numberOnFile: boolean;
  readonly ringBack: RingBack;
  /** The caller heard the offer and stayed on the line. */
  readonly declined: boolean;
  /** Advisors whose phone rang for this call and who did not answer. */
  readonly tried: readonly AdvisorId[];
}

export interface WrittenRequest {
  readonly channel: WrittenChannel;
  /** The writer's own advisor; null when we do not know who writes. */
  readonly ownId: AdvisorId | null;
  /** Working minutes to the answer, from the service level of the line: the only thing that may shorten it. */
  readonly answerWithinMinutes: number;
}

export type RoutingRequest = CallRequest | WrittenRequest;

/** A customer as stored. `kind` is here so that it can be seen to go no further. */
export interface CustomerOnFile {
  readonly advisorId: AdvisorId;
  readonly kind: 'household' | 'business' | 'town_hall';
  readonly ringBack: RingBack;
}

export interface CallFacts {
  readonly numberOnFile: boolean;
  readonly declined?: boolean;
  readonly tried?: readonly AdvisorId[];
}

const NOBODY: readonly AdvisorId[] = [];

/** The request for a call from a customer, or from someone we do not know (null). Drops the customer's kind. */
export function callRequest(customer: CustomerOnFile | null, call: CallFacts): CallRequest {
  return {
    channel: 'call',
    ownId: customer ? customer.advisorId : null,
    numberOnFile: customer !== null && call.numberOnFile,
    ringBack: customer ? customer.ringBack : 'never',
    declined: call.declined ?? false,
    tried: call.tried ?? NOBODY,
  };
}

/** The request for something written by a customer, or by someone we do not know (null). Drops the customer's kind. */
export function writtenRequest(
  channel: WrittenChannel,
  customer: CustomerOnFile | null,
  serviceLevel: { readonly answerWithinMinutes: number },
): WrittenRequest {
  return {
    channel,
    ownId: customer ? customer.advisorId : null,
    answerWithinMinutes: serviceLevel.answerWithinMinutes,
  };
}
