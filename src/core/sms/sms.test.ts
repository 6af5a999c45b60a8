import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { takesSms } from '../identity/phone.ts';
import { plainSms, smsParts } from './parts.ts';
import { outsideQuietHours } from './quiet-hours.ts';
import { smsWish } from './wish.ts';

describe('how much fits', () => {
  it.each([
    ['a'.repeat(160), 1, true, 0],
    ['a'.repeat(161), 2, true, 145],
    ['é'.repeat(160), 1, true, 0],
    ['€'.repeat(80), 1, true, 0],
    ['ê'.repeat(70), 1, false, 0],
    ['ê'.repeat(71), 2, false, 63],
    ['😀'.repeat(35), 1, false, 0],
    ['', 1, true, 160],
  ])('%#', (text, count, gsm, left) => {
    const found = smsParts(text);
    expect([found.parts.length, found.gsm, found.left]).toEqual([count, gsm, left]);
    expect(found.parts.join('')).toBe(text);
  });

  it('no part cuts a letter in two, nor an emoji, and none is too long, whatever is written', () => {
    const file = new URL('../../../../shared/corpora/attacks/naughty-strings.txt', import.meta.url);
    const naughty = existsSync(file) ? readFileSync(file, 'utf8') : `${'ê😀👩‍👩‍👧'.repeat(50)}\n<script>\u202e`;
    for (const text of [naughty.slice(0, 20_000), ...naughty.split('\n')]) {
      const plain = plainSms(text);
      const { parts, gsm } = smsParts(plain);
      expect(parts.join('')).toBe(plain);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(gsm ? 160 : 70);
        expect(part).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
      }
    }
  });

  it('fixed spaces and curly marks become plain; letters of a name stay', () => {
    expect(plainSms('Gaëlle Bê vous rappelle avant 16\u00a0h\u00a005\u202f: «\u00a0l’heure\u00a0» …')).toBe(
      'Gaëlle Bê vous rappelle avant 16 h 05 : "l\'heure" ...',
    );
    expect(plainSms('a\u202eb\0c\u0007')).toBe('abc');
  });
});

it.each([
  ['STOP', 'stop'],
  [' stop. ', 'stop'],
  ['Arrêt SMS', 'stop'],
  ['STOP 36180', 'stop'],
  ['Stop, merci', 'stop'],
  ['START', 'start'],
  ['Stop ! La fibre est coupée', undefined],
  ['Ne stoppez pas', undefined],
  ['', undefined],
])('%j asks for %s', (text, wish) => expect(smsWish(text)).toBe(wish));

it.each([
  ['+33639980012', true],
  ['+33712345678', true],
  ['+33353010012', false],
  ['+33939000012', false],
  ['+41791234567', true],
  ['+41227303030', false],
  ['+262692123456', true],
])('%s takes SMS: %s', (phone, takes) => expect(takesSms(phone)).toBe(takes));

it.each([
  ['2026-11-23T20:30:00+01:00', '2026-11-23T20:30:00+01:00'],
  ['2026-11-23T21:00:00+01:00', '2026-11-24T08:00:00+01:00'],
  ['2026-11-24T03:00:00+01:00', '2026-11-24T08:00:00+01:00'],
  ['2026-11-24T08:00:00+01:00', '2026-11-24T08:00:00+01:00'],
  // The night in which summer time begins.
  ['2027-03-27T22:00:00+01:00', '2027-03-28T08:00:00+02:00'],
])('written at %s, it leaves at %s', (at, leaves) =>
  expect(outsideQuietHours(new Date(at), 'Europe/Paris')).toEqual(new Date(leaves)),
);
