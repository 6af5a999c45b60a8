import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { explain, explainAll } from './explain.ts';
import { ENGLISH } from './explain-en.ts';
import { FRENCH } from './explain-fr.ts';
import { onFree } from './on-free.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import type { Words } from './sentences.ts';
import {
  anyCall,
  anySituation,
  anyWritten,
  callFor,
  EVERYONE,
  MONDAY_AT_TEN,
  ON_CALL,
  SPECIFIED,
  situation,
} from './situations.test-support.ts';

const words: Words = {
  nameOf: (id) => id.charAt(0).toUpperCase() + id.slice(1),
  timeZone: 'Europe/Paris',
  now: MONDAY_AT_TEN,
};

const later = MONDAY_AT_TEN + 3_600_000;
const ana = { advisorId: 'ana' };
/** One reason for each code; a code without one does not compile. */
const ONE_OF_EACH: { readonly [Code in ReasonCode]: Reason } = {
  own_free: { code: 'own_free', ...ana },
  own_on_message: { code: 'own_on_message', ...ana },
  own_ringing: { code: 'own_ringing', ...ana },
  own_not_answering: { code: 'own_not_answering', ...ana },
  own_on_call: { code: 'own_on_call', ...ana, since: MONDAY_AT_TEN - 150_000 },
  own_wrapping_up: { code: 'own_wrapping_up', ...ana, since: MONDAY_AT_TEN - 150_000 },
  own_finishing: { code: 'own_finishing', ...ana, secondsLeft: 40 },
  own_away: { code: 'own_away', ...ana, why: 'absence', backAt: null },
  own_full: { code: 'own_full', ...ana, openCallbacks: 6 },
  own_too_late: { code: 'own_too_late', ...ana, before: later },
  caller_unknown: { code: 'caller_unknown' },
  number_not_on_file: { code: 'number_not_on_file' },
  declined_offer: { code: 'declined_offer' },
  always_ring_back: { code: 'always_ring_back' },
  never_ring_back: { code: 'never_ring_back' },
  backup_free: { code: 'backup_free', ...ana },
  pod_free: { code: 'pod_free', ...ana },
  anyone_free: { code: 'anyone_free', ...ana },
  nobody_free: { code: 'nobody_free' },
  callback_by_own: { code: 'callback_by_own', ...ana, openCallbacks: 1, before: later },
  callback_by_backup: { code: 'callback_by_backup', ...ana, openCallbacks: 0, before: later },
  callback_when_back: { code: 'callback_when_back', ...ana, before: later },
  callback_another_day: { code: 'callback_another_day', ...ana, before: later },
  callback_at_opening: { code: 'callback_at_opening', ...ana, before: later },
  closed: { code: 'closed', opensAt: later },
  voicemail_to: { code: 'voicemail_to', ...ana, before: later },
  own_advisor: { code: 'own_advisor', ...ana },
  covers: { code: 'covers', ...ana, forId: 'bo', via: 'backup', until: later },
  due_by_service_level: { code: 'due_by_service_level', minutes: 480, dueAt: later },
  writer_unknown: { code: 'writer_unknown', ...ana, dueAt: later },
  own_caller_waits: { code: 'own_caller_waits', seconds: 20 },
  backed_up_caller_waits: { code: 'backed_up_caller_waits', seconds: 20 },
  pod_caller_waits: { code: 'pod_caller_waits', seconds: 20 },
  caller_waits: { code: 'caller_waits', seconds: 20 },
  stranger_left_to_others: { code: 'stranger_left_to_others' },
  own_callback_due: { code: 'own_callback_due', dueAt: later },
  late_callback_of: { code: 'late_callback_of', ...ana, dueAt: MONDAY_AT_TEN - 3_600_000 },
  own_message_waits: { code: 'own_message_waits', receivedAt: MONDAY_AT_TEN - 3_600_000 },
  old_message_of: { code: 'old_message_of', ...ana, receivedAt: MONDAY_AT_TEN - 3_600_000 },
  nothing_waits: { code: 'nothing_waits' },
};

function expectWords(sentence: string): void {
  expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
  expect(sentence).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
  for (const part of sentence.split(/(?<=[.!?])\s/u)) expect(part.split(/[ \n]/).length).toBeLessThanOrEqual(20);
}

describe('every reason', () => {
  it.each(Object.values(ONE_OF_EACH))('$code has a sentence in French and in English', (reason) => {
    const french = explain(reason, 'fr', words);
    const english = explain(reason, 'en', words);
    expectWords(french);
    expectWords(english);
    expect(french).not.toBe(english);
  });

  it('has exactly one sentence a language', () => {
    expect(Object.keys(FRENCH).sort()).toEqual(Object.keys(ONE_OF_EACH).sort());
    expect(Object.keys(ENGLISH).sort()).toEqual(Object.keys(ONE_OF_EACH).sort());
  });

  it('is typeset: no straight apostrophe, no breaking space before a colon', () => {
    for (const reason of Object.values(ONE_OF_EACH)) {
      expect(explain(reason, 'fr', words)).not.toMatch(/'| [:;!?]/);
      expect(explain(reason, 'en', words)).not.toMatch(/'/);
    }
  });
});

describe('an offer in words', () => {
  const decision = decide(SPECIFIED, situation({ ana: ON_CALL }), callFor('ana'));

  it('reads like a person would say it', () => {
    expect(explainAll(decision.reasons, 'fr', words)).toEqual([
      'Ana est en ligne depuis 3\u00a0min.',
      'Ana rappelle avant 10\u00a0h\u00a025.',
      'Bo, binôme, est libre.',
    ]);
    expect(explainAll(decision.reasons, 'en', words)).toEqual([
      'Ana has been on a call for 3 min.',
      'Ana calls back before 10:25\u00a0am today.',
      'Bo, backup, is free.',
    ]);
  });

  it('elides before a vowel in French', () => {
    const covered = (forId: string) =>
      explain({ code: 'covers', ...ana, forId, via: 'cover', until: null }, 'fr', words);
    expect(covered('élise')).toMatch(/à la place d’Élise\. Le retour d’Élise sera annoncé\.$/);
    expect(covered('yves')).toContain('d’Yves');
    expect(covered('yann')).toContain('de Yann');
    expect(covered('bo')).toContain('de Bo.');
  });

  it('tells the time of the territory', () => {
    const reunion = { ...words, timeZone: 'Indian/Reunion' };
    expect(explainAll(decision.reasons, 'en', reunion)).toContain('Ana calls back before 1:25\u00a0pm today.');
  });
});

describe('whatever is decided', () => {
  it('can be put into words in both languages', () => {
    const anything = fc.property(
      anySituation,
      anyCall,
      anyWritten,
      fc.constantFrom(...EVERYONE),
      (facts, call, mail, who) => {
        const reasons = [
          ...decide(SPECIFIED, facts, call).reasons,
          ...decide(SPECIFIED, facts, mail).reasons,
          ...onFree(SPECIFIED, facts, who).reasons,
        ];
        const told = { ...words, now: facts.now };
        for (const sentence of [...explainAll(reasons, 'fr', told), ...explainAll(reasons, 'en', told)]) {
          expectWords(sentence);
        }
      },
    );
    fc.assert(anything, { numRuns: 300 });
  });
});
