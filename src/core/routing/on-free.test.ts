import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onFree } from './on-free.ts';
import type { WaitingCaller } from './situation.ts';
import {
  absentUntil,
  anySituation,
  EVERYONE,
  MINUTE,
  MONDAY_AT_TEN,
  paris,
  SPECIFIED,
  situation,
} from './situations.test-support.ts';

const next = (state = situation(), advisorId = 'ana') => onFree(SPECIFIED, state, advisorId);
const codes = (state: ReturnType<typeof situation>) => next(state).reasons.map((reason) => reason.code);

function waits(id: string, ownId: string | null, seconds: number, heldFor: string | null = null): WaitingCaller {
  return { id, ownId, since: MONDAY_AT_TEN - seconds * 1000, heldFor };
}
const callback = (id: string, minutesFromNow: number, notBefore = 0) => ({
  id,
  dueAt: MONDAY_AT_TEN + minutesFromNow * MINUTE,
  notBefore,
});
const message = (id: string, local: string) => ({ id, receivedAt: paris(local) });

describe('callers who wait', () => {
  it('the own caller first, even the newest', () => {
    const waiting = [waits('stranger', 'eva', 300), waits('backed', 'bo', 200), waits('own', 'ana', 5)];
    expect(next(situation({}, { waiting }))).toMatchObject({ task: 'call', callerId: 'own' });
  });

  it('a caller held for someone else is left to them, and one held for me is mine', () => {
    const waiting = [waits('theirs', 'eva', 50, 'eva'), waits('mine', 'ana', 10, 'ana')];
    expect(next(situation({}, { waiting }))).toMatchObject({ task: 'call', callerId: 'mine' });
    expect(next(situation({}, { waiting: waiting.slice(0, 1) }))).toMatchObject({ task: 'nothing' });
  });

  it('then the longest waiting, a minute sooner for those I back up and 18 seconds for my pod', () => {
    // ana is a backup of cy and di; bo is only of the same pod.
    const first = (...waiting: WaitingCaller[]) => next(situation({}, { waiting }));
    expect(first(waits('backed', 'di', 60), waits('other', 'eva', 119))).toMatchObject({ callerId: 'backed' });
    expect(first(waits('backed', 'di', 60), waits('other', 'eva', 121))).toMatchObject({ callerId: 'other' });
    expect(first(waits('pod', 'bo', 60), waits('other', 'eva', 77))).toMatchObject({ callerId: 'pod' });
    expect(first(waits('pod', 'bo', 60), waits('unknown', null, 79))).toMatchObject({ callerId: 'unknown' });
  });

  it('a stranger of less than a minute is left to others by who owes a callback', () => {
    const owing = { ana: { callbacks: [callback('mine', 30)] } };
    const state = (seconds: number, own: string | null = 'eva') =>
      situation(owing, { waiting: [waits('new', own, seconds)] });
    expect(next(state(59))).toMatchObject({ task: 'callback', callbackId: 'mine' });
    expect(next(state(60))).toMatchObject({ task: 'call', callerId: 'new' });
    expect(next(state(5, 'bo'))).toMatchObject({ task: 'call' });
    expect(next(situation({}, { waiting: [waits('new', 'eva', 5)] }))).toMatchObject({ task: 'call' });
  });

  it('a stranger is not left alone for a callback that cannot be tried yet', () => {
    const retried = { ana: { callbacks: [callback('later', 30, MONDAY_AT_TEN + MINUTE)] } };
    expect(next(situation(retried, { waiting: [waits('new', 'eva', 5)] }))).toMatchObject({ task: 'call' });
    expect(codes(situation(retried))).toEqual(['nothing_waits']);
  });
});

