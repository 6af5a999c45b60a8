import type { Outcome, SoakCall } from './caller.ts';
import { type CallOnRecord, nameOnRecord, type Records } from './records.ts';

/** What a caller knows of their call. Times in milliseconds since 1970. */
export interface LedgerLine extends SoakCall {
  outcome: Outcome;
  began: number;
  ended: number;
}

export interface Kill {
  what: 'product' | 'kamailio';
  at: number;
}

/** What is wrong, call by call; each list must be empty. */
export interface CallVerdict {
  /** No last word ever came, and no kill that could have taken it. */
  leftInSilence: string[];
  /** Over for the caller, and no record of it. */
  unrecorded: string[];
  /** Two records, two lines on a timeline, two items in the tray. */
  doubled: string[];
  /** Somebody talked and the record says otherwise, or the other way round: a machine is nobody. */
  misread: string[];
  /** Over, and still open on record. */
  endless: string[];
  /** Nobody talked to a caller who can be rung back, and nothing with a date is owed for this call. */
  unpromised: string[];
  /** Refused, and the caller could not be promised anything: the front desk should have answered. */
  unheard: string[];
  /** Calls without a last word because Kamailio was killed under them; of those, on record. */
  cut: number;
  cutOnRecord: number;
}

/** The ledger of the callers held against what the product has. */
export function judge(ledger: readonly LedgerLine[], kills: readonly Kill[], records: Records): CallVerdict {
  const of = (line: LedgerLine) => records.get(nameOnRecord(line.callId));
  const isCut = (line: LedgerLine) => line.outcome === 'silence' && killUnder(line, kills) !== undefined;
  const those = (wrong: (line: LedgerLine, record: CallOnRecord | undefined) => boolean) =>
    ledger.filter((line) => wrong(line, of(line))).map((line) => inWords(line, of(line)));
  const cut = ledger.filter(isCut);
  return {
    leftInSilence: those((line) => line.outcome === 'silence' && !isCut(line)),
    unrecorded: those((line, record) => !record && !isCut(line)),
    doubled: those((_, record) => record !== undefined && (record.rows > 1 || record.lines + record.items > 1)),
    misread: those(
      (line, record) => record !== undefined && !isCut(line) && record.answered !== (line.outcome === 'answered'),
    ),
    endless: those(
      (line, record) => record !== undefined && !isCut(line) && !(record.answered ? record.ended : record.missed),
    ),
    // Of a call that was cut too: Visavis knows of it, and that nobody answered.
    unpromised: those(
      ({ outcome, from }, record) =>
        outcome !== 'answered' && from !== '' && record !== undefined && !record.answered && record.promises === 0,
    ),
    unheard: those(({ outcome, from }) => outcome === 'refused' && from === ''),
    cut: cut.length,
    cutOnRecord: cut.filter(of).length,
  };
}

/**
 * The kill that can have taken a caller's last word: one of Kamailio while they called. One of Visavis cannot: Kamailio goes
 * on by itself after each question, announcement and phone.
 */
export function killUnder({ began, ended }: Pick<LedgerLine, 'began' | 'ended'>, kills: readonly Kill[]) {
  return kills.find(({ what, at }) => what === 'kamailio' && at >= began && at <= ended);
}

export function isClean(verdict: CallVerdict): boolean {
  return Object.values(verdict).every((found) => typeof found === 'number' || found.length === 0);
}

function inWords(
  { callId, outcome, from, onFile, began, ended }: LedgerLine,
  record: CallOnRecord | undefined,
): string {
  const who = onFile ? 'on file' : from ? 'a stranger' : 'withheld';
  const seconds = Math.round((ended - began) / 1_000);
  return `${callId} (${new Date(began).toISOString().slice(11, 19)} ${who}: ${outcome} after ${seconds} s; ${stateOf(record)})`;
}

function stateOf(record: CallOnRecord | undefined): string {
  if (!record) return 'no record';
  const { answered, ended, missed, rung, at, rows, lines, items, promises } = record;
  const counted = `rows ${rows}, lines ${lines}, items ${items}, promises ${promises}`;
  return `${at.toISOString().slice(11, 19)} rung ${rung}${answered ? ', answered' : ''}${ended ? ', ended' : ''}${missed ? ', missed' : ''}, ${counted}`;
}
