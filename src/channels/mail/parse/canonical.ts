import { createHash } from 'node:crypto';
import { binaryString, byteLines } from './bytes.ts';
import { readMessageId } from './message-ids.ts';

/**
 * The message with CRLF at every line end, as it travels by SMTP. A lone CR is a line end only in a message without
 * any LF; elsewhere it is content.
 */
export function canonicalLines(raw: Uint8Array): Uint8Array {
  if (!raw.includes(0x0a)) return raw.includes(0x0d) ? withLineEnds(raw, 0x0d) : raw;
  return isCanonical(raw) ? raw : withLineEnds(raw, 0x0a);
}

/**
 * SHA-256 (hex) of the message without what its journey added, so that one mail delivered twice has one hash. Line ends
 * and trailing empty lines do not count.
 */
export function contentHash(raw: Uint8Array): string {
  const bytes = canonicalLines(raw);
  const hash = createHash('sha256');
  const fields = headerFields(bytes);
  for (const field of fields.list)
    if (!isTrace(field)) hash.update(binaryString(field).trimEnd(), 'latin1').update('\r\n');
  return hash
    .update('\r\n')
    .update(withoutTrailingEmptyLines(bytes.subarray(fields.bodyStart)))
    .digest('hex');
}

/** The Message-ID without angle brackets, read from the header block alone; null when there is none. */
export function messageIdOf(raw: Uint8Array): string | null {
  for (const field of headerFields(canonicalLines(raw)).list) {
    const text = binaryString(field);
    if (/^message-id[ \t]*:/i.test(text))
      return readMessageId(text.slice(text.indexOf(':') + 1).replace(/\r\n[ \t]+/g, ' '));
  }
  return null;
}

const trace =
  /^(received|return-path|delivered-to|delivery-date|envelope-to|x-original-to|x-envelope-(to|from)|x-delivered-to|apparently-to|authentication-results|x-authentication-results|received-spf|dkim-signature|domainkey-signature|arc-[\w-]+|x-google-[\w-]+|x-gm-[\w-]+|x-received|x-spam[\w-]*|x-virus[\w-]*|x-rspamd[\w-]*|x-spamd[\w-]*|x-amavis[\w-]*|x-forefront[\w-]*|x-microsoft-antispam[\w-]*|x-ms-exchange-[\w-]+|x-ms-traffictypediagnostic|x-ms-publictraffictype|x-loop|x-resolved-to|x-sieve|x-uidl?|x-keywords|x-status|status|x-mozilla-[\w-]+|x-forwarded-(to|for)|x-mailman-[\w-]+|lines|content-length|x-sid-[\w-]+)[ \t]*:/i;

function isTrace(field: Uint8Array): boolean {
  return trace.test(binaryString(field.subarray(0, 80))) || /^>?From /.test(binaryString(field.subarray(0, 6)));
}

/** Header fields as bytes, folds included, up to the first empty line. */
function headerFields(bytes: Uint8Array): { list: Uint8Array[]; bodyStart: number } {
  const list: Uint8Array[] = [];
  let start = 0;
  for (const line of byteLines(bytes)) {
    const folded = bytes[line.start] === 0x20 || bytes[line.start] === 0x09;
    if (!folded && line.start > start) {
      list.push(bytes.subarray(start, line.start));
      start = line.start;
    }
    if (line.end === line.start) return { list, bodyStart: line.next };
  }
  if (start < bytes.length) list.push(bytes.subarray(start));
  return { list, bodyStart: bytes.length };
}

function withoutTrailingEmptyLines(body: Uint8Array): Uint8Array {
  let end = body.length;
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d)) end -= 1;
  return body.subarray(0, end);
}

function isCanonical(raw: Uint8Array): boolean {
  for (let at = raw.indexOf(0x0a); at >= 0; at = raw.indexOf(0x0a, at + 1)) if (raw[at - 1] !== 0x0d) return false;
  return true;
}

function withLineEnds(raw: Uint8Array, lineEnd: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let at = raw.indexOf(lineEnd); at >= 0; at = raw.indexOf(lineEnd, start)) {
    const end = lineEnd === 0x0a && raw[at - 1] === 0x0d && at > start ? at - 1 : at;
    pieces.push(raw.subarray(start, end), CRLF);
    start = at + 1;
  }
  pieces.push(raw.subarray(start));
  return Buffer.concat(pieces);
}

const CRLF = Buffer.from('\r\n');
