import { expect, test } from 'vitest';
import { openNote, sealNote } from './sealed-note.ts';

let now = Date.UTC(2027, 2, 1);
const clock = () => new Date(now);
const old = Buffer.alloc(32, 1);
const keys = { signingKey: Buffer.alloc(32, 2), olderKeys: [old], clock };
const DAY = 86_400_000;

test('a note is read again by us, also after the key was changed, and tells nobody else anything', () => {
  const note = { mail: 'odile@example.org' };
  const sealed = sealNote({ ...keys, signingKey: old }, 'sent ana', note);
  expect(openNote(keys, 'sent ana', sealed, DAY)).toEqual(note);
  expect(sealed).toMatch(/^[\w-]{60,120}$/);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('odile');
});

test('nothing is read that is old, altered, invented, of another page or of a key we never had', () => {
  const sealed = sealNote(keys, 'sent ana', { phone: '+33639980101' });
  const altered = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  const foreign = sealNote({ ...keys, signingKey: Buffer.alloc(32, 3) }, 'sent ana', {});
  for (const wrong of [altered, sealed.slice(0, -4), foreign, '', 'nothing', 'A'.repeat(80)])
    expect(openNote(keys, 'sent ana', wrong, DAY), wrong).toBeUndefined();
  expect(openNote(keys, 'sent chloe', sealed, DAY)).toBeUndefined();
  now += DAY + 1;
  expect(openNote(keys, 'sent ana', sealed, DAY)).toBeUndefined();
});
