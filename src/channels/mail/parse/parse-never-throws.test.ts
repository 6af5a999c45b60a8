import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeHtml } from '../../../core/text/safe-html.ts';
import { readBounce } from './bounce.ts';
import { canonicalLines, contentHash, messageIdOf } from './canonical.ts';
import { corpusMails, ownMails } from './fixtures/read-fixtures.ts';
import { parseMail } from './parse-mail.ts';

const corpus = [...ownMails(), ...corpusMails('mail/fixtures/**/*.eml'), ...corpusMails('mail/parse-trees/*/*.eml')];
const small = corpus.filter((mail) => mail.raw.length < 60_000);

/** Reads a mail in every way there is and checks what must hold for any bytes. */
function readWholly(raw: Uint8Array): void {
  const mail = parseMail(raw);
  expect(mail.warnings.filter((warning) => warning.startsWith('could not be read'))).toEqual([]);
  expect(`${mail.text}${mail.html ?? ''}${mail.subject}${mail.from.name}${mail.from.address ?? ''}`).not.toContain(
    '\0',
  );
  expect(mail.subject).not.toMatch(/[\r\n]/);
  for (const { filename } of mail.attachments) expect(filename ?? '').not.toMatch(/[\p{Cc}/\\]/u);
  readBounce(mail);
  safeHtml(mail.html ?? '', () => null, { remoteImages: false });
  messageIdOf(raw);
  expect(contentHash(canonicalLines(raw))).toBe(contentHash(raw));
}

describe('no mail is too broken to be read', () => {
  it('every mail of the corpora', () => {
    for (const mail of corpus) readWholly(mail.raw);
  });

  it('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), readWholly), { numRuns: 300 });
  });

  it('random lines out of the words mails are made of', () => {
    const words = [
      'From: ',
      'Content-Type: ',
      'multipart/mixed; boundary=',
      'a',
      '--a',
      '--a--',
      '\r\n',
      '\n',
      '=?utf-8?B?',
      '?=',
      '"',
      '<',
      '>',
      ';',
      '=',
      '=E9',
      'é',
      '\u001b$B',
      'message/rfc822',
      'Content-Transfer-Encoding: base64',
      'begin 644 x',
      'end',
      ' ',
      '(',
      '\\',
      '\0',
    ];
    const raw = fc
      .array(fc.constantFrom(...words), { maxLength: 120 })
      .map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
    fc.assert(fc.property(raw, readWholly), { numRuns: 500 });
  });

  it('mails of the corpora, cut, repeated and with bytes changed', () => {
    const damaged = fc
      .record({
        mail: fc.constantFrom(...small),
        from: fc.double({ min: 0, max: 1, noNaN: true }),
        to: fc.double({ min: 0, max: 1, noNaN: true }),
        bytes: fc.array(fc.record({ at: fc.nat(), value: fc.nat({ max: 255 }) }), { maxLength: 30 }),
      })
      .map(({ mail, from, to, bytes }) => {
        const size = mail.raw.length;
        const raw = Buffer.concat([mail.raw.subarray(0, to * size), mail.raw.subarray(from * size)]);
        for (const { at, value } of bytes) if (raw.length > 0) raw[at % raw.length] = value;
        return raw;
      });
    fc.assert(fc.property(damaged, readWholly), { numRuns: 400 });
  });
});

describe('no sign is lost', () => {
  it('no mail shows U+FFFD but one that holds it', () => {
    const mangled = corpus.filter(({ raw }) => {
      const mail = parseMail(raw);
      const read = [mail.subject, mail.from.name, mail.text, ...mail.attachments.map((each) => each.filename)].join();
      return read.includes('\uFFFD') && !Buffer.from(raw).includes('\uFFFD');
    });
    expect(mangled.map((mail) => mail.name)).toEqual([]);
  });

  it('every mail that names a sender has one', () => {
    const named = corpus.filter(({ raw }) =>
      /^(from|sender|return-path): *[^\s<]/im.test(Buffer.from(raw).toString('latin1')),
    );
    const unknown = named.filter(({ raw }) => {
      const { from } = parseMail(raw);
      return from.name === '' && from.address === null;
    });
    expect(unknown.map((mail) => mail.name)).toEqual([]);
  });
});

