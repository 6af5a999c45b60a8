import type { Kysely } from 'kysely';
import type { DB } from '../../tables.ts';

/** What a check can find. Each has its words in both languages (words-fr.ts, words-en.ts). */
export type CheckName = (typeof checkNames)[number];

export const checkNames = [
  'version',
  'durability',
  'clock',
  'logAhead',
  'tenure',
  'tenureGaps',
  'advisorLeft',
  'changeUntold',
  'areaAdvisorLeft',
  'backups',
  'cover',
  'commitmentMissing',
  'ownerLeft',
  'answerMissing',
  'commitmentsUnwatched',
  'trayOverdue',
  'trayOwnerLeft',
  'deliveriesUnread',
  'deliveriesNowhere',
  'callsUnfinished',
  'numbersKept',
  'interactionTwice',
  'mailStuck',
  'mailFailed',
  'smsUnread',
  'smsStuck',
  'smsFailed',
  'jobsFailed',
  'jobsWaiting',
  'actionsStuck',
  'figuresGathered',
  'figuresPublished',
  'secretMissing',
  'disk',
  'origin',
  'clockOutside',
  'smtpOut',
  'smtpLogin',
  'imapIn',
  'imapLogin',
  'imapFolder',
  'smtpIn',
  'smsLink',
] as const;

/** Something that is not as it must be. */
export interface Finding {
  check: CheckName;
  /** How many there are. */
  count: number;
  /** A few of them, by id or name, to begin with. */
  examples: string[];
}

/** What a check of the database may look at. */
export interface Examined {
  db: Kysely<DB>;
  now: Date;
  /** Whether mail can leave at all. */
  sendsMail: boolean;
  /** Whether SMS can leave at all. */
  sendsSms?: boolean;
}

/** One check: what it found, or undefined when all is well. */
export interface Check {
  name: CheckName;
  run(examined: Examined): Promise<Finding | undefined>;
}
