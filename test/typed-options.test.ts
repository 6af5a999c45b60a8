import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectRoot } from '../src/platform/root.ts';

const run = promisify(execFile);

test.each([
  ['bench', '--nonsense', "Unknown option '--nonsense'"],
  ['bench', '--rounds=abc', 'take a number above 0'],
  ['bench', '--numbers=-1', 'take a number above 0'],
  ['soak', '--nonsense', "Unknown option '--nonsense'"],
])('%s %s: one sentence and how it is asked, status 2, and nothing is started', async (program, typed, sentence) => {
  const refused = await run(process.execPath, [`dist/${program}.js`, typed], { cwd: projectRoot }).then(
    () => ({ code: 0, stdout: '', stderr: '' }),
    (error: { code: number; stderr: string; stdout: string }) => error,
  );
  const { code, stderr, stdout } = refused;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
});
