// node scripts/policy-tables.mjs FOLDER
//
// Writes docs/policy-tables.md: every scenario under every policy, and every frontier, on twenty fresh seeds. What a
// simulation said is kept in FOLDER as JSON and not run again; without any it takes half an hour on two cores.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  const { VISAVIS_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
  const french = /^fr/i.test(VISAVIS_LANGUAGE || LC_ALL || LC_MESSAGES || LANG || '');
  const [words, place] = french
    ? ['Dites où garder les résultats\u00a0:', 'DOSSIER']
    : ['Say where the results are kept:', 'FOLDER'];
  process.stderr.write(`${words} node scripts/policy-tables.mjs ${place}\n`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const SCENARIOS = ['V75', 'V85', 'V92', 'B75', 'B85', 'B92', 'R85'].flatMap((name) => [name, `${name}-10`]);
const ORDER = [
  ...SCENARIOS.filter((name) => !name.endsWith('-10')),
  ...SCENARIOS.filter((name) => name.endsWith('-10')),
];
const POLICIES = ['own', 'named', 'hotline', 'anonymous', 'dedicated'];
const ACCEPTANCES = ['.37', '.6', '.85'];
const FRESH = ['--seeds', '20', '--first-seed', '9001'];

/** What the command says as JSON, said before or now. */
function simulated(file, args) {
  const path = join(folder, `${file}.json`);
  if (!existsSync(path)) {
    process.stderr.write(`simulate ${args.join(' ')}\n`);
    const said = execFileSync('npm', ['run', '-s', 'visavis', '--', 'simulate', ...args, ...FRESH, '--json'], {
      maxBuffer: 1e9,
    });
    writeFileSync(`${path}.part`, said);
    renameSync(`${path}.part`, path);
  }
  return JSON.parse(readFileSync(path, 'utf8')).studies;
}

const number = (value, digits, factor = 1) => (value * factor).toFixed(digits);
const estimate = ({ mean, half }, factor = 1) =>
  mean === null ? '–' : `${number(mean, 1, factor)} ± ${number(half, 1, factor)}`;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) =>
  [row(heads), row(heads.map(() => '---')).replaceAll(' ', ''), ...rows.map(row)].join('\n');

/** Heading, figure, and by what it is multiplied. */
const OUTCOMES = [
  ['own %', 'own', 100],
  ['named %', 'named', 100],
  ['pod %', 'pod', 100],
  ['mean hold s', 'holdMean', 1],
  ['P95 s', 'holdP95', 1],
  ['in 20 s %', 'within20', 100],
  ['abandoned %', 'abandoned', 100],
  ['never served %', 'neverServed', 100],
  ['kept %', 'promisesKept', 100],
  ['15 min %', 'reached15', 100],
  ['60 min %', 'reached60', 100],
  ['same day %', 'reachedToday', 100],
];
const DETAILS = [
  ['callback P50 min', 'callbackP50', 1],
  ['P95 min', 'callbackP95', 1],
  ['own, live %', 'ownLive', 100],
  ['own, callbacks %', 'ownCallback', 100],
  ['own, messages %', 'ownMessage', 100],
  ['busiest %', 'busiest', 100],
  ['least busy %', 'leastBusy', 100],
  ['overtime min a day', 'overtime', 1],
];

function figuresOf(columns, policies) {
  const rows = ORDER.flatMap((scenario) => {
    const studies = simulated(scenario, [scenario]);
    return policies.map((policy) => {
      const { figures } = studies.find((study) => study.policy === policy);
      return [`${scenario}, ${policy}`, ...columns.map(([, figure, factor]) => estimate(figures[figure], factor))];
    });
  });
  return table(['scenario, policy', ...columns.map(([head]) => head)], rows);
}

function frontiers() {
  const rows = ORDER.flatMap((scenario) =>
    ACCEPTANCES.map((acceptance) => {
      const args = [scenario, '--frontier', '--acceptance', acceptance];
      const studies = simulated(`f-${scenario}-${acceptance}`, args);
      const cells = studies.map(({ figures: { own, reached15, promisesKept } }) =>
        [number(own.mean, 1, 100), number(reached15.mean, 1, 100)]
          .concat(promisesKept.mean === null ? [] : [number(promisesKept.mean, 0, 100)])
          .join(' / '),
      );
      return [`${scenario}, ${acceptance}`, ...cells];
    }),
  );
  return table(['scenario, acceptance', '1', '2', '3', '4', '5', '**6**', '7', '8'], rows);
}

writeFileSync(
  new URL('../docs/policy-tables.md', import.meta.url),
  `# Every scenario under every policy

Written by \`node scripts/policy-tables.mjs FOLDER\`. Seeds 9001–9020, which nothing was tuned on (tuning: 501–504), acceptance .6, the
default policy ("own") beside four others. Thirty advisors first, then ten ("-10"). Holds are of all calls, those given up and offers
accepted included. ± is the half-width of the 95 % interval. One scenario alone: \`visavis simulate V85 --seeds 20 --first-seed 9001\`.
What the figures mean and how they were come by: [benchmarks](benchmarks.md#the-simulator), [routing](routing.md).

${figuresOf(OUTCOMES, POLICIES)}

## Callbacks, channels, work

${figuresOf(DETAILS, ['own', 'hotline'])}

Written work finds its own advisor in a hotline too: it can wait for them.

## Frontiers

\`visavis simulate V85 --frontier --acceptance .6 --seeds 20 --first-seed 9001\`. Each cell: own share / someone within 15 minutes /
promises kept, in %. 1: no offers; 2 to 5: offers while at most 0, 2, 4, 8 colleagues are free; **6: always, the default**; 7 and 8:
"25 minutes" said for what is expected within 60, then for everything. \`--json\` has the interval of each.

${frontiers()}
`,
);
