import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Outcome, SoakCall } from './caller.ts';

export interface LedgerLine extends SoakCall {
  outcome: Outcome;
}

/** What is wrong, call by call; each list must be empty. */
export interface CallVerdict {
  /** Ended for the caller, and no record of it. */
  unrecorded: string[];
  /** Two records, or two lines on a timeline. */
  doubled: string[];
  /** Somebody talked and the record says otherwise, or the other way round. */
  misread: string[];
  /** Answered, over, and still open on record. */
  endless: string[];
  /** Nobody answered a caller whose number is on file, and they are owed nothing. */
  unpromised: string[];
  /** Nobody answered, and the caller could not be promised anything: the front desk should have. */
  unheard: string[];
  /** Of calls that were cut: on record. They are owed an answer ten minutes later. */
  cutOnRecord: number;
}

interface Row {
  prefix: string;
  rows: number;
  answered: boolean;
  ended: boolean;
  missed: boolean;
  /** Phones that rang, and when the call came. */
  ring: number;
  at: Date;
  lines: number;
  promises: number;
}

/** The ledger of the callers held against what the product has. */
export async function judge(databaseUrl: string, ledger: readonly LedgerLine[]): Promise<CallVerdict> {
  const known = await records(databaseUrl);
  const of = (line: LedgerLine) => known.get(createHash('md5').update(line.callId).digest('hex'));
  const those = (wrong: (line: LedgerLine, row: Row | undefined) => boolean) =>
    ledger
      .filter((line) => wrong(line, of(line)))
      .map((line) => `${line.callId} (${line.outcome}; ${stateOf(of(line))})`);
  const over = (line: LedgerLine) => line.outcome !== 'cut';
  return {
    unrecorded: those((line, row) => over(line) && !row),
    doubled: those((_, row) => row !== undefined && (row.rows > 1 || row.lines > 1)),
    misread: those((line, row) => over(line) && row !== undefined && row.answered !== (line.outcome === 'answered')),
    endless: those((line, row) => line.outcome === 'answered' && row?.answered === true && !row.ended),
    unpromised: those(
      ({ outcome, from }, row) =>
        (outcome === 'refused' || outcome === 'hung up') && from !== '' && row !== undefined && row.promises === 0,
    ),
    unheard: those(({ outcome, from }) => outcome === 'refused' && from === ''),
    cutOnRecord: ledger.filter((line) => line.outcome === 'cut' && of(line)).length,
  };
}

function stateOf(row: Row | undefined): string {
  if (!row) return 'no record';
  const { answered, ended, missed, ring, at } = row;
  return `${at.toISOString().slice(11, 19)} rung ${ring}${answered ? ', answered' : ''}${ended ? ', ended' : ''}${missed ? ', missed' : ''}`;
}

export function isClean(verdict: CallVerdict): boolean {
  return Object.values(verdict).every((found) => typeof found === 'number' || found.length === 0);
}

async function records(databaseUrl: string): Promise<Map<string, Row>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Row>(
    `select left(call.id, 32) as prefix, count(distinct call.id)::int as rows, bool_or(answered_at is not null) as answered,
       bool_or(ended_at is not null) as ended, bool_or(missed_at is not null) as missed, min(invited_at) as at,
       count(distinct attempt.attempt)::int as ring,
       count(distinct interaction.id)::int as lines, count(distinct commitment.id)::int as promises
     from call
     left join call_attempt attempt on attempt.call_id = call.id
     left join interaction on interaction.content_hash = sha256(('call ' || call.id)::bytea)
     left join commitment on commitment.customer_id = call.customer_id and (commitment.kept_at is null or commitment.kept_at > call.invited_at)
     group by 1`,
  );
  await client.end();
  return new Map(rows.map((row) => [row.prefix, row]));
}
