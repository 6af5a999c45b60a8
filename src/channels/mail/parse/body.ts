import { binaryString, bytesOf } from './bytes.ts';
import { readText } from './charset.ts';
import { decodeHeaderText } from './encoded-words.ts';
import { readStructured } from './header-params.ts';
import { type MimePart, rawHeader } from './mime-tree.ts';
import { signedContent } from './opaque-signed.ts';
import type { MailAttachment, ParsedMail } from './parsed-mail.ts';
import { openTnef } from './tnef.ts';
import { decodeTransfer } from './transfer.ts';
import { takeUuencoded } from './uuencode.ts';

/** What the parts of a mail amount to; `inner` holds S/MIME content still to be read as a mail of its own. */
export type MailBody = {
  texts: string[];
  htmls: string[];
  attachments: MailAttachment[];
  flags: ParsedMail['flags'];
  inner: Uint8Array[];
};

/** Sorts every leaf of the tree into text, HTML and attachments; no part is dropped. */
export function collectBody(root: MimePart): MailBody {
  const flags = { signed: false, encrypted: false, tnef: false };
  const body: MailBody = { texts: [], htmls: [], attachments: [], flags, inner: [] };
  for (const part of leaves(root)) takeLeaf(part, body);
  return body;
}

/** The leaves in order, without recursion. */
function leaves(root: MimePart): MimePart[] {
  const found: MimePart[] = [];
  const waiting = [root];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.children.length === 0) found.push(part);
    else for (const child of part.children.toReversed()) waiting.push(child);
  }
  return found;
}

function takeLeaf(part: MimePart, body: MailBody): void {
  noteFlags(part, body);
  const encoding = rawHeader(part, 'content-transfer-encoding');
  const bytes = decodeTransfer(part.body, encoding);
  const about = describe(part);
  const text = bodyKind(part, about);
  if (/uuencode|^x-uue?$/i.test(encoding) && takeEncodedFile(bytes, about, body)) return;
  if (text === 'html') body.htmls.push(readHtml(bytes, part));
  else if (text === 'plain') takeText(bytes, part, body);
  else takeAttachment({ ...about, bytes }, body);
}

function noteFlags(part: MimePart, body: MailBody): void {
  for (let up: MimePart | null = part; up; up = up.parent) {
    if (up.type.value === 'multipart/signed') body.flags.signed = true;
    if (up.type.value === 'multipart/encrypted') body.flags.encrypted = true;
  }
}

type About = Omit<MailAttachment, 'bytes'>;

function describe(part: MimePart): About {
  const hint = part.type.params.get('charset') ?? null;
  const disposition = readStructured(rawHeader(part, 'content-disposition'), hint);
  const declared = readStructured(rawHeader(part, 'content-type'), hint);
  const filename =
    disposition.params.get('filename') ?? declared.params.get('name') ?? part.type.params.get('name') ?? null;
  return {
    filename: cleanFilename(filename ?? locationName(part)),
    contentType: part.type.value,
    disposition: dispositionOf(disposition.value),
    contentId: /<([^<>]+)>/.exec(rawHeader(part, 'content-id'))?.[1]?.trim() ?? (rawHeader(part, 'content-id') || null),
  };
}

function dispositionOf(value: string): About['disposition'] {
  if (value === 'attachment') return 'attachment';
  return value === 'inline' ? 'inline' : null;
}