describe('callbacks', () => {
  it('own ones, the earliest promise first', () => {
    const state = situation({
      ana: { callbacks: [callback('soon', 10), callback('later', 20)], messages: [message('m', '2026-11-23 08:31')] },
    });
    expect(next(state)).toMatchObject({ task: 'callback', callbackId: 'soon', ownerId: 'ana' });
  });

  it('of people I back up once they are a quarter of an hour late, not before, and not of others', () => {
    const late = (owner: string, minutes: number) =>
      next(situation({ [owner]: { callbacks: [callback('late', -minutes)] } }));
    expect(late('di', 15)).toMatchObject({ task: 'callback', callbackId: 'late', ownerId: 'di' });
    expect(late('di', 14)).toMatchObject({ task: 'nothing' });
    expect(late('bo', 60)).toMatchObject({ task: 'nothing' });
  });
});

describe('messages', () => {
  it('own ones before those of others, the oldest first', () => {
    const messages = [message('old', '2026-11-23 09:00'), message('new', '2026-11-23 09:30')];
    const state = situation({ ana: { messages }, di: { messages: [message('older', '2026-11-20 09:00')] } });
    expect(next(state)).toMatchObject({ task: 'message', messageId: 'old', ownerId: 'ana' });
  });

  it('of people I back up after two working hours, of the pod after four, of other pods never', () => {
    const from = (owner: string, local: string) => next(situation({ [owner]: { messages: [message('m', local)] } }));
    // Monday at ten is 90 working minutes into the day.
    expect(from('di', '2026-11-20 17:30')).toMatchObject({ task: 'message', ownerId: 'di' });
    expect(from('di', '2026-11-20 17:31')).toMatchObject({ task: 'nothing' });
    expect(from('bo', '2026-11-20 15:30')).toMatchObject({ task: 'message', ownerId: 'bo' });
    expect(from('bo', '2026-11-20 15:31')).toMatchObject({ task: 'nothing' });
    expect(from('eva', '2026-11-16 09:00')).toMatchObject({ task: 'nothing' });
  });
});

describe('whatever waits', () => {
  it('nothing is given to who is not at work', () => {
    const waiting = [waits('own', 'ana', 100)];
    expect(next(situation({ ana: absentUntil(null) }, { waiting }))).toMatchObject({ task: 'nothing' });
  });

  it('told that nobody has a message, it says what it would find by looking', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...EVERYONE), (state, advisorId) => {
        const emptied = Object.entries(state.advisors).map(([id, advisor]) => [id, { ...advisor, messages: [] }]);
        const looking = { ...state, advisors: Object.fromEntries(emptied) };
        const told = { ...looking, messagesWait: false };
        expect(onFree(SPECIFIED, told, advisorId)).toEqual(onFree(SPECIFIED, looking, advisorId));
      }),
    );
  });

  it('no caller waits for who owes nothing, and the order holds', () => {
    const order = ['call', 'callback', 'message', 'nothing'];
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...EVERYONE), (state, advisorId) => {
        const me = state.advisors[advisorId];
        if (!me || me.away !== null || me.doing === 'off') return;
        const task = onFree(SPECIFIED, state, advisorId);
        const open = state.waiting.filter((caller) => caller.heldFor === null || caller.heldFor === advisorId);
        const ready = me.callbacks.filter((mine) => mine.notBefore <= state.now);
        const long = open.some((caller) => state.now - caller.since >= MINUTE);
        if (open.length > 0 && (ready.length === 0 || long)) expect(task.task).toBe('call');
        if (ready.length > 0) expect(order.indexOf(task.task)).toBeLessThanOrEqual(1);
        if (me.messages.length > 0) expect(order.indexOf(task.task)).toBeLessThanOrEqual(2);
        if (task.task === 'callback' && task.ownerId === advisorId) {
          expect(task.callbackId).toBe(ready[0]?.id);
        }
        const own = open.filter((caller) => caller.heldFor === advisorId || caller.ownId === advisorId);
        if (own.length > 0) expect(own.map((caller) => caller.id)).toContain(task.task === 'call' ? task.callerId : '');
        expect(task.reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
