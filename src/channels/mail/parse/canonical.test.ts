import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalLines, contentHash, messageIdOf } from './canonical.ts';
import { corpusMails, fixture, ownMails } from './fixtures/read-fixtures.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (value: string) => Buffer.from(value, 'latin1');

describe('canonical line ends', () => {
  it.each([
    ['a\nb\r\nc', 'a\r\nb\r\nc'],
    ['a\rb\r', 'a\r\nb\r\n'],
    ['a\rb\n', 'a\rb\r\n'],
    ['\n\n', '\r\n\r\n'],
    ['', ''],
  ])('%j becomes %j', (given, expected) => {
    expect(text(canonicalLines(bytes(given)))).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\r', '\n', '\r\n', 'a', '\0', 'é')), (pieces) => {
        const once = canonicalLines(bytes(pieces.join('')));
        expect(text(canonicalLines(once))).toBe(text(once));
      }),
    );
  });
});

describe('the content hash', () => {
  const sent = text(fixture('rfc2231-filename'));
  const travelled = `Return-Path: <x@example.org>\r\nReceived: from a by b;\r\n\tTue, 3 Nov 2026 08:15:01 +0100\r\nAuthentication-Results: mx; dkim=pass\r\nARC-Seal: i=1\r\nDKIM-Signature: v=1;\r\n b=abc\r\nX-Spam-Status: No\r\nDelivered-To: b@example.org\r\n${sent}`;

  it('is the same for a mail delivered on two ways', () => {
    expect(contentHash(bytes(travelled))).toBe(contentHash(bytes(sent)));
  });

  it('is the same whatever the line ends and the empty lines at the end', () => {
    expect(contentHash(bytes(sent.replaceAll('\r\n', '\n')))).toBe(contentHash(bytes(sent)));
    expect(contentHash(bytes(`${sent}\r\n\r\n`))).toBe(contentHash(bytes(sent)));
  });

  it.each([
    ['the body', sent.replace('Voir', 'voir')],
    ['the subject', sent.replace('Subject: Piece', 'Subject: Pieces')],
    ['the recipient', sent.replace('contact@', 'autre@')],
    ['a trace header quoted in the body', `${sent}Received: from c\r\n`],
  ])('differs with %s', (_, changed) => {
    expect(changed).not.toBe(sent);
    expect(contentHash(bytes(changed))).not.toBe(contentHash(bytes(sent)));
  });

  it('tells all mails of the corpora apart', () => {
    const corpus = corpusMails('mail/parse-trees/*/*.eml');
    const mails = corpus.length > 0 ? corpus : ownMails();
    const different = new Set(mails.map((mail) => text(canonicalLines(mail.raw)).trimEnd()));
    expect(new Set(mails.map((mail) => contentHash(mail.raw))).size).toBe(different.size);
  });
});

describe('the Message-ID', () => {
  it.each([
    ['Message-ID: <a@example.org>\r\n\r\n', 'a@example.org'],
    ['message-id :\r\n <a@example.org>\r\n\r\n', 'a@example.org'],
    ['Message-Id: bare@example.org\r\n\r\n', 'bare@example.org'],
    ['Subject: x\r\n\r\nMessage-ID: <body@example.org>\r\n', null],
    ['Message-ID:\r\n\r\n', null],
  ])('of %j', (raw, expected) => {
    expect(messageIdOf(bytes(raw))).toBe(expected);
  });
});
