import { binaryString } from './bytes.ts';

/** One header field: lower-case name, unfolded value as a binary string (raw bytes, nothing decoded). */
export type RawHeader = { name: string; value: string };
/** The fields of one part and where its body starts. `odd` lists lines that are no field. */
export type HeaderBlock = { headers: RawHeader[]; bodyStart: number; odd: string[] };

const fieldLine = /^([!-9;-~]{1,200})[ \t]*:/;
const mboxLine = /^>?From /;

/**
 * Reads header fields from `start` to the first empty line (or `end`). A part that starts with no field at all
 * is all body; a stray line among fields is noted and skipped.
 */
export function readHeaderBlock(bytes: Uint8Array, start: number, end: number): HeaderBlock {
  const headers: { name: string; lines: string[] }[] = [];
  const odd: string[] = [];
  let at = start;
  while (at < end) {
    const line = lineAt(bytes, at, end);
    if (line.text.trim() === '' && !isFolded(line.text, bytes, line.next, end)) {
      return { headers: headers.map(unfold), bodyStart: line.next, odd };
    }
    const field = fieldLine.exec(line.text);
    const last = headers.at(-1);
    if (last && goesOn(line.text, last, field)) last.lines.push(line.text);
    else if (field)
      headers.push({ name: (field[1] as string).toLowerCase(), lines: [line.text.slice(field[0].length)] });
    else if (headers.length === 0 && !mboxLine.test(line.text)) return { headers: [], bodyStart: start, odd };
    else if (!mboxLine.test(line.text)) odd.push(line.text);
    at = line.next;
  }
  return { headers: headers.map(unfold), bodyStart: end, odd };
}

/** A fold, or a parameter whose fold lost its blank: `Content-Type: multipart/mixed;` then `boundary=…` in column one. */
function goesOn(text: string, last: { lines: string[] }, field: RegExpExecArray | null): boolean {
  if (/^[ \t]/.test(text)) return true;
  return field === null && /^[\w*-]{1,40}=/.test(text) && (last.lines.at(-1) ?? '').trimEnd().endsWith(';');
}

function lineAt(bytes: Uint8Array, start: number, limit: number): { text: string; next: number } {
  const newline = bytes.indexOf(0x0a, start);
  const next = newline < 0 || newline >= limit ? limit : newline + 1;
  const text = binaryString(bytes.subarray(start, next)).replace(/\r?\n$/, '');
  return { text, next };
}

/** A line of blanks only is a fold when another folded line follows it, the end of the header otherwise. */
function isFolded(text: string, bytes: Uint8Array, next: number, end: number): boolean {
  if (!/^[ \t]/.test(text) || next >= end) return false;
  return fieldLine.test(lineAt(bytes, next, Math.min(end, next + 300)).text);
}

function unfold(field: { name: string; lines: string[] }): RawHeader {
  const value = field.lines.map((line, index) => (index === 0 ? line : line.replace(/^[ \t]+/, ' '))).join('');
  return { name: field.name, value: value.trim() };
}
