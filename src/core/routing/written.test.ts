import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { STANDARD_POLICY } from './policy.ts';
import type { WrittenRequest } from './request.ts';
import { absentUntil, ON_CALL, paris, situation } from './situations.test-support.ts';

const mail: WrittenRequest = { channel: 'mail', ownId: 'ana', answerWithinMinutes: 480 };
const route = (state = situation(), request: WrittenRequest = mail) => decide(STANDARD_POLICY, state, request);
const gone = absentUntil(paris('2026-11-30 08:30'));

describe('something written by a customer', () => {
  it('goes to the own advisor, busy or not, due in working time', () => {
    const decision = route(situation({ ana: ON_CALL }));
    expect(decision).toMatchObject({ ownerId: 'ana', inPlaceOf: null, tray: false });
    expect(decision.dueAt).toBe(paris('2026-11-24 10:00'));
    expect(decision.reasons.map((reason) => reason.code)).toEqual(['own_advisor', 'due_by_service_level']);
  });

  it('is due sooner only by the service level of the line', () => {
    expect(route(situation(), { ...mail, answerWithinMinutes: 60 }).dueAt).toBe(paris('2026-11-23 11:00'));
    expect(route(situation(), { ...mail, channel: 'letter' }).dueAt).toBe(route().dueAt);
  });

  it('stays with an advisor at lunch or off for the night', () => {
    const lunch = { doing: 'off', away: { why: 'lunch', backAt: paris('2026-11-23 13:30'), coverId: null } } as const;
    expect(route(situation({ ana: lunch })).ownerId).toBe('ana');
    const night = { doing: 'off', away: { why: 'hours', backAt: paris('2026-11-24 08:30'), coverId: null } } as const;
    expect(route(situation({ ana: night }, { now: paris('2026-11-23 21:00') })).ownerId).toBe('ana');
  });

  it('goes to a backup when the own advisor is off until after the due time', () => {
    const off = { doing: 'off', away: { why: 'hours', backAt: paris('2026-11-25 08:30'), coverId: null } } as const;
    expect(route(situation({ ana: off }), { ...mail, answerWithinMinutes: 60 }).ownerId).toBe('bo');
  });
});

describe('while the own advisor is absent', () => {
  it('the first backup answers in their place, until they are back', () => {
    const decision = route(situation({ ana: gone }));
    expect(decision).toMatchObject({
      ownerId: 'bo',
      inPlaceOf: { advisorId: 'ana', until: paris('2026-11-30 08:30') },
      dueAt: paris('2026-11-24 10:00'),
    });
    expect(decision.reasons[0]).toMatchObject({ code: 'covers', advisorId: 'bo', forId: 'ana', via: 'backup' });
  });

  it('a backup answers even when the own advisor would be back before the due time', () => {
    expect(route(situation({ ana: absentUntil(paris('2026-11-24 08:30')) })).ownerId).toBe('bo');
  });

  it('the colleague named for the absence comes before the backups, and theirs after them', () => {
    expect(route(situation({ ana: absentUntil(null, 'eva') })).ownerId).toBe('eva');
    const chain = situation({ ana: absentUntil(null, 'eva'), eva: absentUntil(null, 'flo') });
    expect(route(chain).ownerId).toBe('flo');
  });

  it('a circle ends at the backups, and then the pod, and then the lead', () => {
    const circle = { ana: absentUntil(null, 'bo'), bo: absentUntil(null, 'ana') };
    expect(route(situation(circle)).ownerId).toBe('cy');
    const podAway = { ...circle, cy: gone, di: gone };
    expect(route(situation(podAway)).ownerId).toBe('hal');
  });

  it('it is the own advisor again for what comes in the night before they return', () => {
    const back = situation({ ana: absentUntil(paris('2026-11-24 08:30')) }, { now: paris('2026-11-23 23:00') });
    expect(route(back)).toMatchObject({ ownerId: 'ana', inPlaceOf: null });
  });
});

describe('something written by nobody we know', () => {
  it('goes to the tray, with the owner on duty and a due time of its own', () => {
    const decision = route(situation(), { ...mail, ownId: null });
    expect(decision).toMatchObject({ tray: true, ownerId: 'hal', dueAt: paris('2026-11-23 12:00') });
    expect(decision.reasons[0]?.code).toBe('writer_unknown');
  });
});
