import type { Kysely } from 'kysely';
import { explain, hasWords } from '../../core/routing/explain.ts';
import { DECISION_KINDS, type DecisionKind, type Recorded, type Replayed } from '../../core/routing/replay.ts';
import type { DB } from '../tables.ts';
import type { StoredDecision } from './read-recorded.ts';
import type { Unreadable } from './stored.ts';

interface Both {
  fr: string[];
  en: string[];
}

/** One decision that would have been another, in words. */
export interface ReplayExample {
  id: string;
  at: Date;
  kinds: Replayed['kinds'];
  /** How many decisions changed in this way. */
  like: number;
  before: Both;
  after: Both;
}

/** What a draft policy would have decided otherwise. Counts of decisions; times in minutes, below 0: earlier. */
export interface ReplayReport {
  policyVersion: string;
  since: Date;
  until: Date;
  asked: number;
  changed: number;
  /** Of those, the ones that differ only in what follows when nobody answers; no examples are given of them. */
  onlyAfterwards: number;
  skipped: Record<Unreadable, number>;
  /** By the policy of that day: how many, and how many of them today's product still decides alike. Null: not known. */
  versions: { version: string; decisions: number; reproduced: number | null }[];
  kinds: { kind: DecisionKind; before: number; after: number }[];
  offers: { before: number; after: number };
  /** Another phone would have rung first. */
  otherPhone: number;
  times: { told: number; earlier: number; later: number; p10: number; p50: number; p90: number };
  examples: ReplayExample[];
}

interface Kept {
  row: StoredDecision;
  stored: Recorded;
  replayed: Replayed;
  like: number;
}

const MOST_EXAMPLES = 8;

/** What is gathered while decisions are replayed, one at a time: no more than the counts and one example of a kind. */
export class GatheredReplay {
  readonly skipped: Record<Unreadable, number> = { no_request: 0, older_shape: 0, someone_missing: 0 };
  readonly kinds = new Map<DecisionKind, { before: number; after: number }>();
  readonly versions = new Map<string, { decisions: number; reproduced: number | null }>();
  readonly examples = new Map<string, Kept>();
  readonly minutes: number[] = [];
  asked = 0;
  changed = 0;
  otherPhone = 0;
  onlyAfterwards = 0;
  readonly policyVersion: string;
  readonly period: { since: Date; until: Date };

  constructor(policyVersion: string, period: { since: Date; until: Date }) {
    this.policyVersion = policyVersion;
    this.period = period;
  }

  seen(): number {
    return this.asked + Object.values(this.skipped).reduce((sum, count) => sum + count, 0);
  }

  skip(why: Unreadable): void {
    this.skipped[why] += 1;
  }

  add(row: StoredDecision, stored: Recorded, replayed: Replayed, reproduced: boolean | null): void {
    const [before, after] = replayed.kinds;
    this.asked += 1;
    this.countVersion(row.policyVersion, reproduced);
    this.kindOf(before).before += 1;
    this.kindOf(after).after += 1;
    if (replayed.laterMinutes !== null) this.minutes.push(replayed.laterMinutes);
    if (!replayed.changed) return;
    this.changed += 1;
    if (replayed.first[0] !== replayed.first[1]) this.otherPhone += 1;
    if (replayed.onlyAfterwards) {
      this.onlyAfterwards += 1;
      return;
    }
    const example = this.examples.get(`${before} ${after}`);
    if (example) example.like += 1;
    else this.examples.set(`${before} ${after}`, { row, stored, replayed, like: 1 });
  }

  private kindOf(kind: DecisionKind): { before: number; after: number } {
    const counts = this.kinds.get(kind) ?? { before: 0, after: 0 };
    this.kinds.set(kind, counts);
    return counts;
  }

  private countVersion(version: string, reproduced: boolean | null): void {
    const counts = this.versions.get(version) ?? { decisions: 0, reproduced: reproduced === null ? null : 0 };
    counts.decisions += 1;
    if (reproduced && counts.reproduced !== null) counts.reproduced += 1;
    this.versions.set(version, counts);
  }
}

/** The counts as a report; the commonest changes with an example in words, names read from the database. */
export async function tellReport(db: Kysely<DB>, gathered: GatheredReplay): Promise<ReplayReport> {
  const { kinds, minutes, asked, changed, onlyAfterwards, otherPhone, skipped, policyVersion, period } = gathered;
  const common = [...gathered.examples.values()].sort((a, b) => b.like - a.like).slice(0, MOST_EXAMPLES);
  const sum = (side: 'before' | 'after') =>
    (kinds.get('offer_own')?.[side] ?? 0) + (kinds.get('offer_other')?.[side] ?? 0);
  return {
    policyVersion,
    ...period,
    asked,
    changed,
    onlyAfterwards,
    skipped,
    versions: [...gathered.versions].map(([version, counts]) => ({ version, ...counts })),
    kinds: DECISION_KINDS.flatMap((kind) => {
      const counts = kinds.get(kind);
      return counts ? [{ kind, ...counts }] : [];
    }),
    offers: { before: sum('before'), after: sum('after') },
    otherPhone,
    times: timesOf(minutes),
    examples: await inWords(db, common),
  };
}

function timesOf(minutes: readonly number[]): ReplayReport['times'] {
  const moved = minutes.filter((each) => each !== 0).sort((a, b) => a - b);
  const at = (share: number) => moved[Math.min(moved.length - 1, Math.floor(moved.length * share))] ?? 0;
  return {
    told: minutes.length,
    earlier: moved.filter((each) => each < 0).length,
    later: moved.filter((each) => each > 0).length,
    p10: at(0.1),
    p50: at(0.5),
    p90: at(0.9),
  };
}

async function inWords(db: Kysely<DB>, kept: readonly Kept[]): Promise<ReplayExample[]> {
  const [operator, advisors] = await Promise.all([
    db.selectFrom('operator').select('timeZone').executeTakeFirst(),
    db.selectFrom('advisor').select(['id', 'givenName', 'familyName']).execute(),
  ]);
  const names = new Map(advisors.map(({ id, givenName, familyName }) => [id, `${givenName} ${familyName}`]));
  const timeZone = operator?.timeZone ?? 'Europe/Paris';
  return kept.map(({ row, stored, replayed, like }) => {
    const words = { nameOf: (id: string) => names.get(id) ?? '–', timeZone, now: stored.situation.now };
    const told = ({ reasons }: Replayed['after']): Both => {
      const known = reasons.filter(hasWords);
      return {
        fr: known.map((reason) => explain(reason, 'fr', words)),
        en: known.map((reason) => explain(reason, 'en', words)),
      };
    };
    const { kinds, before, after } = replayed;
    return { id: row.id, at: row.at, kinds, like, before: told(before), after: told(after) };
  });
}