function locationName(part: MimePart): string | null {
  const location = decodeHeaderText(rawHeader(part, 'content-location'));
  return /^[^/\\:?#]+\.[A-Za-z0-9]{1,8}$/.test(location) ? location : null;
}

/** No path, no control signs, no line end: a file name is one line of text. */
function cleanFilename(name: string | null): string | null {
  const clean = (name ?? '').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  const last = clean.split(/[/\\]/).at(-1) ?? '';
  return last === '' ? null : last.slice(0, 255);
}

/** Which leaves are the letter itself and which came with it. */
function bodyKind(part: MimePart, about: About): 'plain' | 'html' | null {
  if (about.disposition === 'attachment') return null;
  const named = about.filename !== null && part.parent !== null;
  const type = part.type.value;
  if (type === 'text/html') return named && about.disposition !== 'inline' ? null : 'html';
  if (type !== 'text/plain') return null;
  return named ? null : 'plain';
}

function takeText(bytes: Uint8Array, part: MimePart, body: MailBody): void {
  const { text, files } = takeUuencoded(binaryString(bytes));
  for (const file of files) body.attachments.push(uuencodedAttachment(file));
  const read = readText(bytesOf(text), part.type.params.get('charset') ?? null).text;
  body.texts.push(part.type.params.get('format')?.toLowerCase() === 'flowed' ? unflow(read, part) : read);
}

/** RFC 3676: a line that ends in a blank goes on in the next one; quoted lines are left as they are. */
function unflow(text: string, part: MimePart): string {
  const deleteSpace = part.type.params.get('delsp')?.toLowerCase() === 'yes';
  const lines = text.split(/\r?\n/);
  let joined = '';
  lines.forEach((line, index) => {
    const flows = line.endsWith(' ') && line !== '-- ' && !line.startsWith('>') && index < lines.length - 1;
    const next = lines[index + 1] ?? '';
    const goesOn = flows && next !== '' && !next.startsWith('>') && next !== '-- ';
    const plain = line.startsWith(' ') ? line.slice(1) : line;
    joined += goesOn ? (deleteSpace ? plain.slice(0, -1) : plain) : plain + (index < lines.length - 1 ? '\r\n' : '');
  });
  return joined;
}

function readHtml(bytes: Uint8Array, part: MimePart): string {
  const declared = part.type.params.get('charset');
  const meta = /<meta[^>]{0,200}charset=["']?([\w-]{1,40})/i.exec(binaryString(bytes.subarray(0, 4_096)))?.[1];
  return readText(bytes, declared ?? meta ?? null).text;
}

function takeEncodedFile(bytes: Uint8Array, about: About, body: MailBody): boolean {
  const { text, files } = takeUuencoded(binaryString(bytes));
  if (files.length === 0) return false;
  for (const file of files) {
    const known = uuencodedAttachment(file);
    body.attachments.push({ ...about, filename: about.filename ?? known.filename, bytes: file.bytes });
  }
  if (text.trim() !== '') body.texts.push(text);
  return true;
}

function uuencodedAttachment(file: { filename: string; bytes: Uint8Array }): MailAttachment {
  const filename = cleanFilename(decodeHeaderText(file.filename));
  return {
    filename,
    contentType: 'application/octet-stream',
    disposition: 'attachment',
    contentId: null,
    bytes: file.bytes,
  };
}

function takeAttachment(attachment: MailAttachment, body: MailBody): void {
  body.attachments.push(attachment);
  const type = attachment.contentType;
  if (/^application\/(x-)?pkcs7-mime$/.test(type)) {
    const content = signedContent(attachment.bytes);
    if (content) body.inner.push(content);
    body.flags[content ? 'signed' : 'encrypted'] = true;
  }
  if (/^application\/(vnd\.)?ms-tnef$/.test(type) || /^win(mail|dat)[\w.]*\.dat$/i.test(attachment.filename ?? '')) {
    takeTnef(attachment, body);
  }
}

/** The files inside a winmail.dat stand beside it; its letter is used only where the mail has none. */
function takeTnef(attachment: MailAttachment, body: MailBody): void {
  const opened = openTnef(attachment.bytes);
  if (!opened) return;
  body.flags.tnef = true;
  for (const file of opened.files) {
    const filename = cleanFilename(file.filename);
    body.attachments.push({
      filename,
      contentType: 'application/octet-stream',
      disposition: 'attachment',
      contentId: null,
      bytes: file.bytes,
    });
  }
  if (opened.text !== null && body.texts.every((text) => text.trim() === '')) body.texts.push(opened.text);
  if (opened.html !== null && body.htmls.length === 0) body.htmls.push(opened.html);
}
