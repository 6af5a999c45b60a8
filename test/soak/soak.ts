import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAgainAndAgain } from './killer.ts';
import { startLoad } from './load.ts';
import { type SoakReport, summary } from './report.ts';
import { startStage } from './stage.ts';
import { compareWithLedger } from './verdict.ts';

export interface SoakOptions {
  seconds: number;
  /** At most so many kills; without it, as many as fit in. */
  kills?: number;
  /** Longest time of quiet between two kills. */
  longestPauseMs?: number;
  say(words: string): void;
}

/** Loads and kills for so long, then waits until everything accepted was worked on, and compares. */
export async function runSoak({ seconds, kills, longestPauseMs, say }: SoakOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-soak-'));
  const stage = await startStage(folder);
  try {
    const load = startLoad(stage);
    const killed = await killAgainAndAgain(stage, { seconds, kills, longestPauseMs, say });
    const ledger = await load.stop();
    const verdict = await compareWithLedger(stage.databaseUrl(), ledger);
    return summary(killed, ledger, verdict);
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
