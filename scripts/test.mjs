// `npm test`: installs the Debian packages the tests need (when root), runs every suite, and ends with one plain line.
// With CI=true a suite that has to be left out is a failure.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installDebianPackages } from './debian-packages.mjs';

const only = process.argv.slice(2);
const report = 'test-results/vitest.json';
mkdirSync('test-results', { recursive: true });
rmSync(report, { force: true });
installDebianPackages();

const run = spawnSync(
  'node_modules/.bin/vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only],
  {
    stdio: 'inherit',
    env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` },
  },
);

const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numFailedTestSuites = 0 } = readReport();
// A file that fails before its first test has failed once.
const failed = numFailedTests > 0 ? numFailedTests : run.status === 0 ? 0 : Math.max(1, numFailedTestSuites);
const leftOut = numPendingTests;
if (leftOut > 0) process.stdout.write(`${leftOut} tests were left out: a program they need is missing (see above).\n`);
const failedInAll = failed + (process.env.CI === 'true' ? leftOut : 0);
process.stdout.write(`\n${numPassedTests} passed, ${failedInAll} failed\n`);
process.exit(failedInAll === 0 && run.status === 0 ? 0 : 1);

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return {};
  }
}
