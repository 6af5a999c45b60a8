import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { handOnInOrder } from './line/hand-on.ts';
import { recent } from './line/recent.ts';
import { takeTurns, type Work } from './turns.ts';

/** Turns that take this long for a group, and the groups as they were done. */
function noted(groupMs = 5) {
  const groups: string[][] = [];
  let atOnce = 0;
  const turns = takeTurns(async (works) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    groups.push(works.map((work) => nameOf.get(work) ?? ''));
    await pause(groupMs);
    atOnce -= 1;
    return undefined;
  });
  const nameOf = new Map<Work, string>();
  const add = (call: string, name: string, { soon = true, caller = call } = {}) => {
    const work = { call, caller, soon, command: async () => undefined };
    nameOf.set(work, name);
    turns.add(work);
  };
  return { groups, turns, add };
}

test('what one call says is taken in its order, never two of it in one group', async () => {
  const { groups, turns, add } = noted();
  add('a', 'missed', { soon: false });
  add('a', 'ringing');
  add('a', 'answered');
  await turns.settled();
  expect(groups).toEqual([['missed'], ['ringing'], ['answered']]);
});

test('whoever comes alone begins at once, and what comes in a rush is done together', async () => {
  const { groups, turns, add } = noted();
  for (let call = 0; call < 20; call++) add(`${call}`, `${call}`);
  await turns.settled();
  expect(groups[0]).toEqual(['0']);
  expect(groups).toHaveLength(2);
  expect(new Set(groups.flat()).size).toBe(20);
});

test('what a screen waits for overtakes what nobody waits for, of other calls', async () => {
  const { groups, turns, add } = noted();
  for (let call = 0; call < 40; call++) add(`over ${call}`, `missed ${call}`, { soon: false });
  add('new', 'ringing');
  await turns.settled();
  expect(groups[1]).toContain('ringing');
  expect(groups[1]?.length).toBeLessThan(12);
  // Nothing is left behind for it.
  expect(new Set(groups.flat()).size).toBe(41);
});

test('two calls of one caller never share a group; those without a number do', async () => {
  const { groups, turns, add } = noted();
  add('first', 'first');
  for (const call of ['a', 'b']) add(call, call, { caller: '+33353010001' });
  for (const call of ['c', 'd']) add(call, call, { caller: '' });
  await turns.settled();
  expect(groups).toEqual([['first'], ['a', 'c', 'd'], ['b']]);
});

test('what is said of a call while its question is being answered is handed on after the answer', async () => {
  const handOn = handOnInOrder();
  const told: string[] = [];
  const tell = (said: string) => void told.push(said);
  const answered = pause(5).then(() => 'invited');
  handOn('a', answered, tell);
  handOn('a', 'cancelled', tell);
  handOn('b', 'ringing', tell);
  handOn('a', 'missed', tell);
  expect(told).toEqual(['ringing']);
  await answered;
  await pause(1);
  expect(told).toEqual(['ringing', 'invited', 'cancelled', 'missed']);
  handOn('a', 'ended', tell);
  expect(told).toHaveLength(5);
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

test('while a reading takes long what is known serves, and never for longer than a second', async () => {
  let now = 0;
  let end: (value: string) => void = () => undefined;
  const read = recent(
    () => new Promise<string>((resolve) => (end = resolve)),
    () => now,
  );
  const first = read();
  end('first');
  expect(await first).toBe('first');
  now = 900;
  expect(await read()).toBe('first');
  now = 1_001;
  const late = read();
  setTimeout(() => end('second'), 30);
  expect(await late).toBe('second');
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

test('a reading that fails is no trouble while one of less than a second ago is known', async () => {
  let now = 0;
  let works = true;
  const read = recent(
    async () => {
      if (!works) throw new Error('no database');
      return 'read';
    },
    () => now,
  );
  expect(await read()).toBe('read');
  works = false;
  now = 900;
  expect(await read()).toBe('read');
  now = 1_001;
  await expect(read()).rejects.toThrow('no database');
});
