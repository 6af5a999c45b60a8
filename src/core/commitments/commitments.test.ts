import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingMinutes, workingMinutesBetween } from '../calendar/calendar.ts';
import { STANDARD_POLICY } from '../routing/policy.ts';
import { MINUTE, OFFICE, paris } from '../routing/situations.test-support.ts';
import { dueAt, remindAt, tightestServiceLevel } from './due.ts';
import { type EscalationFacts, nextStep, type OpenCommitment } from './escalation.ts';

const standard = { answerWithinMinutes: 480 };
const rules = STANDARD_POLICY.commitments;
const facts: EscalationFacts = { calendar: OFFICE, backupId: 'bo', leadId: 'lea' };

describe('when an answer is owed', () => {
  it('counts the service level in opening hours', () => {
    expect(dueAt(OFFICE, paris('2026-11-23 10:00'), standard)).toBe(paris('2026-11-24 10:00'));
    expect(dueAt(OFFICE, paris('2026-11-27 17:00'), { answerWithinMinutes: 60 })).toBe(paris('2026-11-27 18:00'));
    expect(dueAt(OFFICE, paris('2026-11-28 03:00'), { answerWithinMinutes: 60 })).toBe(paris('2026-11-30 09:30'));
    expect(dueAt(OFFICE, paris('2026-12-24 17:00'), { answerWithinMinutes: 240 })).toBe(paris('2026-12-28 11:30'));
  });

  it('takes the tightest of a customer’s lines, and the standard one without a line', () => {
    const pro = { answerWithinMinutes: 240 };
    expect(tightestServiceLevel([standard, pro], standard)).toEqual(pro);
    expect(tightestServiceLevel([pro], { answerWithinMinutes: 60 })).toEqual(pro);
    expect(tightestServiceLevel([], standard)).toEqual(standard);
  });

  it('reminds after three quarters of the working time, never before it was made nor after it is due', () => {
    expect(remindAt(OFFICE, paris('2026-11-23 10:00'), paris('2026-11-24 10:00'), rules)).toBe(
      paris('2026-11-23 17:30'),
    );
    const made = fc.integer({ min: paris('2026-12-01 00:00'), max: paris('2027-01-31 00:00') });
    fc.assert(
      fc.property(made, fc.integer({ min: 1, max: 3_000 }), (at, minutes) => {
        const due = dueAt(OFFICE, at, { answerWithinMinutes: minutes });
        const reminder = remindAt(OFFICE, at, due, rules);
        expect(reminder).toBeGreaterThanOrEqual(at);
        expect(reminder).toBeLessThanOrEqual(due);
        expect(workingMinutesBetween(OFFICE, at, reminder)).toBeCloseTo(minutes * 0.75, 1);
      }),
    );
  });

  it('also reminds of a promise made for a time outside opening hours', () => {
    const due = paris('2026-11-23 18:20');
    expect(remindAt(OFFICE, paris('2026-11-23 18:05'), due, rules)).toBeLessThanOrEqual(due);
  });
});

describe('an open commitment', () => {
  const open: OpenCommitment = {
    ownerId: 'ana',
    madeAt: paris('2026-11-23 10:00'),
    dueAt: paris('2026-11-24 10:00'),
    remindedAt: null,
    escalation: 0,
  };
  const step = (at: string, change: Partial<OpenCommitment> = {}, others: Partial<EscalationFacts> = {}) =>
    nextStep({ ...open, ...change }, paris(at), STANDARD_POLICY, { ...facts, ...others });

  it('waits, reminds its owner once, waits again', () => {
    expect(step('2026-11-23 11:00')).toEqual({ step: 'wait', until: paris('2026-11-23 17:30') });
    expect(step('2026-11-23 17:30')).toEqual({ step: 'remind', ownerId: 'ana' });
    expect(step('2026-11-24 09:00', { remindedAt: 1 })).toEqual({ step: 'wait', until: open.dueAt });
  });

  it('is kept to the minute: not broken at the due time, broken after it', () => {
    expect(step('2026-11-24 10:00', { remindedAt: 1 }).step).toBe('wait');
    expect(step('2026-11-24 10:01').step).toBe('break');
  });

  it('goes to the backup, then to the lead, each with a time', () => {
    expect(step('2026-11-24 10:01')).toEqual({
      step: 'break',
      next: { ownerId: 'bo', escalation: 1, dueAt: paris('2026-11-24 13:31') },
    });
    expect(step('2026-11-24 15:00', { escalation: 1, ownerId: 'bo' })).toEqual({
      step: 'break',
      next: { ownerId: 'lea', escalation: 2, dueAt: paris('2026-11-24 16:00') },
    });
  });

  it('stays with the lead, with a new time, until it is kept', () => {
    expect(step('2026-11-24 15:00', { escalation: 2, ownerId: 'lea' })).toMatchObject({
      next: { ownerId: 'lea', escalation: 2 },
    });
  });

  it('goes straight to the lead when there is no backup, or the backup is the one who broke it', () => {
    expect(step('2026-11-24 15:00', {}, { backupId: null })).toMatchObject({ next: { ownerId: 'lea', escalation: 2 } });
    expect(step('2026-11-24 15:00', {}, { backupId: 'ana' })).toMatchObject({
      next: { ownerId: 'lea', escalation: 2 },
    });
  });

  it('never leaves a case file without an open commitment that is due later, however long nobody moves', () => {
    const scenario = fc.record({
      start: fc.integer({ min: paris('2026-12-01 00:00'), max: paris('2026-12-31 00:00') }),
      backupId: fc.constantFrom('bo', 'ana', null),
      delays: fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(scenario, ({ start, backupId, delays }) => {
        let now = start;
        let current: OpenCommitment = { ...open, madeAt: now, dueAt: dueAt(OFFICE, now, standard) };
        for (const delay of delays) {
          now += delay * MINUTE;
          const taken = nextStep(current, now, STANDARD_POLICY, { ...facts, backupId });
          if (taken.step === 'wait') expect(taken.until).toBeGreaterThanOrEqual(now);
          if (taken.step === 'remind') current = { ...current, remindedAt: now };
          if (taken.step !== 'break') continue;
          expect(taken.next.dueAt).toBeGreaterThan(now);
          expect(taken.next.dueAt).toBe(addWorkingMinutes(OFFICE, now, taken.next.escalation === 1 ? 120 : 60));
          expect(taken.next.escalation).toBeGreaterThanOrEqual(current.escalation);
          current = { ...taken.next, madeAt: now, remindedAt: null };
        }
        expect(current.ownerId).toBeTruthy();
      }),
    );
  });
});
