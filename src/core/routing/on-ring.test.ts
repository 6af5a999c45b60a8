import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { policyWith } from './policy.ts';
import {
  absentUntil,
  callFor,
  EVERYONE,
  MINUTE,
  MONDAY_AT_TEN,
  ON_CALL,
  owing,
  paris,
  SPECIFIED,
  situation,
} from './situations.test-support.ts';

const policy = SPECIFIED;
const ring = (state = situation(), request = callFor('ana')) => decide(policy, state, request);
const rung = (decision: ReturnType<typeof ring>) => decision.attempts.map((attempt) => attempt.advisorId);
const codes = (decision: ReturnType<typeof ring>) => decision.reasons.map((reason) => reason.code);

describe('the own advisor is free', () => {
  it('rings them first, then their backups, without an offer', () => {
    const decision = ring();
    expect(rung(decision).slice(0, 3)).toEqual(['ana', 'bo', 'cy']);
    expect(decision.attempts[0]).toEqual({ advisorId: 'ana', seconds: 20, how: 'ring', role: 'own' });
    expect(decision.offer).toBeNull();
    expect(codes(decision)).toEqual(['own_free']);
  });

  it('pauses a message for the call', () => {
    const decision = ring(situation({ ana: { doing: 'message' } }));
    expect(rung(decision)[0]).toBe('ana');
    expect(codes(decision)).toEqual(['own_on_message']);
  });

  it('does not ring again a phone that was not answered', () => {
    const decision = ring(situation(), callFor('ana', { tried: ['ana', 'bo'] }));
    expect(rung(decision)).toEqual(['cy', 'di', 'eva']);
    expect(codes(decision)[0]).toBe('own_not_answering');
  });

  it('offers the callback of the very person whose phone was not answered, once', () => {
    const decision = ring(situation(), callFor('ana', { tried: ['ana'] }));
    expect(decision.offer?.advisorId).toBe('ana');
    expect(rung(decision)[0]).toBe('bo');
    const refused = ring(situation(), callFor('ana', { tried: ['ana'], declined: true }));
    expect(refused.offer).toBeNull();
    expect(rung(refused)[0]).toBe('bo');
  });

  it('offers nothing after it when the number is on nobody’s file or the customer never wants to be rung back', () => {
    for (const about of [{ numberOnFile: false }, { ringBack: 'never' as const }])
      expect(ring(situation(), callFor('ana', { tried: ['ana'], ...about })).offer).toBeNull();
  });
});

describe('the own advisor is finishing', () => {
  const finishing = { ana: { doing: 'wrapUp', since: MONDAY_AT_TEN - 20_000 } } as const;

  it('holds for them, a minute at most', () => {
    const decision = ring(situation(finishing));
    expect(decision.attempts[0]).toEqual({ advisorId: 'ana', seconds: 60, how: 'hold', role: 'own' });
    expect(decision.reasons).toEqual([{ code: 'own_finishing', advisorId: 'ana', secondsLeft: 40 }]);
    expect(decision.offer).toBeNull();
  });

  it('does not hold when somebody is already held for them', () => {
    const waiting = [{ id: 'first', ownId: 'ana', since: MONDAY_AT_TEN - 5_000, heldFor: 'ana' }];
    const decision = ring(situation(finishing, { waiting }));
    expect(decision.attempts.every((attempt) => attempt.how === 'ring')).toBe(true);
    expect(rung(decision)).not.toContain('ana');
    expect(codes(decision)[0]).toBe('own_wrapping_up');
  });

  it('does not hold when more than a minute is left, or none', () => {
    const slow = policyWith({ version: 'slow', call: { wrapUpSeconds: 200 } });
    expect(decide(slow, situation(finishing), callFor('ana')).attempts[0]?.how).toBe('ring');
    const late = situation({ ana: { doing: 'wrapUp', since: MONDAY_AT_TEN - 90_000 } });
    expect(ring(late).attempts[0]?.how).toBe('ring');
  });

  it('does not hold who declined an offer while a backup is free', () => {
    expect(rung(ring(situation(finishing), callFor('ana', { declined: true })))[0]).toBe('bo');
  });
});

