import type { House } from '../../desk/house.ts';
import type { Announcer } from './announcer/start.ts';
import type { OwnSentences } from './own-sentences.ts';
import type { Speech } from './speech.ts';

/** Where the telephones are, and what they may be told. */
export interface TelephonyDoor {
  /** Kamailio's evapi, `host:port`. */
  evapi: string;
  /** The switch that knows the advisors' phones, `host:port`; or `registrar`: Kamailio itself. */
  phones: string;
  /** Where a caller goes whom nobody answered and who was promised nothing: a SIP address. */
  fallback?: string | undefined;
  /** Whether phones show the customer's name. */
  showNames?: boolean;
  /** Where customers' files are, for phones that can open them: a slash and the customer's id follow. */
  filesAt?: string | undefined;
  /** How long the carrier lets a call stand that nobody has answered: nobody waits longer. */
  unansweredSeconds?: number | undefined;
  /** Whether a caller nobody answers may leave a message. */
  voicemail?: boolean;
  /** Folder shared with Kamailio: the held ring lists and the accounting. */
  folder?: string | undefined;
}

/** Everything a message of Kamailio is taken with. */
export interface Switchboard {
  house: Pick<House, 'db' | 'clock' | 'transact' | 'log'>;
  door: TelephonyDoor;
  /** Undefined: nothing is said to callers, phones ring. */
  announcer?: Announcer | undefined;
  speech?: Speech | undefined;
  ownSentences?: OwnSentences | undefined;
}
