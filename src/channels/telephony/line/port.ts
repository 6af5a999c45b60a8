import type { Calendar } from '../../../core/calendar/calendar.ts';
import type { CallDecision } from '../../../core/routing/decision.ts';
import type { CallRequest } from '../../../core/routing/request.ts';
import type { Situation } from '../../../core/routing/situation.ts';
import type { Sentence } from '../../../core/telephony/sentence.ts';
import type { Locale } from '../../../core/text/typeset.ts';
import type { TelephonyDoor } from '../door.ts';
import type { CallMessage, PhoneMessage } from '../message.ts';
import type { OwnSentenceFiles } from '../own-sentences.ts';
import type { Prompt } from '../prompt.ts';

/** What the line's thread is started with. */
export interface LineSettings {
  databaseUrl: string;
  door: TelephonyDoor;
  /** The voice that speaks, as a command. */
  voice: readonly string[];
  /** Public holidays as they are worked out here: their library would double the thread's memory. */
  holidays: ReadonlyMap<string, readonly string[]>;
  /** Where tests keep the time; left out, the system's. */
  time?: SharedArrayBuffer | undefined;
}

/** What the house tells the line. Plain data: it is copied from one thread to the other. */
export type ToLine =
  /** To be passed on to Kamailio. Without a connection it is lost. */
  | { kind: 'say'; values: readonly unknown[] }
  /** Where announcements can be had; undefined: nothing is said to callers, phones ring. */
  | { kind: 'announcer'; address: string | undefined }
  /** What advisors recorded in their own voice. */
  | { kind: 'recorded'; files: OwnSentenceFiles }
  /** Sentences that lie ready, by the names they were asked for under. */
  | { kind: 'spoken'; prompts: readonly (readonly [name: string, prompt: Prompt])[] }
  /** Whether more can be spoken. */
  | { kind: 'voice'; works: boolean }
  /** Visavis ends: it answers no more, and still tells what it hears. */
  | { kind: 'leave' }
  | { kind: 'stop' };

/** What the line tells the house. */
export type FromLine =
  /** It can be told things now. */
  | { kind: 'ready' }
  /** A connection to Kamailio stands, or is gone. */
  | { kind: 'connected' }
  | { kind: 'cut' }
  /** Since when this Kamailio runs. */
  | { kind: 'started'; at: Date }
  /** A phone registered at Kamailio, or is gone. */
  | { kind: 'phone'; message: PhoneMessage }
  /** What everyone did, for the calls that follow and name it: told once. `state` is JSON. */
  | { kind: 'house'; id: string; at: Date; state: string }
  /** What Kamailio said of a call; and of an INVITE, what was answered. */
  | { kind: 'call'; message: CallMessage; answered?: Answered | undefined }
  /** A sentence somebody is about to hear. */
  | { kind: 'speak'; locale: Locale; sentences: readonly Sentence[]; mostMs: number }
  | { kind: 'trouble'; words: string; error: unknown; harmless: boolean };

/** How a call was answered, and from what: all that has to be written down of it. */
export interface Answered {
  /** Kamailio rings whom we name; or a switch that was told where to ring. */
  source: 'kamailio' | 'redirect';
  phone: string | null;
  customerId: string | null;
  /** The state of the house it was decided from. */
  houseStateId: string;
  /** What differs from it: the time, the hours of another office, and of a call that is asked about again, who waits. */
  situation: { now: number; calendar?: Calendar; waiting?: Situation['waiting'] };
  request: CallRequest;
  decision: CallDecision;
}
