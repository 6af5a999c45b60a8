import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** A row of a CSV file under its column names, with the line it starts on. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

export type CsvRead = { ok: true; rows: CsvRow[] } | { ok: false; line: number | null; problem: string };

/**
 * Reads a CSV file as spreadsheets write it: comma or semicolon, UTF-8 (with or without mark) or windows-1252, values
 * in quotes where needed. The first line names the columns; unknown ones are a problem, so that none is lost by a typo.
 */
export async function readCsv(path: string, columns: readonly string[], required: readonly string[]): Promise<CsvRead> {
  let text: string;
  try {
    text = decode(await readFile(path));
  } catch (error) {
    return {
      ok: false,
      line: null,
      problem: `The file cannot be read: ${error instanceof Error ? error.message : error}`,
    };
  }
  const delimiter = (text.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : null;
    return {
      ok: false,
      line,
      problem:
        'A quote is not closed, or stands in the middle of a value. Quote the whole value and double the quotes in it.',
    };
  }
  const [head, ...body] = records;
  const names = (head?.record ?? []).map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
  const unknown = names.filter((name) => !columns.includes(name));
  const missing = required.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    return {
      ok: false,
      line: 1,
      problem: `Unknown column ${unknown.map((name) => `"${name}"`).join(', ')}. Known: ${columns.join(', ')}.`,
    };
  if (missing.length > 0) return { ok: false, line: 1, problem: `Column ${missing.join(', ')} is missing.` };
  return named(names, body);
}

function named(names: readonly string[], body: readonly { record: string[]; info: { lines: number } }[]): CsvRead {
  const rows: CsvRow[] = [];
  for (const { record, info } of body) {
    // The parser tells on which line a record ends.
    const line = info.lines - record.reduce((count, value) => count + (value.match(/\n/g)?.length ?? 0), 0);
    if (record.length > names.length)
      return {
        ok: false,
        line,
        problem: `This line has ${record.length} values, the first line names ${names.length} columns. Quote values that contain the separator.`,
      };
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

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
