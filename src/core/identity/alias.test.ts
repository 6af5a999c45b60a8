import { expect, test } from 'vitest';
import { aliasMonth, readAlias, signAlias } from './alias.ts';

const key = Buffer.from('a key of this test');
const [ana, bruno] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
const alias = { advisorId: ana, month: '2611', generation: 0 };

test('names the person and the month, and is read back in any case', () => {
  const local = signAlias(alias, 'Ana Perrin', key);
  expect(local).toMatch(/^ana-perrin-2611-[a-z2-7]{6}$/);
  expect(readAlias(local, [bruno, ana], key)).toEqual(alias);
  expect(readAlias(local.toUpperCase(), [bruno, ana], key)).toEqual(alias);
  expect(aliasMonth(new Date('2026-11-30T23:59:59Z'))).toBe('2611');
});

test('another month, generation or advisor has another one', () => {
  const all = [alias, { ...alias, month: '2612' }, { ...alias, generation: 1 }, { ...alias, advisorId: bruno }];
  const made = all.map((each) => signAlias(each, 'Ana Perrin', key));
  expect(new Set(made).size).toBe(4);
  for (const [index, local] of made.entries()) expect(readAlias(local, [ana, bruno], key)).toEqual(all[index]);
});

test('what is made up, damaged, of another key or of somebody who left is nobody’s', () => {
  const local = signAlias(alias, 'Ana Perrin', key);
  for (const wrong of ['ana-perrin', 'ana-perrin-2611-aaaaaa', local.replace('2611', '2612'), `${local}x`, ''])
    expect(readAlias(wrong, [ana, bruno], key), wrong).toBeNull();
  expect(readAlias(local, [ana], Buffer.from('another key'))).toBeNull();
  expect(readAlias(local, [bruno], key)).toBeNull();
});

test('a name that has no letters still makes an address', () => {
  expect(signAlias(alias, '山田', key)).toMatch(/^contact-2611-/);
});
