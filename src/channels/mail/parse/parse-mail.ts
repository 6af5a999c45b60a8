import { type MailAddress, readAddresses } from './addresses.ts';
import { detectAutomatic } from './automatic.ts';
import { collectBody, type MailBody } from './body.ts';
import { binaryString, bytesOf } from './bytes.ts';
import { readText } from './charset.ts';
import { decodeHeaderText } from './encoded-words.ts';
import { htmlText } from './html-text.ts';
import { readMailDate } from './mail-date.ts';
import { readMessageId, readMessageIds } from './message-ids.ts';
import { type MimePart, rawHeader, splitMessage } from './mime-tree.ts';
import type { ParsedMail } from './parsed-mail.ts';

/** What the way a mail came in tells us beside its bytes. */
export type ParseFacts = {
  /** Envelope sender (MAIL FROM); an empty string is the null return path; left out when unknown (IMAP). */
  returnPath?: string;
  /** Our own addresses and domains-wide addresses, lower case: mail from them is never acknowledged. */
  ownAddresses?: ReadonlySet<string>;
};

/** Reads a mail. Never throws: what cannot be read comes back as text with a warning. */
export function parseMail(raw: Uint8Array, facts: ParseFacts = {}): ParsedMail {
  try {
    return readMail(raw, facts, 0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...emptyMail(), text: withoutNul(readText(raw, null).text), warnings: [`could not be read: ${why}`] };
  }
}

/** S/MIME inside S/MIME inside …: nobody means it. */
const MAX_INNER = 3;
const MAX_HEADERS = 5_000;
const MAX_VALUE = 65_536;

function readMail(raw: Uint8Array, facts: ParseFacts, depth: number): ParsedMail {
  const { root, warnings } = splitMessage(raw);
  const body = collectBody(root);
  if (depth < MAX_INNER) for (const inner of body.inner) mergeInner(body, readMail(inner, {}, depth + 1));
  const mail: ParsedMail = { ...readHeaders(root, body, depth), ...contentOf(body, root, depth), warnings };
  if (mail.headers.length === 0) warnings.push('no header at all');
  return { ...mail, automatic: detectAutomatic(mail, facts) };
}

function mergeInner(body: MailBody, inner: ParsedMail): void {
  body.texts.push(inner.text);
  if (inner.html !== null) body.htmls.push(inner.html);
  body.attachments.push(...inner.attachments);
}

function readHeaders(root: MimePart, body: MailBody, depth: number) {
  const hint = charsetHint(root);
  const text = (name: string) => decodeHeaderText(rawHeader(root, name).slice(0, MAX_VALUE), hint);
  const people = (name: string) =>
    root.headers.filter((header) => header.name === name).flatMap((header) => readAddresses(header.value, hint));
  const inReplyTo = readMessageIds(text('in-reply-to'));
  return {
    messageId: readMessageId(text('message-id')),
    inReplyTo: inReplyTo[0] ?? null,
    references: readMessageIds(
      root.headers
        .filter((header) => header.name === 'references')
        .map((header) => header.value)
        .join(' '),
    ),
    from: sender(root, people),
    replyTo: people('reply-to'),
    to: people('to'),
    cc: people('cc'),
    subject: oneLine(text('subject')),
    date: readMailDate(text('date')),
    headers: root.headers
      .slice(0, MAX_HEADERS)
      .map(({ name, value }) => ({ name, value: withoutNul(decodeHeaderText(value.slice(0, MAX_VALUE), hint)) })),
    contentType: binaryHeader(root, 'content-type'),
    flags: body.flags,
    automatic: { kind: 'none' as const, why: depth === 0 ? '' : 'inner' },
  };
}

/** From, else Sender, Reply-To, the return path: someone always sent it. */
function sender(root: MimePart, people: (name: string) => MailAddress[]): MailAddress {
  const named = ['from', 'sender', 'reply-to', 'return-path', 'x-envelope-from'].flatMap(people);
  const from = people('from');
  const reachable = from.find((person) => person.address !== null);
  return (
    reachable ?? from[0] ?? named[0] ?? { name: oneLine(binaryHeader(root, 'from')).replace(/^<>$/, ''), address: null }
  );
}

/** The charset some part declares; else what raw header bytes and the letter, read together, look like. */
function charsetHint(root: MimePart): string | null {
  let sample = root.headers
    .map((header) => header.value.slice(0, 1_000))
    .join('\n')
    .slice(0, 20_000);
  const waiting = [root];
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const charset = part.type.params.get('charset');
    if (charset) return charset;
    if (part.type.value.startsWith('text/')) sample += binaryString(part.body.subarray(0, 20_000));
    waiting.push(...part.children.slice(0, 5));
  }
  return readText(bytesOf(sample), null).charset;
}

function contentOf(body: MailBody, root: MimePart, depth: number): Pick<ParsedMail, 'text' | 'html' | 'attachments'> {
  const html = body.htmls.length === 0 ? null : withoutNul(body.htmls.join('\r\n'));
  const written = withoutNul(body.texts.filter((text) => text.trim() !== '').join('\r\n'));
  const text = written !== '' || html === null ? written : htmlText(html);
  const shown = text === '' ? nestedText(body, root, depth) : text;
  return { text: shown.replace(/\r\n?/g, '\n'), html, attachments: body.attachments };
}

/** A mail that is nothing but another mail, or a part of unknown text type, shows that. */
function nestedText(body: MailBody, root: MimePart, depth: number): string {
  const [first] = body.attachments;
  if (!first || depth >= MAX_INNER) return '';
  if (first.contentType === 'message/rfc822') return readMail(first.bytes, {}, depth + 1).text;
  const enriched = body.attachments.find((attachment) =>
    /^text\/(plain|enriched|richtext)$/.test(attachment.contentType),
  );
  const shown = enriched ?? (root.children.length === 0 && first.contentType.startsWith('text/') ? first : undefined);
  return shown ? withoutNul(readText(shown.bytes, root.type.params.get('charset') ?? null).text) : '';
}

function binaryHeader(root: MimePart, name: string): string {
  return decodeHeaderText(rawHeader(root, name).slice(0, MAX_VALUE));
}

function oneLine(text: string): string {
  return withoutNul(text)
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
}

/** NUL cannot be stored as text; the raw bytes keep it. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}

function emptyMail(): ParsedMail {
  return {
    messageId: null,
    inReplyTo: null,
    references: [],
    from: { name: '', address: null },
    replyTo: [],
    to: [],
    cc: [],
    subject: '',
    date: null,
    text: '',
    html: null,
    attachments: [],
    headers: [],
    contentType: '',
    automatic: { kind: 'none', why: '' },
    flags: { signed: false, encrypted: false, tnef: false },
    warnings: [],
  };
}
