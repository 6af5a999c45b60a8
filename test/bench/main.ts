import { resolve } from 'node:path';
import { typedOptions } from '../typed-options.ts';
import { runBench } from './bench.ts';
import { benchCalls, callsReached, callsTable } from './calls.ts';
import { benchCaseloads, caseloadsReached, caseloadsTable } from './caseloads.ts';
import { runAlone } from './elsewhere.ts';
import { benchFigures, figuresReached, figuresTable } from './figures.ts';
import { registerTable, runRegister } from './register.ts';
import { asTable } from './report.ts';
import { benchSimulator, simulatorReached, simulatorTable } from './simulator.ts';

const USAGE = `npm run bench                 the built product beside the bare database, in one run
  --small                     a tenth of the rows
  --data FOLDER               fills a database once and uses it again
  --seconds N, --rounds N     length and number of the rounds
  --profile FOLDER            where the product's time goes
  --without-start             leaves npm start out
  --from-bare                 npm start from a bare checkout too, with an empty npm cache (needs the network)
Instead of all that:
  --calls                     calls through real Kamailios
  --caseloads                 a design and thirty departures among 120,000 customers
  --numbers N                 the look-up of callers in a register of N
  --figures                   the figures of all exchanges, recomputed
  --simulator                 the simulator beside SimPy (Debian's python3-simpy3)
Always: --json for machines. Exit status: 0 every target reached, 1 one was missed, 2 it was asked wrongly.
`;

const { values } = typedOptions(USAGE, {
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    small: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
    data: { type: 'string' },
    calls: { type: 'boolean', default: false },
    caseloads: { type: 'boolean', default: false },
    figures: { type: 'boolean', default: false },
    numbers: { type: 'string' },
    simulator: { type: 'boolean', default: false },
    'without-start': { type: 'boolean', default: false },
    'from-bare': { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const unclear = ([values.seconds, values.rounds, values.numbers ?? '1'] as const).some((each) => !(Number(each) > 0));
if (unclear) {
  process.stderr.write(`--seconds, --rounds and --numbers take a number above 0.\n\n${USAGE}`);
  process.exit(2);
}

const say = (words: string) => process.stderr.write(`${words}\n`);
if (values.simulator) {
  const report = await benchSimulator();
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : simulatorTable(report));
  process.exit(simulatorReached(report) ? 0 : 1);
}
if (values.caseloads) {
  const report = await benchCaseloads(say);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : caseloadsTable(report));
  process.exit(caseloadsReached(report) ? 0 : 1);
}
if (values.numbers) {
  const { numbers, seconds } = values;
  const report = await runRegister(Number(numbers), {
    seconds: Number(seconds),
    data: values.data && resolve(values.data),
    say,
  });
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : registerTable(report));
  process.exit(report.few.routed.failed + report.many.routed.failed === 0 ? 0 : 1);
}

const common = {
  size: values.small ? { customers: 10_000, interactions: 100_000 } : { customers: 100_000, interactions: 1_000_000 },
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  profile: values.profile,
  data: values.data && resolve(values.data),
  say,
};
if (values.calls) {
  const status = runAlone();
  if (status !== undefined) process.exit(status);
  const report = await benchCalls(common);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : callsTable(report));
  process.exit(callsReached(report) ? 0 : 1);
}
if (values.figures) {
  const report = await benchFigures(common);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : figuresTable(report));
  process.exit(figuresReached(report) ? 0 : 1);
}

const report = await runBench({
  ...common,
  withStart: !values['without-start'],
  fromBare: values['from-bare'],
});
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : asTable(report));
process.exit(report.figures.every((figure) => figure.reached) ? 0 : 1);
