import type { Kill } from './killer.ts';
import type { Ledger } from './load.ts';
import type { Verdict } from './verdict.ts';

export interface SoakReport {
  passed: boolean;
  kills: { product: number; database: number };
  accepted: { http: number; smtp: number };
  repeated: number;
  /** Longest time until requests were answered again after a kill. */
  slowestReadyMs: number;
  /** The same for each: what was killed, and the longest time. */
  slowestReadyMsAfter: { product: number; database: number };
  /** Kills after which no message was taken any more, or no mail. */
  neverReady: number;
  verdict: Verdict;
}

const READY_WITHIN_MS = 5_000;

export function summary(kills: readonly Kill[], { accepted, repeated }: Ledger, verdict: Verdict): SoakReport {
  const of = <Each>(list: Iterable<Each>, one: Each) => [...list].filter((each) => each === one).length;
  const slowest = (those: readonly Kill[]) => Math.max(0, ...those.map((kill) => kill.readyAfterMs));
  const slowestReadyMs = slowest(kills);
  const neverReady = kills.filter((kill) => !kill.worksAgain).length;
  const { lost, doubled, ownerless, dateless, unread } = verdict;
  const nothingWrong = lost.length + doubled.length + ownerless + dateless + unread === 0;
  const killed = kills.map((kill) => kill.what);
  return {
    passed: nothingWrong && neverReady === 0 && slowestReadyMs < READY_WITHIN_MS && accepted.size > 0,
    kills: { product: of(killed, 'product'), database: of(killed, 'database') },
    accepted: { http: of(accepted.values(), 'http'), smtp: of(accepted.values(), 'smtp') },
    repeated,
    slowestReadyMs,
    slowestReadyMsAfter: {
      product: slowest(kills.filter((kill) => kill.what === 'product')),
      database: slowest(kills.filter((kill) => kill.what === 'database')),
    },
    neverReady,
    verdict,
  };
}

export function asText(report: SoakReport): string {
  const { passed, kills, accepted, repeated, slowestReadyMs, slowestReadyMsAfter: after, verdict } = report;
  return [
    `killed: the product ${kills.product} times, PostgreSQL ${kills.database} times`,
    `accepted: ${accepted.http} by HTTP, ${accepted.smtp} by SMTP (sent again for want of an answer: ${repeated})`,
    `lost: ${verdict.lost.length}   doubled: ${verdict.doubled.length}   not read: ${verdict.unread}`,
    `open case files: ${verdict.openCaseFiles}, without owner ${verdict.ownerless}, without a dated commitment ${verdict.dateless}`,
    `ready again after ${Math.round(slowestReadyMs)} ms at the latest (must be under ${READY_WITHIN_MS}; the product ${Math.round(after.product)}, PostgreSQL ${Math.round(after.database)}); never again: ${report.neverReady}`,
    passed ? 'passed' : 'FAILED',
    '',
  ].join('\n');
}
