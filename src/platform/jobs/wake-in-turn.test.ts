import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { wakeInTurn } from './wake-in-turn.ts';

let looked: string[];
let waker: ReturnType<typeof wakeInTurn>;
const NAME = 'send-mail';
const inMs = (ms: number) => new Date(Date.now() + ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  looked = [];
  waker = wakeInTurn((name) => void looked.push(name));
});
afterEach(() => {
  vi.useRealTimers();
});

test('who is told of a job looks at once; of many in a rush, twice a second, and after the last of them', () => {
  waker.wake({ name: NAME });
  expect(looked).toEqual([NAME]);
  for (let ms = 0; ms < 2_000; ms += 10) {
    vi.advanceTimersByTime(10);
    waker.wake({ name: NAME });
  }
  expect(looked.length).toBeLessThanOrEqual(5);
  const before = looked.length;
  vi.advanceTimersByTime(500);
  expect(looked.length).toBe(before + 1);
  vi.advanceTimersByTime(60_000);
  expect(looked.length).toBe(before + 1);
});

test('one kind of job does not wait for another', () => {
  waker.wake({ name: NAME });
  waker.wake({ name: 'send-sms' });
  expect(looked).toEqual([NAME, 'send-sms']);
});

test('what is due later is looked for at its time, and not before', () => {
  waker.wake({ name: NAME, startAfter: inMs(5_000) });
  vi.advanceTimersByTime(4_999);
  expect(looked).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(looked).toEqual([NAME]);
});

test('stopped, it tells nobody any more', () => {
  waker.wake({ name: NAME });
  waker.wake({ name: NAME });
  waker.wake({ name: NAME, startAfter: inMs(5_000) });
  waker.stop();
  vi.advanceTimersByTime(60_000);
  expect(looked).toEqual([NAME]);
});
