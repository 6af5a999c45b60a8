// `npm run check`: types (server, workspace), lint and format, who may import whom, dead code. Exit 1 when anything is found.
// `node scripts/check.mjs rooms` takes the steps that are named.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', ['node', 'node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json']],
  ['types of the workspace', ['node', 'node_modules/typescript7/bin/tsc', '-p', 'src/workspace/tsconfig.json']],
  ['lint and format', ['biome', 'check', '--error-on-warnings', '.']],
  ['rooms', ['depcruise', 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'err']],
  ['dead code', ['knip', '--no-progress']],
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !steps.some(([known]) => known === name));
if (unknown.length > 0) {
  process.stdout.write(
    `check: no such step: ${unknown.join(', ')}. There are: ${steps.map(([name]) => name).join(', ')}\n`,
  );
  process.exit(2);
}

const failed = [];
for (const [name, [command, ...args]] of steps) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = Date.now();
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` },
  });
  const said = `${result.stdout}${result.stderr}`.trim();
  // A tool that looked at nothing has not checked anything.
  const nothing = name === 'rooms' && !/[1-9]\d{2,} modules/.test(said);
  const ok = result.status === 0 && !nothing;
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (!ok) {
    failed.push(name);
    process.stdout.write(`${nothing ? `${said}\nno modules were looked at` : said}\n\n`);
  }
}
process.stdout.write(
  failed.length === 0 ? 'check: nothing found\n' : `check: found something in ${failed.join(', ')}\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
