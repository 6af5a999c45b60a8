import { announcesMail, attributionLength, headersBegin, kindsOf, type LineKind } from './reply-lines.ts';

/** What a person wrote, and what was hidden behind it. Both hold whole lines of the original, in order. */
export type TrimmedReply = { text: string; elided: string };

/** Longer mails are trimmed in their first lines only. */
const MAX_LINES = 20_000;

/**
 * Hides quotations and signatures of a reply. A view only: the full text stays stored, and where hiding could hide
 * an answer (written between the quotes, or nothing but a quotation) nothing is hidden.
 */
export function trimReply(text: string): TrimmedReply {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  if (lines.length > MAX_LINES) return { text: joined(lines), elided: '' };
  const kinds = kindsOf(lines);
  const cut = firstQuotedMail(lines, kinds);
  const written = cut === null ? { lines, kinds, hidden: [] } : hideMail(lines, kinds, cut);
  return hideEnd(written, text);
}

type Cut = { at: number; attribution: number };
type Written = { lines: readonly string[]; kinds: readonly LineKind[]; hidden: readonly string[] };

/** Where the answered or forwarded mail begins; `attribution` is the number of lines that introduce it. */
function firstQuotedMail(lines: readonly string[], kinds: readonly LineKind[], from = 0): Cut | null {
  for (let at = from; at < lines.length; at += 1) {
    if (kinds[at] === 'code' || kinds[at] === 'empty') continue;
    const attribution = attributionLength(lines, at);
    if (attribution > 0) return { at, attribution };
    if (announcesMail(lines[at] ?? '') || headersBegin(lines, at)) return { at, attribution: 0 };
  }
  return null;
}

function hideMail(lines: readonly string[], kinds: readonly LineKind[], cut: Cut): Written {
  const hasTextBefore = kinds.slice(0, cut.at).some(isWriting);
  const after = cut.at + cut.attribution;
  if (cut.attribution > 0 && answersBetweenQuotes(kinds.slice(after))) return { lines, kinds, hidden: [] };
  if (!hasTextBefore) return hideTopQuotes(lines, kinds, cut);
  return { lines: lines.slice(0, cut.at), kinds: kinds.slice(0, cut.at), hidden: lines.slice(cut.at) };
}

/** Quote, answer, quote again: the answers make sense only where they stand. */
function answersBetweenQuotes(kinds: readonly LineKind[]): boolean {
  const order = kinds.filter((kind) => kind === 'quote' || isWriting(kind));
  const firstAnswer = order.findIndex((kind, at) => isWriting(kind) && order[at - 1] === 'quote');
  return order[0] === 'quote' && firstAnswer > 0 && order.slice(firstAnswer).includes('quote');
}

/** The answer stands below the quotation, or the mail is one passed on: what introduces it is hidden, never all of it. */
function hideTopQuotes(lines: readonly string[], kinds: readonly LineKind[], first: Cut): Written {
  const kept: { line: string; kind: LineKind }[] = [];
  const hidden: string[] = [];
  let from = 0;
  for (let cut: Cut | null = first; cut; cut = firstQuotedMail(lines, kinds, from)) {
    for (let at = from; at < cut.at; at += 1) kept.push({ line: lines[at] as string, kind: kinds[at] as LineKind });
    from = endOfQuote(lines, kinds, cut);
    hidden.push(...lines.slice(cut.at, from));
  }
  for (let at = from; at < lines.length; at += 1) kept.push({ line: lines[at] as string, kind: kinds[at] as LineKind });
  return { lines: kept.map(({ line }) => line), kinds: kept.map(({ kind }) => kind), hidden };
}

/** The introduction, then its quotation or, below a header block, everything up to the first empty line. */
function endOfQuote(lines: readonly string[], kinds: readonly LineKind[], cut: Cut): number {
  let end = cut.at + Math.max(cut.attribution, 1);
  if (cut.attribution === 0) while (end < lines.length && kinds[end] !== 'empty') end += 1;
  while (end < lines.length && (kinds[end] === 'quote' || kinds[end] === 'empty')) end += 1;
  return end;
}

function hideEnd(written: Written, whole: string): TrimmedReply {
  let end = signatureStart(written);
  while (end > 0 && !isWriting(written.kinds[end - 1])) end -= 1;
  const text = joined(written.lines.slice(0, end));
  if (text === '' && written.hidden.length === 0)
    return { text: joined(whole.replace(/\r\n?/g, '\n').split('\n')), elided: '' };
  return { text, elided: joined([...written.lines.slice(end), ...written.hidden]) };
}

/** A signature begins at a line of two dashes, when few enough lines follow it to be one. */
function signatureStart({ lines, kinds }: Written): number {
  const at = lines.findIndex((line, index) => kinds[index] === 'delimiter' && /^--\s?$/.test(line.trimStart()));
  const isSignature = at > 0 && kinds.slice(0, at).some(isWriting) && lines.length - at <= MAX_SIGNATURE;
  return isSignature ? at : lines.length;
}

const MAX_SIGNATURE = 25;

function isWriting(kind: LineKind | undefined): boolean {
  return kind === 'text' || kind === 'code';
}

/** Lines without empty ones at either end; blanks within lines are kept. */
function joined(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.trim() !== '');
  const to = lines.findLastIndex((line) => line.trim() !== '');
  return from < 0 ? '' : lines.slice(from, to + 1).join('\n');
}
