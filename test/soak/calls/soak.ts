import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { call, type SoakCall } from './caller.ts';
import { type CallStage, PROXY, startCallStage } from './stage.ts';
import { type CallVerdict, isClean, judge, type LedgerLine } from './verdict.ts';

export interface CallSoakReport {
  passed: boolean;
  calls: Record<LedgerLine['outcome'], number>;
  kills: { product: number; kamailio: number };
  verdict: CallVerdict;
}

const A_SECOND = 2;
/** Until what was written while the last process was down has been caught up: its lists and accounting every two minutes. */
const SETTLES_MS = 130_000;
const FIRST_PORT = 20_000;
const PORTS = 4_000;

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
    const [ledger, kills] = await Promise.all([callUntil(stage, until), killUntil(stage, until, say)]);
    say(`${ledger.length} calls; waiting for what is still to be written`);
    const verdict = await judgeInTime(stage.databaseUrl, ledger);
    const count = (outcome: LedgerLine['outcome']) => ledger.filter((line) => line.outcome === outcome).length;
    const calls = {
      answered: count('answered'),
      refused: count('refused'),
      'hung up': count('hung up'),
      cut: count('cut'),
    };
    return { passed: isClean(verdict) && calls.answered > 0, calls, kills, verdict };
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export function callsAsText({ passed, calls, kills, verdict }: CallSoakReport): string {
  const { cutOnRecord, ...wrong } = verdict;
  return [
    `killed: the product ${kills.product} times, Kamailio ${kills.kamailio} times`,
    `calls: ${Object.entries(calls)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', ')} (of those cut ${cutOnRecord} on record)`,
    ...Object.entries(wrong).map(
      ([what, those]) => `${what}: ${those.length}${those.length > 0 ? `, ${those.slice(0, 10).join(', ')}` : ''}`,
    ),
    passed ? 'passed' : 'FAILED',
    '',
  ].join('\n');
}

async function callUntil({ callers }: CallStage, until: number): Promise<LedgerLine[]> {
  const ledger: LedgerLine[] = [];
  const going: Promise<void>[] = [];
  for (let count = 0; performance.now() < until; count++) {
    const wanted = wish(count, callers);
    const port = FIRST_PORT + ((count * 2) % PORTS);
    going.push(call(PROXY, port, wanted).then((outcome) => void ledger.push({ ...wanted, outcome })));
    await pause((Math.random() * 2_000) / A_SECOND);
  }
  await Promise.all(going);
  return ledger;
}

/** Most wait for somebody, some hang up after a while, a few withhold their number. */
function wish(count: number, callers: readonly string[]): SoakCall {
  const lot = Math.random();
  return {
    callId: `soak-${process.pid}-${count}`,
    from: lot < 0.08 ? '' : (callers[count % callers.length] ?? ''),
    patienceMs: lot > 0.75 ? 200 + Math.round(Math.random() * 6_000) : null,
    talkMs: 200 + Math.round(Math.random() * 4_000),
  };
}

async function killUntil(
  stage: CallStage,
  until: number,
  say: (words: string) => void,
): Promise<CallSoakReport['kills']> {
  const kills = { product: 0, kamailio: 0 };
  while (performance.now() < until) {
    await pause(4_000 + Math.random() * 12_000);
    const what = Math.random() < 0.65 ? 'product' : 'kamailio';
    const readyMs = await (what === 'product' ? stage.killProduct() : stage.killKamailio());
    kills[what] += 1;
    say(
      `${new Date().toISOString().slice(11, 19)} kill ${kills.product + kills.kamailio}: ${what}, back after ${Math.round(readyMs)} ms`,
    );
  }
  return kills;
}

/** As soon as nothing is wrong, or when there has been time enough to put it right. */
async function judgeInTime(databaseUrl: string, ledger: readonly LedgerLine[]): Promise<CallVerdict> {
  const from = performance.now();
  for (;;) {
    const verdict = await judge(databaseUrl, ledger);
    if (isClean(verdict) || performance.now() - from > SETTLES_MS) return verdict;
    await pause(5_000);
  }
}
