import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recent } from './recent.ts';
import { takeTurns } from './turns.ts';

/** Works of this call that note when they begin and when they end. */
function worksOf(seen: string[]) {
  return (key: string, name: string, soon = true) => ({
    key,
    soon,
    do: async () => {
      seen.push(`${name} begins`);
      await pause(5);
      seen.push(`${name} ends`);
    },
  });
}

test('what one call says is taken in its order, never two at once', async () => {
  const seen: string[] = [];
  const work = worksOf(seen);
  const turns = takeTurns();
  turns.add(work('a', 'missed', false));
  turns.add(work('a', 'ringing'));
  turns.add(work('a', 'answered'));
  await turns.settled();
  const order = ['missed', 'ringing', 'answered'].flatMap((name) => [`${name} begins`, `${name} ends`]);
  expect(seen).toEqual(order);
});

test('what a screen waits for overtakes what nobody waits for, of other calls', async () => {
  const seen: string[] = [];
  const work = worksOf(seen);
  const turns = takeTurns();
  for (let call = 0; call < 10; call++) turns.add(work(`over ${call}`, `missed ${call}`, false));
  turns.add(work('new', 'ringing'));
  await turns.settled();
  expect(seen.indexOf('ringing begins')).toBeLessThan(3);
  // Nothing is left behind for it, and of these never two at once.
  expect(seen.filter((each) => each.startsWith('missed'))).toHaveLength(20);
  const begun = seen.filter((each) => each.startsWith('missed'));
  for (let at = 0; at < begun.length; at += 2) expect(begun[at + 1]).toBe(begun[at]?.replace('begins', 'ends'));
});

test('a reading serves all who ask at the same time, and none who asks much later', async () => {
  let now = 0;
  let count = 0;
  const read = recent(
    async () => {
      count += 1;
      return count;
    },
    () => now,
  );
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  now = 40;
  expect(await read()).toBe(1);
  // Used once more, and read again meanwhile.
  now = 160;
  expect(await read()).toBe(1);
  await pause(1);
  expect(await read()).toBe(2);
  now = 1_000;
  expect(await read()).toBe(3);
  expect(count).toBe(3);
});

test('a reading that fails is not kept', async () => {
  let works = false;
  const read = recent(async () => {
    if (!works) throw new Error('no database');
    return 'read';
  });
  await expect(read()).rejects.toThrow('no database');
  works = true;
  expect(await read()).toBe('read');
});
