import { binaryString, bytesOf } from './bytes.ts';

/** Content-Transfer-Encoding taken off, whatever way its name is misspelt; `uuencode` is left to uuencode.ts. */
export function decodeTransfer(body: Uint8Array, encoding: string): Uint8Array {
  const name = encoding.toLowerCase();
  if (name.includes('base64')) return fromBase64(body);
  if (/quoted[\s-]*printable/.test(name)) return decodeQuotedPrintable(binaryString(body), false);
  return body;
}

function fromBase64(body: Uint8Array): Uint8Array {
  const binary = binaryString(body);
  return isBase64(binary) ? decodeBase64(binary) : body;
}

/** Base64 with foreign signs skipped; what follows padding counts only when it is long enough to be meant. */
export function decodeBase64(binary: string): Uint8Array {
  const [first = '', ...rest] = binary.replace(/[^A-Za-z0-9+/=]/g, '').split(/=+/);
  const runs = [first, ...rest.filter((run) => run.length >= 16)];
  return runs.length === 1
    ? Buffer.from(first, 'base64')
    : Buffer.concat(runs.map((run) => Buffer.from(run, 'base64')));
}

/** A letter declared as base64 and sent as it is: blanks inside its lines and signs base64 has not give it away. */
function isBase64(binary: string): boolean {
  const foreign = binary.replace(/[A-Za-z0-9+/=\r\n\t]+/g, '').length;
  return foreign * 10 <= binary.length;
}

/** Quoted-printable; bad escapes stay as they are. `inHeader`: no soft line ends, trailing blanks are text. */
export function decodeQuotedPrintable(binary: string, inHeader: boolean): Uint8Array {
  const joined = inHeader ? binary : joinSoftLines(binary);
  return bytesOf(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

function joinSoftLines(binary: string): string {
  // Trailing blanks are cut line by line: a regular expression over a long run of blanks is quadratic.
  const lines = binary.split(/\r?\n/).map((line) => trimBlanks(line));
  let joined = '';
  lines.forEach((line, index) => {
    if (line.endsWith('=')) joined += line.slice(0, -1);
    else joined += index === lines.length - 1 ? line : `${line}\r\n`;
  });
  return joined;
}

function trimBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return line.slice(0, end);
}
