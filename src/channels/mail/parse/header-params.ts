import { bytesOf } from './bytes.ts';
import { readText } from './charset.ts';
import { decodeHeaderText } from './encoded-words.ts';
import { decodeQuotedPrintable } from './transfer.ts';

/** A structured value such as Content-Type: the first word in lower case, and parameters by lower-case name. */
export type StructuredValue = { value: string; params: Map<string, string> };

/** Longer values are cut: no real one comes near. */
const MAX_LENGTH = 16_384;

/** Reads `type/subtype; name=value; name*0*=…` leniently: RFC 2231, RFC 2047 in parameters, missing quotes. */
export function readStructured(binary: string, hint: string | null = null): StructuredValue {
  const [first = '', ...rest] = splitParams(binary.slice(0, MAX_LENGTH));
  const value = (/^[^\s;(]*/.exec(first.trim())?.[0] ?? '').toLowerCase();
  const sections = new Map<string, string>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    if (name !== '' && !sections.has(name)) sections.set(name, unquote(piece.slice(equals + 1).trim()));
  }
  return { value, params: joinSections(sections, hint) };
}

/** Splits at `;` outside quotes; a quote that never closes ends at the next `;`. */
function splitParams(binary: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (let at = 0; at < binary.length; at += 1) {
    const sign = binary[at] as string;
    if (sign === '\\' && quoted) {
      piece += sign + (binary[at + 1] ?? '');
      at += 1;
    } else if (sign === '"' && (quoted || (/=\s*$/.test(piece.slice(-4)) && binary.indexOf('"', at + 1) > 0))) {
      quoted = !quoted;
      piece += sign;
    } else if (sign === ';' && !quoted) {
      pieces.push(piece);
      piece = '';
    } else piece += sign;
  }
  pieces.push(piece);
  return pieces;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value.replace(/[ \t]\([^)]*\)$/, '').trimEnd();
  const body = /^"((?:\\.|[^"\\])*)/.exec(value)?.[1] ?? '';
  return body.replace(/\\(["\\])/g, '$1');
}

function joinSections(sections: Map<string, string>, hint: string | null): Map<string, string> {
  const params = new Map<string, string>();
  for (const [name, value] of sections) {
    const base = name.replace(/\*.*$/, '');
    if (base === name) params.set(name, decodeHeaderText(value, hint));
  }
  for (const base of new Set(
    [...sections.keys()].filter((name) => name.includes('*')).map((n) => n.replace(/\*.*$/, '')),
  )) {
    params.set(base, extended(base, sections));
  }
  return params;
}

/** RFC 2231: `name*`, or `name*0`, `name*1*`, … in order; only pieces with a trailing star are percent-coded. */
function extended(base: string, sections: Map<string, string>): string {
  const single = sections.get(`${base}*`);
  if (single !== undefined) return withCharset([{ text: single, coded: true }]);
  const pieces: { text: string; coded: boolean }[] = [];
  for (let index = 0; index < 1000; index += 1) {
    const plain = sections.get(`${base}*${index}`);
    const coded = sections.get(`${base}*${index}*`);
    if (plain === undefined && coded === undefined) break;
    pieces.push({ text: coded ?? plain ?? '', coded: coded !== undefined });
  }
  const joined = pieces.map((piece) => piece.text).join('');
  return pieces.some((piece) => piece.coded) ? withCharset(pieces) : decodeHeaderText(joined);
}

function withCharset(pieces: { text: string; coded: boolean }[]): string {
  const [first, ...rest] = pieces;
  const marked = /^([^']*)'[^']*'(.*)$/s.exec(first?.text ?? '');
  const start = { text: marked?.[2] ?? first?.text ?? '', coded: first?.coded ?? false };
  const bytes = [start, ...rest].map((piece) => (piece.coded ? percentBytes(piece.text) : bytesOf(piece.text)));
  const text = readText(Buffer.concat(bytes), marked?.[1] || null).text;
  return marked ? text : decodeHeaderText(text);
}

function percentBytes(text: string): Uint8Array {
  return decodeQuotedPrintable(text.replaceAll('=', '=3D').replace(/%(?=[0-9A-Fa-f]{2})/g, '='), true);
}
