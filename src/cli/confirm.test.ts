import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { confirm } from './confirm.ts';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });
const question = { fr: 'Appliquer ?', en: 'Apply?' };
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['en', 'yes\n', true],
  ['en', 'Y\n', true],
  ['en', 'no\n', false],
  ['en', '\n', false],
  ['en', 'yesterday\n', false],
  ['en', 'oui\n', false],
  ['fr', 'oui\n', true],
  ['fr', 'O\n', true],
  ['fr', 'yes\n', true],
  ['fr', 'non\n', false],
  ['fr', '\n', false],
  ['fr', 'ouille\n', false],
])('asked in %s, %j is a yes: %s', async (language, typed, expected) => {
  vi.stubEnv('VISAVIS_LANGUAGE', language);
  const input = terminal();
  const output = new PassThrough();
  const asked = confirm(question, input, output);
  input.write(typed);
  expect(await asked).toBe(expected);
  expect(String(output.read())).toContain(language === 'fr' ? 'Appliquer\u202f?' : 'Apply?');
});

test('an end of the input is a no, and without a terminal nobody is asked', async () => {
  const input = terminal();
  const asked = confirm(question, input, new PassThrough());
  input.end();
  expect(await asked).toBe(false);
  expect(await confirm(question, new PassThrough(), new PassThrough())).toBeUndefined();
});
