import { binaryString, bytesOf } from './bytes.ts';
import { readText } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer.ts';

// An encoded word may hold spaces, stray question marks or lack its end: real senders write all of these.
const encodedWord = /=\?([^?\s]{1,60})\?([bBqQ])\?((?:(?!=\?[^?\s]{1,60}\?[bBqQ]\?)[^\r\n])*?)(?:\?=|$)/g;

/**
 * Header text from its binary string: RFC 2047 words in any mix, raw 8-bit text through the charset ladder.
 * `hint` is the charset the body declares, the likeliest one of raw 8-bit header bytes.
 */
export function decodeHeaderText(binary: string, hint: string | null = null): string {
  return joinRuns(runsOf(binary), hint);
}

type Run = { kind: 'raw'; binary: string } | { kind: 'word'; charset: string; encoding: string; binary: string };

function runsOf(binary: string): Run[] {
  const runs: Run[] = [];
  let done = 0;
  for (const match of binary.matchAll(encodedWord)) {
    const between = binary.slice(done, match.index);
    done = match.index + match[0].length;
    const word = wordRun(match[1] as string, match[2] as string, match[3] as string);
    const previous = runs.at(-1);
    const adjacent = previous?.kind === 'word' && /^\s*$/.test(between);
    if (between !== '' && !adjacent) runs.push({ kind: 'raw', binary: between });
    if (adjacent && previous.charset === word.charset && previous.encoding === word.encoding)
      previous.binary += word.binary;
    else runs.push(word);
  }
  if (done < binary.length) runs.push({ kind: 'raw', binary: binary.slice(done) });
  return runs;
}

function wordRun(charset: string, encoding: string, payload: string): Run & { kind: 'word' } {
  const kind = encoding.toUpperCase();
  const bytes = kind === 'B' ? decodeBase64(payload) : decodeQuotedPrintable(payload.replaceAll('_', ' '), true);
  return { kind: 'word', charset: charset.toLowerCase(), encoding: kind, binary: binaryString(bytes) };
}

function joinRuns(runs: Run[], hint: string | null): string {
  // Raw runs are read together: a few bytes alone are too little to tell a charset by.
  const raw = runs.flatMap((run) => (run.kind === 'raw' ? [run.binary] : []));
  const separator = '\n\u0000\n';
  const bytes = bytesOf(raw.join(separator));
  // UTF-8 that reads as UTF-8 is UTF-8 (RFC 6532), whatever the body declares.
  const plain = readText(bytes, null);
  const read = (plain.charset === 'utf-8' && plain.certain ? plain : readText(bytes, hint)).text.split(separator);
  let next = 0;
  return runs
    .map((run) => (run.kind === 'raw' ? (read[next++] ?? run.binary) : readText(bytesOf(run.binary), run.charset).text))
    .join('');
}
