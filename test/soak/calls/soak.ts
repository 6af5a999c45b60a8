import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CallerPorts, call, type Outcome, type SoakCall } from './caller.ts';
import { readRecords } from './records.ts';
import { type CallStage, PROXY, startCallStage } from './stage.ts';
import { type CallVerdict, isClean, judge, type Kill, killUnder, type LedgerLine } from './verdict.ts';

export interface CallSoakReport {
  passed: boolean;
  calls: Record<Outcome, number>;
  kills: { product: number; kamailio: number };
  verdict: CallVerdict;
}

const A_SECOND = 2;
/** Until what was written while the last process was down has been caught up: its lists and accounting every two minutes. */
const SETTLES_MS = 130_000;
/** Of a call that was cut and of which nothing more is heard, after ten minutes. */
const CUT_SETTLES_MS = 11 * 60_000;
/** Longer than Visavis has anybody wait or rings one phone after the other: whoever has heard nothing by then never will. */
const LONGEST_MS = 240_000;
/** Who lost their call with Kamailio. Said again until Kamailio is back, their INVITE may be answered all the same. */
const AFTER_KILL_MS = 75_000;
/** More callers than ever call at once. Their ports are below those the system gives away. */
const CALLERS = 2_000;

/** Calls and kills for so long; then every caller's own account is held against the record. */
export async function soakCalls({
  minutes,
  say,
}: {
  minutes: number;
  say(words: string): void;
}): Promise<CallSoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-soak-calls-'));
  const stage = await startCallStage(folder, say);
  try {
    const until = performance.now() + minutes * 60_000;
    const [ledger] = await Promise.all([callUntil(stage, until), killUntil(stage, until, say)]);
    say(`${ledger.length} calls; waiting for what is still to be written`);
    const verdict = await judgeInTime(stage, ledger, say);
    const count = (outcome: Outcome) => ledger.filter((line) => line.outcome === outcome).length;
    const calls = {
      answered: count('answered'),
      voicemail: count('voicemail'),
      refused: count('refused'),
      'hung up': count('hung up'),
      silence: count('silence'),
    };
    const kills = { product: killed(stage, 'product'), kamailio: killed(stage, 'kamailio') };
    return { passed: isClean(verdict) && calls.answered > 0, calls, kills, verdict };
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export function callsAsText({ passed, calls, kills, verdict }: CallSoakReport): string {
  const { cut, cutOnRecord, ...wrong } = verdict;
  return [
    `killed: the product ${kills.product} times, Kamailio ${kills.kamailio} times`,
    `calls: ${Object.entries(calls)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', ')} (cut by a kill of Kamailio: ${cut}, of those on record ${cutOnRecord})`,
    ...Object.entries(wrong).map(
      ([what, those]) => `${what}: ${those.length}${those.length > 0 ? `, ${those.slice(0, 10).join(', ')}` : ''}`,
    ),
    passed ? 'passed' : 'FAILED',
    '',
  ].join('\n');
}

const killed = ({ kills }: CallStage, what: Kill['what']) => kills.filter((kill) => kill.what === what).length;

async function callUntil(stage: CallStage, until: number): Promise<LedgerLine[]> {
  const ledger: LedgerLine[] = [];
  const going: Promise<void>[] = [];
  for (let count = 0; performance.now() < until; count++) {
    going.push(callOnce(stage, portsOf(count % CALLERS), wish(count, stage)).then((line) => void ledger.push(line)));
    await pause((Math.random() * 2_000) / A_SECOND);
  }
  await Promise.all(going);
  return ledger;
}

const portsOf = (caller: number): CallerPorts => ({
  sip: 20_000 + caller,
  media: 22_000 + 4 * caller,
  control: 30_000 + caller,
});

async function callOnce({ kills }: CallStage, ports: CallerPorts, wanted: SoakCall): Promise<LedgerLine> {
  const began = Date.now();
  const givesUp = () => {
    const now = Date.now();
    const cut = killUnder({ began, ended: now }, kills);
    return now > (cut ? cut.at + AFTER_KILL_MS : began + LONGEST_MS);
  };
  const outcome = await call(PROXY, ports, wanted, givesUp);
  return { ...wanted, outcome, began, ended: Date.now() };
}

/** Most wait for somebody, some hang up after a while; a few withhold their number, a few have one that nobody knows. */
function wish(count: number, { callers, strangers }: CallStage): SoakCall {
  const lot = Math.random();
  const onFile = lot >= 0.2;
  const numbers = onFile ? callers : strangers;
  return {
    callId: `soak-${process.pid}-${count}`,
    from: lot < 0.08 ? '' : (numbers[count % numbers.length] ?? ''),
    onFile,
    patienceMs: Math.random() > 0.75 ? 200 + Math.round(Math.random() * 6_000) : null,
    talkMs: 200 + Math.round(Math.random() * 4_000),
  };
}

async function killUntil(stage: CallStage, until: number, say: (words: string) => void): Promise<void> {
  while (performance.now() < until) {
    await pause(4_000 + Math.random() * 12_000);
    const what = Math.random() < 0.65 ? 'product' : 'kamailio';
    const readyMs = await (what === 'product' ? stage.killProduct() : stage.killKamailio());
    const time = new Date().toISOString().slice(11, 19);
    say(`${time} kill ${stage.kills.length}: ${what}, back after ${Math.round(readyMs)} ms`);
  }
}

/** As soon as nothing is wrong, or when there has been time enough to put it right. */
async function judgeInTime(
  { databaseUrl, kills }: CallStage,
  ledger: readonly LedgerLine[],
  say: (words: string) => void,
): Promise<CallVerdict> {
  const from = performance.now();
  for (;;) {
    const records = await readRecords(databaseUrl);
    const verdict = judge(ledger, kills, records);
    const waited = performance.now() - from;
    const withoutCut = ledger.filter((line) => !(line.outcome === 'silence' && killUnder(line, kills)));
    const patience = isClean(judge(withoutCut, kills, records)) ? CUT_SETTLES_MS : SETTLES_MS;
    if (isClean(verdict) || waited > patience) return verdict;
    say(`after ${Math.round(waited / 1_000)} s: ${wrongIn(verdict).join(', ')}`);
    await pause(5_000);
  }
}

const wrongIn = (verdict: CallVerdict) =>
  Object.entries(verdict).flatMap(([what, those]) =>
    typeof those === 'number' || those.length === 0 ? [] : [`${what} ${those.length}`],
  );
