import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusMails, fixture } from './fixtures/read-fixtures.ts';
import { parseMail } from './parse-mail.ts';
import type { ParsedMail } from './parsed-mail.ts';

// Another parser's reading of real mails, held against ours. Normalised: white space (format=flowed is joined here),
// NUL, folders in file names; U+FFFD of the other parser stands for whatever we read there.

type Attributes = { attributes?: { name: string; value: string }[] };
type Header = { name: string; value: { Text?: string; Address?: AddressValue; ContentType?: Attributes } | 'Empty' };
type AddressValue = { List?: Mailbox[]; Group?: { addresses: Mailbox[] }[]; Address?: Mailbox };
type Mailbox = { name?: string | null; address?: string | null };
type Part = { headers: Header[]; body: { Text?: string; Html?: string } };
type Tree = { text_body: number[]; attachments: number[]; parts: Part[] };

/** Where we read differently on purpose. */
const exceptions: Record<string, Record<string, string>> = {
  'legacy/034': { subject: 'UTF-7, which the other parser does not read in headers' },
  'legacy/039': { text: 'the other parser shows an empty first part only; we show the letter' },
  'legacy/045': { text: 'a named text file is shown as the letter when there is no other text' },
  'legacy/049': { text: 'uuencoded files are taken out of the text', names: 'and become attachments' },
  'malformed/001': { text: 'the stray boundary line of a part that never began is shown rather than lost' },
  'malformed/009': { text: 'parts an outer boundary cuts off are shown as text, not as nameless files' },
  'malformed/011': { text: 'as malformed/009' },
  'malformed/016': { text: 'boundaries longer than RFC 2046 allows, told apart there by their first 80 signs' },
  'malformed/017': { names: 'a disposition without a type still names its file' },
  'malformed/019': { text: 'a mail cut to shreds: all that is left is shown' },
  'malformed/020': { text: 'a boundary with blanks at its end is found here: the HTML is read as HTML' },
  'malformed/021': { text: 'as malformed/020' },
  'thirdparty/002': { text: 'a part that is no base64 is shown as it is' },
  'thirdparty/005': { text: 'a boundary in mid-line is no boundary' },
  'thirdparty/007': { from: 'a name without @ is no address' },
  'thirdparty/015': { names: 'all three forwarded mails are listed' },
};

const ownTree: Tree = {
  text_body: [1],
  attachments: [2, 3],
  parts: [
    { headers: [{ name: 'subject', value: { Text: 'Piece' } }], body: {} },
    { headers: [], body: { Text: 'Voir la pi=E8ce.' } },
    { headers: [named('relevé de compte €.pdf')], body: {} },
    { headers: [named('été.png')], body: {} },
  ],
};

const mails = corpusMails('mail/parse-trees/*/*.eml').map((mail) => ({ ...mail, tree: readTree(mail.path) }));
const compared =
  mails.length > 0 ? mails : [{ name: 'own', path: '', raw: fixture('rfc2231-filename'), tree: ownTree }];

describe('mails with a known parse', () => {
  it.each(compared)('$name is read alike, but for what is listed with its reason', ({ name, raw, tree }) => {
    expect(differences(parseMail(raw), tree)).toEqual(Object.keys(exceptions[name] ?? {}).toSorted());
  });
});

/** The fields in which the two readings differ, in alphabetical order. */
function differences(parsed: ParsedMail, tree: Tree): string[] {
  const sender = mailboxes(headers(tree, 'from')?.Address)[0];
  const names = parsed.attachments.flatMap(({ filename }) => (filename ? [filename] : []));
  const theirs = namesOf(tree);
  const same = {
    from:
      !sender ||
      ((parsed.from.address ?? '') === (sender.address ?? '') &&
        asPattern(sender.name ?? '').test(plain(parsed.from.name))),
    names: names.length === theirs.length && theirs.every((their, at) => their.endsWith(names[at] ?? '\0')),
    subject: asPattern(headers(tree, 'subject')?.Text ?? '').test(plain(parsed.subject)),
    text: !hasText(tree) || asPattern(textOf(tree)).test(plain(parsed.text)),
  };
  return Object.entries(same).flatMap(([field, alike]) => (alike ? [] : [field]));
}

function readTree(path: string): Tree {
  return JSON.parse(readFileSync(path.replace(/\.eml$/, '.json'), 'utf8')) as Tree;
}

function headers(tree: Tree, name: string): Exclude<Header['value'], 'Empty'> | undefined {
  const value = tree.parts[0]?.headers.findLast((header) => header.name === name)?.value;
  return value === 'Empty' ? undefined : value;
}

function mailboxes(value: AddressValue | undefined): Mailbox[] {
  return value?.List ?? value?.Group?.flatMap((group) => group.addresses) ?? (value?.Address ? [value.Address] : []);
}

function hasText(tree: Tree): boolean {
  return tree.text_body.some((index) => tree.parts[index]?.body.Html === undefined);
}

function textOf(tree: Tree): string {
  return tree.text_body.map((index) => tree.parts[index]?.body.Text ?? '').join('\n');
}

function namesOf(tree: Tree): string[] {
  return tree.attachments.flatMap((index) => {
    const values = (tree.parts[index]?.headers ?? []).map((header) => header.value);
    const attributes = values.flatMap((value) => (value === 'Empty' ? [] : (value.ContentType?.attributes ?? [])));
    const name = attributes.find((each) => each.name === 'filename') ?? attributes.find((each) => each.name === 'name');
    return name ? [name.value.replaceAll('\uFFFD', 'ö')] : [];
  });
}

function named(value: string): Header {
  return { name: 'content_disposition', value: { ContentType: { attributes: [{ name: 'filename', value }] } } };
}

function plain(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\s+/g, ' ').trim();
}

function asPattern(theirs: string): RegExp {
  const escaped = plain(theirs).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\uFFFD+/g, '.{1,3}')}$`, 'su');
}
