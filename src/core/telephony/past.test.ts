import { expect, test } from 'vitest';
import { pastOf } from './past.ts';

const ANA = '018f0000-0000-7000-8000-000000000001';
const OFFER = `offer.${ANA}.1764000000`;

test.each([
  ['no offer', `/ring.${ANA}`, false],
  ['heard to its end', `/${OFFER}/heard.5800/ring.${ANA}`, true],
  ['heard for less than anybody understands', `/${OFFER}/heard.1980`, false],
  ['broken off, and nobody knows where', `/${OFFER}/heard.0/ring.${ANA}`, false],
  ['made once more and broken off again', `/${OFFER}/heard.0/${OFFER}/heard.0`, true],
  ['made once more and heard', `/${OFFER}/heard.0/${OFFER}/heard.5800`, true],
  ['told by a configuration of before, which does not say how much was heard', `/${OFFER}/ring.${ANA}`, true],
])('an offer, %s: declined or not', (_, past, declined) => {
  expect(pastOf(past).declined).toBe(declined);
});

test('how much of an offer was heard is no step, and hides none', () => {
  const past = pastOf(`/${OFFER}/heard.5800/ring.${ANA}/wait.1764000170`);
  expect(past).toMatchObject({ tried: [ANA], held: false, waitsUntil: new Date(1_764_000_170_000) });
});
