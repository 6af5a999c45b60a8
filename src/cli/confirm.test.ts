import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { confirm } from './confirm.ts';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

test.each([
  ['yes\n', true],
  ['Y\n', true],
  ['no\n', false],
  ['\n', false],
  ['yesterday\n', false],
])('%j at the question is a yes: %s', async (typed, expected) => {
  const input = terminal();
  const asked = confirm('Apply?', input, new PassThrough());
  input.write(typed);
  expect(await asked).toBe(expected);
});

test('an end of the input is a no, and without a terminal nobody is asked', async () => {
  const input = terminal();
  const asked = confirm('Apply?', input, new PassThrough());
  input.end();
  expect(await asked).toBe(false);
  expect(await confirm('Apply?', new PassThrough(), new PassThrough())).toBeUndefined();
});