describe('the own advisor is on a call', () => {
  it('offers their callback, and rings a backup for who stays', () => {
    const decision = ring(situation({ ana: ON_CALL }));
    // 10 + 1.5 × 8 = 22 minutes, told as a multiple of five.
    expect(decision.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-23 10:25') });
    expect(rung(decision)).toEqual(['bo', 'cy', 'di']);
    expect(codes(decision)).toEqual(['own_on_call', 'callback_by_own', 'backup_free']);
    expect(decision.fallback).toEqual({ kind: 'promise', ownerId: 'ana', dueAt: paris('2026-11-23 10:25') });
  });

  it('offers nothing while more colleagues are free than the policy wants for it', () => {
    const offered = (mostFreeOthers: number, advisors: Record<string, typeof ON_CALL>) =>
      decide(policyWith({ version: 'few', offer: { mostFreeOthers } }), situation(advisors), callFor('ana')).offer;
    const all = Object.fromEntries(EVERYONE.map((id) => [id, ON_CALL]));
    expect(offered(0, { ana: ON_CALL })).toBeNull();
    expect(offered(0, all)).not.toBeNull();
    expect(offered(EVERYONE.length - 2, { ana: ON_CALL })).toBeNull();
    expect(offered(EVERYONE.length - 1, { ana: ON_CALL })).not.toBeNull();
  });

  it('counts the callbacks they owe: d = max(15, 10 + 1.5 × (8 + 2 × 8 × 3))', () => {
    const exact = policyWith({ version: 'exact', offer: { roundUpToMinutes: 0 } }, SPECIFIED);
    const decision = decide(exact, situation({ ana: { ...ON_CALL, ...owing(3) } }), callFor('ana'));
    expect(decision.offer?.before).toBe(MONDAY_AT_TEN + 94 * MINUTE);
  });

  it('rings the free backup with the fewest callbacks first for who declined', () => {
    const decision = ring(situation({ ana: ON_CALL, bo: owing(2) }), callFor('ana', { declined: true }));
    expect(rung(decision)).toEqual(['cy', 'bo', 'di']);
    expect(decision.offer).toBeNull();
    expect(codes(decision)).toContain('declined_offer');
  });

  it('offers the first backup with room once they owe six', () => {
    const full = { ...ON_CALL, ...owing(6) };
    const decision = ring(situation({ ana: full, bo: full, cy: ON_CALL }));
    expect(decision.offer?.advisorId).toBe('cy');
    expect(codes(decision)).toEqual(['own_on_call', 'own_full', 'callback_by_backup', 'pod_free']);
  });

  it('rings a free backup rather than promise that backup’s callback', () => {
    const decision = ring(situation({ ana: { ...ON_CALL, ...owing(6) } }));
    expect(decision.offer).toBeNull();
    expect(rung(decision)[0]).toBe('bo');
  });

  it('offers no other day while a backup is free, where the policy promises nothing of today', () => {
    const none = policyWith({ version: 'none today', offer: { mostOpenCallbacks: 0 } });
    const decision = decide(none, situation({ ana: ON_CALL, bo: ON_CALL }), callFor('ana'));
    expect(decision.offer).toBeNull();
    expect(rung(decision)[0]).toBe('cy');
    expect(codes(decision)).toEqual(['own_on_call', 'backup_free']);
    const always = decide(none, situation({ ana: ON_CALL }), callFor('ana', { ringBack: 'always' }));
    expect(rung(always)[0]).toBe('bo');
    const busy = decide(none, situation({ ana: ON_CALL, bo: ON_CALL, cy: ON_CALL }), callFor('ana'));
    expect(busy.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-24 10:30') });
  });

  it('offers tomorrow, as specified, once who is named owes six, also while one of them is free', () => {
    const full = { ...ON_CALL, ...owing(6) };
    const decision = ring(situation({ ana: full, bo: owing(6), cy: full }));
    expect(decision.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-24 11:05') });
    expect(rung(decision)[0]).toBe('bo');
  });

  it('promises tomorrow when nobody named has room today', () => {
    const full = { ...ON_CALL, ...owing(6) };
    const decision = ring(situation({ ana: full, bo: full, cy: full }));
    expect(decision.offer?.advisorId).toBe('ana');
    // 10 + 1.5 × 96 = 154 working minutes after Tuesday 08:30.
    expect(decision.offer?.before).toBe(paris('2026-11-24 11:05'));
    expect(codes(decision)).toContain('callback_another_day');
  });

  it('offers up to twenty minutes past closing, then another day', () => {
    const at = (local: string) => {
      const now = paris(local);
      const busy = { doing: 'call', since: now - MINUTE } as const;
      return ring(situation({ ana: busy, bo: busy, cy: busy }, { now })).offer?.before;
    };
    expect(at('2026-11-23 17:58')).toBe(paris('2026-11-23 18:20'));
    expect(at('2026-11-23 17:59')).toBe(paris('2026-11-24 10:30'));
    expect(at('2026-11-27 17:59')).toBe(paris('2026-11-30 10:30'));
  });

  it('carries an offer over lunch', () => {
    const now = paris('2026-11-23 11:59');
    const decision = ring(situation({ ana: { doing: 'call', since: now - MINUTE } }, { now }));
    expect(decision.offer?.before).toBe(paris('2026-11-23 13:55'));
  });

  it('queues who declined only when nobody at all is free', () => {
    const busy = Object.fromEntries(Object.keys(situation().advisors).map((id) => [id, ON_CALL]));
    const decision = ring(situation(busy), callFor('ana', { declined: true }));
    expect(decision.attempts).toEqual([]);
    expect(decision.waitSeconds).toBe(600);
    expect(codes(decision)).toContain('nobody_free');
    expect(decision.fallback.kind).toBe('promise');
    expect(rung(ring(situation({ ...busy, gus: {} }), callFor('ana', { declined: true })))).toEqual(['gus']);
  });
});

describe('what the customer prefers', () => {
  it('rings back at once who always wants it, without asking again', () => {
    const decision = ring(situation({ ana: ON_CALL }), callFor('ana', { ringBack: 'always' }));
    expect(decision).toMatchObject({ offer: null, attempts: [], waitSeconds: 0 });
    expect(decision.fallback).toEqual({ kind: 'promise', ownerId: 'ana', dueAt: paris('2026-11-23 10:25') });
    expect(codes(decision)).toContain('always_ring_back');
  });

  it('still rings the own advisor first when they are free', () => {
    expect(rung(ring(situation(), callFor('ana', { ringBack: 'always' })))[0]).toBe('ana');
  });

  it('offers nothing to who never wants it', () => {
    const decision = ring(situation({ ana: ON_CALL }), callFor('ana', { ringBack: 'never' }));
    expect(decision.offer).toBeNull();
    expect(rung(decision)[0]).toBe('bo');
    expect(decision.fallback.kind).toBe('voicemail');
  });
});

describe('a withheld or unknown number', () => {
  it('goes straight to whoever is free, the longest unserved first', () => {
    const decision = ring(situation({ gus: { lastServedAt: 0 }, ana: ON_CALL }), callFor(null));
    expect(rung(decision)[0]).toBe('gus');
    expect(decision.attempts).toHaveLength(3);
    expect(decision.offer).toBeNull();
    expect(decision.fallback).toMatchObject({ kind: 'voicemail', ownerId: 'hal' });
  });

  it('is offered nothing even when we know who calls', () => {
    const decision = ring(situation({ ana: ON_CALL }), callFor('ana', { numberOnFile: false }));
    expect(decision.offer).toBeNull();
    expect(rung(decision)[0]).toBe('bo');
    expect(codes(decision)).toContain('number_not_on_file');
  });
});

describe('the own advisor is absent', () => {
  const gone = absentUntil(paris('2026-11-25 08:30'));

  it('rings the first free backup in the fixed order, without an offer', () => {
    const decision = ring(situation({ ana: gone, bo: owing(4) }));
    expect(rung(decision).slice(0, 2)).toEqual(['bo', 'cy']);
    expect(decision.offer).toBeNull();
    expect(ring(situation({ ana: gone, bo: ON_CALL })).attempts[0]?.advisorId).toBe('cy');
  });

  it('offers a backup’s callback when none is free, and rings the pod for who stays', () => {
    const decision = ring(situation({ ana: gone, bo: ON_CALL, cy: ON_CALL }));
    expect(decision.offer?.advisorId).toBe('bo');
    expect(rung(decision)[0]).toBe('di');
  });

  it('offers the return within three days when no backup has room', () => {
    const full = { ...ON_CALL, ...owing(6) };
    const decision = ring(situation({ ana: gone, bo: full, cy: full }));
    expect(decision.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-25 10:30') });
    expect(codes(decision)).toContain('callback_when_back');
  });

  it('does not offer a return in four days, but a backup tomorrow', () => {
    const full = { ...ON_CALL, ...owing(6) };
    const away = absentUntil(paris('2026-11-27 08:30'));
    const decision = ring(situation({ ana: away, bo: full, cy: full }));
    expect(decision.offer?.advisorId).toBe('bo');
    expect(codes(decision)).toContain('callback_another_day');
  });

  it('offers a return from lunch rather than a backup’s callback', () => {
    const lunch = { doing: 'off', away: { why: 'lunch', backAt: paris('2026-11-23 10:30'), coverId: null } } as const;
    const decision = ring(situation({ ana: lunch, bo: ON_CALL, cy: ON_CALL }));
    expect(decision.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-23 10:45') });
    const backupFree = ring(situation({ ana: lunch, cy: ON_CALL }));
    expect(rung(backupFree)[0]).toBe('bo');
    expect(backupFree.offer).toEqual(decision.offer);
    const awayLonger = { doing: 'off', away: { ...lunch.away, backAt: paris('2026-11-23 16:30') } } as const;
    expect(ring(situation({ ana: awayLonger, cy: ON_CALL })).offer).toBeNull();
  });
});

describe('the own advisor goes before the office closes', () => {
  const lunch = { at: paris('2026-11-23 10:10'), backAt: paris('2026-11-23 11:10') };
  const leaving = (leaves: { at: number; backAt: number | null }) => ({ ...ON_CALL, leaves });

  it('does not count lunch: the promise is for as long afterwards', () => {
    const decision = ring(situation({ ana: leaving(lunch) }));
    expect(decision.offer).toEqual({ advisorId: 'ana', before: paris('2026-11-23 11:25') });
  });

  it('promises before they go where there is time', () => {
    const later = leaving({ at: paris('2026-11-23 11:00'), backAt: null });
    expect(ring(situation({ ana: later })).offer).toEqual({ advisorId: 'ana', before: paris('2026-11-23 10:25') });
  });

  it('promises nothing of today in the name of who has gone by then: a backup’s callback', () => {
    const gone = leaving({ at: paris('2026-11-23 10:10'), backAt: null });
    const decision = ring(situation({ ana: gone, bo: ON_CALL, cy: ON_CALL }));
    expect(decision.offer?.advisorId).toBe('bo');
    expect(codes(decision)).toContain('own_too_late');
  });

  it('a backup who goes promises nothing for later either', () => {
    const gone = leaving({ at: paris('2026-11-23 10:10'), backAt: null });
    const decision = ring(situation({ ana: gone, bo: gone, cy: ON_CALL }));
    expect(decision.offer?.advisorId).toBe('cy');
  });
});

describe('a callback that is expected soon', () => {
  const hurried = policyWith({ version: 'hurried', offer: { soonMinutes: 25, soonExpectedMinutes: 20 } });

  it('is promised soon, also behind one that is already promised', () => {
    const promised = (open: number) =>
      decide(hurried, situation({ ana: { ...ON_CALL, ...owing(open) } }), callFor('ana')).offer?.before;
    expect(promised(0)).toBe(paris('2026-11-23 10:25'));
    expect(promised(1)).toBe(paris('2026-11-23 10:25'));
    expect(promised(2)).toBe(paris('2026-11-23 10:55'));
  });
});

describe('while closed', () => {
  const night = (now: number, advisors = {}) => situation(advisors, { now });

  it('rings nobody and promises the next opening', () => {
    const decision = ring(night(paris('2026-11-23 21:00')));
    expect(decision).toMatchObject({ attempts: [], offer: null, waitSeconds: 0 });
    expect(decision.fallback).toEqual({ kind: 'promise', ownerId: 'ana', dueAt: paris('2026-11-24 10:30') });
    expect(codes(decision)).toEqual(['closed', 'callback_at_opening']);
  });

  it('passes weekends and holidays', () => {
    expect(ring(night(paris('2026-12-24 19:00'))).fallback.dueAt).toBe(paris('2026-12-28 10:30'));
    expect(ring(night(paris('2026-12-25 10:00'))).fallback.dueAt).toBe(paris('2026-12-28 10:30'));
  });

  it('names someone who is there then', () => {
    const decision = ring(night(paris('2026-11-23 21:00'), { ana: absentUntil(paris('2026-11-30 08:30')) }));
    expect(decision.fallback).toMatchObject({ kind: 'promise', ownerId: 'bo' });
  });

  it('names a backup when the own advisor does not work on that day', () => {
    const partTime = {
      doing: 'off',
      away: { why: 'hours', backAt: paris('2026-11-25 08:30'), coverId: null },
    } as const;
    expect(ring(night(paris('2026-11-23 21:00'), { ana: partTime })).fallback.ownerId).toBe('bo');
    const lateStart = { ...partTime, away: { ...partTime.away, backAt: paris('2026-11-24 14:00') } };
    expect(ring(night(paris('2026-11-23 21:00'), { ana: lateStart })).fallback).toMatchObject({
      ownerId: 'ana',
      dueAt: paris('2026-11-24 16:00'),
    });
  });

  it('does not round a time out of the opening hours', () => {
    const coarse = policyWith({ version: 'coarse', offer: { roundUpToMinutes: 240 } });
    const decision = decide(coarse, night(paris('2026-11-23 21:00')), callFor('ana'));
    expect(decision.fallback.dueAt).toBe(paris('2026-11-24 10:30'));
  });

  it('takes a message from who cannot be rung back', () => {
    const decision = ring(night(paris('2026-11-23 21:00')), callFor(null));
    expect(decision.fallback).toEqual({ kind: 'voicemail', ownerId: 'hal', dueAt: paris('2026-11-24 10:30') });
    expect(codes(decision)).toEqual(['closed', 'voicemail_to']);
  });
});

describe('other ways to answer, to hold ours against', () => {
  const hotline = (ringBack: 'anyone' | 'nobody') =>
    policyWith({ version: 'hotline', people: { answer: 'anyone', ringBack }, call: { fewestAttempts: 1 } });
  const allBusy = situation(Object.fromEntries(EVERYONE.map((id) => [id, ON_CALL])));

  it('a hotline rings who has gone longest without a call, whoever the own advisor is', () => {
    const rested = situation({ gus: { lastServedAt: MONDAY_AT_TEN - 60 * MINUTE } });
    expect(rung(decide(hotline('nobody'), rested, callFor('ana')))).toEqual(['gus']);
    expect(decide(hotline('nobody'), allBusy, callFor('ana')).offer).toBeNull();
  });

  it('a hotline that rings back offers it only when nobody is free', () => {
    expect(decide(hotline('anyone'), situation({ ana: ON_CALL }), callFor('ana')).offer).toBeNull();
    expect(decide(hotline('anyone'), allBusy, callFor('ana')).offer).not.toBeNull();
  });

  it('a queue of one waits for the own advisor though others are free', () => {
    const dedicated = policyWith({ version: 'dedicated', people: { answer: 'own_only', ringBack: 'nobody' } });
    expect(rung(decide(dedicated, situation(), callFor('ana')))).toEqual(['ana']);
    expect(decide(dedicated, situation({ ana: ON_CALL }), callFor('ana'))).toMatchObject({ attempts: [], offer: null });
  });
});
