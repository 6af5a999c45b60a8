import { expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { FIGURES, figuresOf } from './figures.ts';
import { type Advisor, Call, Callback, Message, Office } from './office.ts';
import { SCENARIOS } from './scenarios.ts';
import { DAY, MINUTE, SECOND } from './simulation.ts';
import { Tally } from './tally.ts';

/** Six advisors, pods of three, one backup each; day 0 warms up, day 1 counts. Seven hours of work, not eight. */
const world = {
  ...(SCENARIOS.V85 as NonNullable<(typeof SCENARIOS)['V85']>),
  advisors: 6,
  podSize: 3,
  backups: 1,
  days: { simulated: 3, warmUp: 1, dropped: 1 },
  lunch: { minutes: 120, groups: ['12:00'] },
};
const TEN = DAY + 10 * 60 * MINUTE;

/** Five callers of a day, told by hand, and one of the day before who must not count. */
function aLittleRun(): Tally {
  const tally = new Tally(world);
  const [ana, bo, cy, di] = new Office(world).staff as [Advisor, Advisor, Advisor, Advisor];
  const comes = (own: Advisor, at: number, day = 1) => {
    const call = new Call(day, at, own, at, 8 * MINUTE, day === 1, new Draws(1, 2, at));
    tally.called(call);
    return call;
  };
  const answered = (call: Call, by: Advisor, holdSeconds: number) => {
    tally.answered(call, by, holdSeconds * SECOND);
    tally.ended(call, 'served');
  };
  const ringsBack = (callback: Callback, by: Advisor, at: number, reached: boolean) => {
    tally.rangBack(callback, by, at, reached);
    callback.tries += 1;
  };

  // 1: her own advisor at once. 2: the backup after 20 s. 3: a stranger after 30 s, who sits in another pod.
  answered(comes(ana, TEN), ana, 0);
  answered(comes(ana, TEN + MINUTE), bo, 20);
  answered(comes(ana, TEN + 2 * MINUTE), di, 30);
  // 4: hears an offer of six seconds and accepts; rung back by her own advisor after 40 min, on the second try, in time.
  const offered = comes(cy, TEN + 3 * MINUTE);
  tally.offered(offered);
  offered.promisedBy = cy;
  tally.accepted(offered, 6 * SECOND);
  const madeAt = offered.since + 6 * SECOND;
  const callback = new Callback(offered, cy, madeAt, madeAt + 25 * MINUTE, madeAt);
  tally.promised();
  ringsBack(callback, cy, madeAt + 20 * MINUTE, false);
  ringsBack(callback, cy, madeAt + 40 * MINUTE, true);
  tally.ended(offered, 'calledBack');
  // 5: declines, gives up after 54 s, calls again, gives up after 90 s and is lost.
  const lost = comes(di, TEN + 4 * MINUTE);
  tally.offered(lost);
  tally.gaveUp(lost, 54 * SECOND);
  lost.attempt = 2;
  lost.since = TEN + 40 * MINUTE;
  tally.called(lost);
  tally.gaveUp(lost, 90 * SECOND);
  tally.ended(lost, 'lost');
  // Yesterday: counts nowhere.
  answered(comes(ana, TEN - DAY, 0), di, 500);

  for (const [at, by] of [ana, ana, bo, ana].entries()) tally.wrote(new Message(`m${at}`, ana, TEN, MINUTE, true), by);
  for (const advisor of [ana, bo, cy, di]) tally.present(advisor, 420, 1);
  tally.present(ana, 420, 0);
  tally.worked(ana, 210, 1);
  tally.worked(bo, 84, 1);
  tally.worked(cy, 105, 1);
  tally.worked(di, 378, 1);
  tally.worked(di, 400, 0);
  tally.overtime(6, 1);
  tally.overtime(60, 2);
  return tally;
}

test('each figure of the report is what was counted by hand', () => {
  const figures = figuresOf(aLittleRun());
  // Five people, six attempts, four conversations: live 1, 2, 3 and the callback of 4.
  const byHand: Record<(typeof FIGURES)[number], number> = {
    own: 2 / 4,
    named: 3 / 4,
    pod: 3 / 4,
    holdMean: (0 + 20 + 30 + 6 + 54 + 90) / 6,
    holdP95: 90,
    liveP95: 30,
    within20: 2 / 6,
    abandoned: 2 / 6,
    neverServed: 1 / 5,
    callbackP50: 20,
    callbackP95: 20,
    promisesKept: 1,
    reached15: 3 / 5,
    reached60: 4 / 5,
    reachedToday: 4 / 5,
    ownLive: 1 / 3,
    ownCallback: 1,
    ownMessage: 3 / 4,
    offered: 2 / 6,
    acceptedShare: 1 / 2,
    busiest: 378 / 420,
    leastBusy: 84 / 420,
    // Six minutes of four days of advisors, each of 420 minutes.
    overtime: 6 / 4,
  };
  expect(Object.keys(byHand).sort()).toEqual([...FIGURES].sort());
  for (const name of FIGURES) expect(figures[name], name).toBeCloseTo(byHand[name], 9);
});

test('the hours and the advisors of the report add up to the same', () => {
  const tally = aLittleRun();
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
  expect(tally.hours.map(({ attempts }) => attempts)).toEqual([0, 6, 0, 0, 0, 0, 0, 0, 0]);
  expect(sum(tally.hours.map(({ reached }) => reached))).toBe(4);
  expect(sum(tally.hours.map(({ own }) => own))).toBe(2);
  expect(sum(tally.hours.map(({ holdSum }) => holdSum))).toBe(200);
  expect(tally.advisors.map(({ reached, own }) => [reached, own])).toEqual([
    [3, 1],
    [0, 0],
    [1, 1],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});

test('a late callback is no promise kept, a callback of the next day is not the same day, and nothing counts as nothing', () => {
  const tally = new Tally(world);
  const [ana] = new Office(world).staff as [Advisor];
  const call = new Call(1, 1, ana, TEN, MINUTE, true, new Draws(1, 2, 3));
  tally.called(call);
  const callback = new Callback(call, ana, TEN, TEN + 30 * MINUTE, TEN);
  tally.rangBack(callback, ana, TEN + DAY, true);
  tally.ended(call, 'calledBack');
  const figures = figuresOf(tally);
  expect(figures).toMatchObject({
    promisesKept: 0,
    reached15: 0,
    reached60: 0,
    reachedToday: 0,
    own: 1,
    callbackP50: 1_440,
  });
  for (const name of ['ownLive', 'ownMessage', 'acceptedShare', 'liveP95'] as const) expect(figures[name]).toBeNaN();
});
