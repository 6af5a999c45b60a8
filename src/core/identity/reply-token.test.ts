import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessageId, readReplyAddress, signMessageId, signReplyAddress } from './reply-token.ts';

const keys = { current: Buffer.alloc(32, 7) };
const id = '0197f0aa-1111-7222-8333-444455556666';
const other = '0197f0aa-1111-7222-8333-444455556667';
const domain = 'contact.example.org';

describe('a reply address', () => {
  it('names its case file, in any case of letters', () => {
    const address = signReplyAddress(id, domain, keys);
    expect(readReplyAddress(address, domain, keys)).toBe(id);
    expect(readReplyAddress(address.toUpperCase(), domain, keys)).toBe(id);
  });

  it('has a local part of plain signs that fits into 64', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const [local = ''] = signReplyAddress(uuid, domain, keys).split('@');
        expect(local).toMatch(/^reply\+[a-z2-7]{42}$/);
        expect(readReplyAddress(`${local}@${domain}`, domain, keys)).toBe(uuid);
      }),
    );
  });

  it('is worth nothing after any change of one sign', () => {
    const address = signReplyAddress(id, domain, keys);
    for (let at = 6; at < address.indexOf('@'); at += 1) {
      const changed = address.slice(0, at) + (address[at] === 'a' ? 'b' : 'a') + address.slice(at + 1);
      expect(readReplyAddress(changed, domain, keys)).toBeNull();
    }
  });

  it('is worth nothing at another domain or with another key', () => {
    const address = signReplyAddress(id, domain, keys);
    expect(readReplyAddress(address.replace(domain, 'example.net'), 'example.net', keys)).toBeNull();
    expect(readReplyAddress(address, 'example.net', keys)).toBeNull();
    expect(readReplyAddress(address, domain, { current: Buffer.alloc(32, 8) })).toBeNull();
  });

  it('still reads with a key that has been replaced', () => {
    const address = signReplyAddress(id, domain, keys);
    expect(readReplyAddress(address, domain, { current: Buffer.alloc(32, 8), older: [keys.current] })).toBe(id);
  });

  it.each(['', 'reply+@contact.example.org', 'contact@contact.example.org', 'reply+x y@contact.example.org', '@', 'é'])(
    '"%s" is none',
    (address) => {
      expect(readReplyAddress(address, domain, keys)).toBeNull();
    },
  );

  it('is made for a case file only', () => {
    expect(() => signReplyAddress('12', domain, keys)).toThrow(TypeError);
  });
});

describe('a Message-ID of ours', () => {
  it('names its case file and interaction, and stays the same', () => {
    const signed = signMessageId(id, other, domain, keys);
    expect(readMessageId(`<${signed}>`, domain, keys)).toEqual({ caseFileId: id, interactionId: other });
    expect(signMessageId(id, other, domain, keys)).toBe(signed);
  });

  it('cannot be put together from two of them', () => {
    const [, token] = signMessageId(id, other, domain, keys).split('.');
    const [unique] = signMessageId(other, id, domain, keys).split('.');
    expect(readMessageId(`${unique}.${token}`, domain, keys)).toBeNull();
  });

  it('does not serve as a reply address, nor the other way round', () => {
    const token = signMessageId(id, other, domain, keys).split('.')[1]?.split('@')[0];
    expect(readReplyAddress(`reply+${token}@${domain}`, domain, keys)).toBeNull();
  });

  it("is not anyone else's", () => {
    expect(readMessageId('<CAByYQ@mail.example.com>', domain, keys)).toBeNull();
  });
});
