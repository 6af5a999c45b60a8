import { designCaseloads } from '../../src/core/caseloads/design.ts';
import { measureCaseloads } from '../../src/core/caseloads/measure.ts';
import { given, repaired, territory } from '../caseload-territory.ts';

/** `node test/bench/caseloads.ts`: every one of the 30 departures of Doubs and Jura. Exit status 1 when one misses. */
const wanted = { ratio: 1.05, least: 0.9, most: 1.1, seconds: 10 };

const { units, seats } = territory(['25', '39'], 120_000, 30);
const begun = performance.now();
const owner = designCaseloads(units, seats);
const design = measureCaseloads(units, seats, owner);
say(['design', '', design.least, design.most, design.meanKm, (performance.now() - begun) / 1000]);
let missed = 0;
for (const leaver of seats.keys()) {
  const from = performance.now();
  const repair = await repaired(
    given(units, seats, owner),
    seats.filter((_, index) => index !== leaver),
  );
  const seconds = (performance.now() - from) / 1000;
  const ratio = repair.customersMoved / repair.floor;
  const good =
    ratio <= wanted.ratio && repair.least >= wanted.least && repair.most <= wanted.most && seconds < wanted.seconds;
  if (!good) missed += 1;
  say([`without ${leaver}`, ratio, repair.least, repair.most, repair.meanKm, seconds, good ? '' : 'MISSED']);
}
process.stdout.write(`${seats.length - missed} of ${seats.length} departures reach their targets\n`);
process.exitCode = missed > 0 ? 1 : 0;

function say(cells: (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : cell)).join('\t')}\n`);
}