describe('no mail takes for ever, and none loses what it holds', () => {
  it.each([
    ['2,000 multiparts in one another', nested(2_000)],
    ['3,000 forwarded mails in one another', 'Content-Type: message/rfc822\r\n\r\n'.repeat(3_000)],
    ['50,000 parts', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(50_000)}--b--\r\n`],
    [
      '5,000 links',
      `Content-Type: text/html\r\n\r\n${'<p><a href="https://example.org/?q=1&amp;r=2">lien</a></p>\r\n'.repeat(5_000)}`,
    ],
    ['100,000 open tags', `Content-Type: text/html\r\n\r\n${'<div><b>'.repeat(50_000)}fin`],
    ['a header of 1 MB', `Subject: ${'a b '.repeat(250_000)}\r\n\r\nx`],
    ['a header of 1 MB of blanks', `Content-Type: text/plain; name="a${' '.repeat(1_000_000)}b\r\n\r\nx`],
    ['1 MB of encoded words', `Subject: ${'=?utf-8?Q?=C3=A9?= '.repeat(50_000)}\r\n\r\nx`],
    ['1 MB of encoded words that never end', `Subject: ${'=?utf-8?Q?a'.repeat(90_000)}\r\n\r\nx`],
    ['60,000 recipients', `To: ${'a@example.org, '.repeat(60_000)}\r\n\r\nx`],
    ['1 MB of open brackets', `From: ${'<('.repeat(500_000)}\r\n\r\nx`],
    ['100,000 header lines', `${'X-A: b\r\n'.repeat(100_000)}\r\nx`],
    ['a line of 5 MB', `From: a@example.org\r\n\r\n${'x'.repeat(5_000_000)}`],
    ['1 MB of soft line ends', `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=\r\n'.repeat(300_000)}x`],
    ['1 MB of blanks', `Content-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(1_000_000)}x`],
    ['10,000 uuencoded files that never end', `\r\n\r\n${'begin 644 x\r\n#0V%T\r\n'.repeat(10_000)}`],
    [
      'a report of 200,000 blanks',
      `From: MAILER-DAEMON\r\nSubject: failure notice\r\n\r\ncould not be delivered\r\n${' '.repeat(200_000)}`,
    ],
    [
      'a report of 200,000 dashes',
      `From: MAILER-DAEMON\r\nSubject: failure notice\r\n\r\ncould not be delivered ${'-'.repeat(200_000)}`,
    ],
    ['3 MB of two charsets in turn', `Subject: x\r\n\r\n${'\xe9\xc3\xa9 '.repeat(750_000)}`],
    ['an address of 900 kB in quotes', `From: ${'"\\\\'.repeat(300_000)}\r\n\r\nx`],
    ['300,000 folds', `X-A: b\r\n${' \r\n'.repeat(150_000)}${' x\r\n'.repeat(150_000)}\r\nx`],
    ['500,000 open references', `References: ${'<'.repeat(500_000)}\r\n\r\n`],
    [
      '500,000 nested signatures',
      `Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('3080'.repeat(500_000), 'hex').toString('base64')}`,
    ],
    ['1 MB of boundary-like lines', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--c\r\n'.repeat(200_000)}`],
  ])('%s', (_, raw) => {
    const mail = parseMail(Buffer.from(raw, 'latin1'));
    expect(mail.warnings.filter((warning) => warning.startsWith('could not be read'))).toEqual([]);
    safeHtml(mail.html ?? '', () => null, { remoteImages: false });
    readBounce(mail);
  });

  it('what lies deeper than we look is still there, as a file', () => {
    const mail = parseMail(Buffer.from(nested(500)));
    const held = mail.text + mail.attachments.map((each) => Buffer.from(each.bytes).toString()).join('');
    expect(held).toContain('au fond');
  });
});

function nested(depth: number): string {
  let raw = '';
  for (let level = 0; level < depth; level += 1)
    raw += `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
  return `${raw}Content-Type: text/plain\r\n\r\nau fond\r\n`;
}
