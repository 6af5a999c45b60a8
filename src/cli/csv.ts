import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Locale } from '../core/text/typeset.ts';
import { type CsvWords, csvWords } from './csv-words.ts';

/** A row of a CSV file under its column names, with the line it starts on. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

export type CsvRead = { ok: true; rows: CsvRow[] } | { ok: false; line: number | null; problem: string };

/** Which columns a file may have, which it must have, and the language of what is said of it. */
export interface CsvWanted {
  columns: readonly string[];
  required: readonly string[];
  lang: Locale;
}

/**
 * Reads a CSV file as spreadsheets write it: comma, semicolon or tab, UTF-8 (with or without mark), UTF-16 or windows-1252,
 * values in quotes where needed. The first line names the columns; unknown ones are a problem, so that none is lost by a
 * typo. Whatever concerns the file as a whole is said before a line of it is used.
 */
export async function readCsv(path: string, wanted: CsvWanted): Promise<CsvRead> {
  const words = csvWords[wanted.lang];
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error.code ?? '');
  if (typeof bytes === 'string') return wrong(null, words.unreadable(path, bytes));
  const text = decode(bytes);
  if (text === undefined) return wrong(null, words.notCsv);
  if (text.trim() === '') return wrong(null, words.empty(wanted.required.join(', ')));
  const records = recordsOf(text);
  if (!Array.isArray(records)) return wrong(records.line, words.openQuote);
  const [head, ...body] = records;
  const names = (head?.record ?? []).map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
  const problem = problemOfNames(names, wanted);
  if (problem) return wrong(1, problem);
  if (body.length === 0) return wrong(null, words.onlyNames);
  return named(names, body, words);
}

function problemOfNames(names: readonly string[], { columns, required, lang }: CsvWanted): string | undefined {
  const words = csvWords[lang];
  const known = columns.join(', ');
  const unknown = names.filter((name) => !columns.includes(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const missing = required.filter((name) => !names.includes(name));
  if (unknown.length === names.length) return words.noNames(known);
  if (unknown.length > 0) return words.unknown(unknown, known);
  if (twice.length > 0) return words.twice(twice.join(', '));
  return missing.length > 0 ? words.missing(missing.join(', ')) : undefined;
}

const wrong = (line: number | null, problem: string): CsvRead => ({ ok: false, line, problem });

interface Records {
  record: string[];
  info: { lines: number };
}

/** The records of the file, or the line where a quote goes wrong. */
function recordsOf(text: string): Records[] | { line: number | null } {
  const head = text.split('\n', 1)[0] ?? '';
  try {
    return parse(text, {
      bom: true,
      delimiter: [';', '\t'].find((each) => head.includes(each)) ?? ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Records[];
  } catch (error) {
    return { line: typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : null };
  }
}

function named(names: readonly string[], body: readonly Records[], words: CsvWords): CsvRead {
  const rows: CsvRow[] = [];
  for (const { record, info } of body) {
    // The parser tells on which line a record ends.
    const line = info.lines - record.reduce((count, value) => count + (value.match(/\n/g)?.length ?? 0), 0);
    if (record.length > names.length) return wrong(line, words.tooMany(record.length, names.length));
    rows.push({ line, values: Object.fromEntries(names.map((name, index) => [name, unguarded(record[index] ?? '')])) });
  }
  return { ok: true, rows };
}

/** Values written to CSV so that no spreadsheet takes them for a formula; `readCsv` undoes it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const quoted = (value: string) => (/[",;\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const guarded = (value: string) => (/^[=+\-@\t\r']/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value);
  return [columns, ...rows].map((row) => `${row.map((value) => quoted(guarded(value))).join(',')}\r\n`).join('');
}

/** Several values in one cell. */
export function several(cell: string | undefined): string[] {
  return (cell ?? '')
    .split('|')
    .map((value) => value.trim())
    .filter(Boolean);
}

function unguarded(value: string): string {
  return /^'[=+\-@\t\r']/.test(value) ? value.slice(1) : value;
}

/** The text of a file, by its mark or what its bytes can be; undefined when it is none (a workbook, a picture). */
function decode(bytes: Buffer): string | undefined {
  const utf16 = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.subarray(0, 2).toString('hex')];
  const text = utf16
    ? new TextDecoder(utf16).decode(bytes)
    : (asUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes));
  // No text has it; windows-1252 reads anything at all.
  return text.includes('\0') ? undefined : text;
}

function asUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
