import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netstring, netstringReader } from './netstring.ts';

test('whatever is written is read again, wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (payloads, sizes) => {
        const stream = Buffer.concat(payloads.map(netstring));
        const read = netstringReader();
        const found: string[] = [];
        for (let at = 0; at < stream.length; ) {
          const size = sizes.next().value;
          found.push(...read(stream.subarray(at, at + size)));
          at += size;
        }
        expect(found).toEqual(payloads);
      },
    ),
  );
});

test('the length counts bytes, not characters', () => {
  expect(netstring('é').toString('latin1')).toBe('2:\xc3\xa9,');
});

test('several messages in one piece, an empty one among them, come in their order', () => {
  expect(netstringReader()(Buffer.from('2:{},0:,3:abc,'))).toEqual(['{}', '', 'abc']);
});

test('a message that has not come whole is waited for', () => {
  const read = netstringReader();
  expect(read(Buffer.from('5:ab'))).toEqual([]);
  expect(read(Buffer.from('cde'))).toEqual([]);
  expect(read(Buffer.from(',1'))).toEqual(['abcde']);
  expect(read(Buffer.from(':x,'))).toEqual(['x']);
});

test('the longest believed length is read, one byte more is refused before it is waited for', () => {
  const longest = 'a'.repeat(65_536);
  expect(netstringReader()(netstring(longest))).toEqual([longest]);
  expect(() => netstringReader()(Buffer.from('65537:'))).toThrow('not a netstring');
});

test.each([
  ['no length at all', 'INVITE sip:'],
  ['letters for a length', 'abc:x,'],
  ['less than nothing', '-1:x,'],
  ['part of a byte', '1.5:x,'],
  ['no length before the colon', ':x,'],
  ['a length written in another way', '0x2:ab,'],
  ['no comma at the end', '2:ab;'],
])('%s is no netstring', (_, text) => {
  expect(() => netstringReader()(Buffer.from(text))).toThrow('not a netstring');
});
