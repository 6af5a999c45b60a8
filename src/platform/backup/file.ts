import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { type Piece, pieces } from './pieces.ts';
import { BackupUnusable, damaged, newerFormat, noBackup } from './words.ts';

/** Goes up when a file of before cannot be read like one of today. */
export const BACKUP_FORMAT = 1;

const Manifest = z.object({
  format: z.number(),
  product: z.literal('visavis'),
  /** Version of the program that made it. */
  version: z.string(),
  madeAt: z.string(),
  /** Numbers of the migrations the database had. */
  migrations: z.array(z.number()),
  /** Version of the PostgreSQL it came from. */
  postgres: z.string(),
});
const Table = z.object({ name: z.string(), columns: z.array(z.string()).nonempty() });
const Rows = z.object({ rows: z.number(), sha256: z.string() });
const Sequence = z.object({ name: z.string(), value: z.string(), called: z.boolean() });
const End = z.object({
  tables: z.number(),
  rows: z.number(),
  sequences: z.array(Sequence),
  /** Of all lines before that are not rows. */
  sha256: z.string(),
});

export type Manifest = z.infer<typeof Manifest>;
export type BackupTable = z.infer<typeof Table>;
export type BackupEnd = z.infer<typeof End>;

/** What to do with what is in a backup, in the order it comes. */
export interface BackupVisitor {
  begin(manifest: Manifest): Promise<void>;
  /** Where the rows of this table go, as PostgreSQL's COPY writes them; undefined: nowhere. */
  table(table: BackupTable): Writable | undefined;
  /** All rows of the table have arrived and are those that left. */
  tableDone?(table: BackupTable, rows: number): void;
}

/**
 * Reads a backup from its first to its last line and proves on the way that it is whole: the number and the SHA-256 of
 * each table's rows, and of what is between them. Throws BackupUnusable. `onBytes` hears how much of the file is read.
 */
export async function walkBackup(
  path: string,
  visitor: BackupVisitor,
  onBytes: (read: number) => void = () => undefined,
): Promise<{ manifest: Manifest; end: BackupEnd }> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  let read = 0;
  source.on('data', (chunk) => {
    read += chunk.length;
    onBytes(read);
  });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    return await walk(pieces(gunzip), visitor);
  } catch (error) {
    throw codeOf(error).startsWith('Z_') ? new BackupUnusable(damaged) : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function walk(
  from: AsyncGenerator<Piece>,
  visitor: BackupVisitor,
): Promise<{ manifest: Manifest; end: BackupEnd }> {
  const skeleton = createHash('sha256');
  const first = await nextLine(from);
  const manifest = read(first, 'visavis-backup', Manifest.pick({ format: true, product: true }).loose());
  if (!manifest) throw new BackupUnusable(first === undefined ? damaged : noBackup);
  const known = requireFormat(manifest);
  await visitor.begin(known);
  skeleton.update(`${first}\n`);
  let tables = 0;
  let rows = 0;
  for (;;) {
    const line = await nextLine(from);
    const end = read(line, 'end', End);
    if (end) {
      const whole = end.tables === tables && end.rows === rows && end.sha256 === skeleton.digest('hex');
      if (!whole || (await from.next()).done !== true) throw new BackupUnusable(damaged);
      return { manifest: known, end };
    }
    const table = read(line, 'table', Table);
    if (!table) throw new BackupUnusable(damaged);
    const copy = await nextLine(from);
    const found = await readRows(from, visitor.table(table));
    const closing = await nextLine(from);
    const said = read(closing, 'rows', Rows);
    if (said?.rows !== found.rows || said.sha256 !== found.sha256) throw new BackupUnusable(damaged);
    skeleton.update(`${line}\n${copy}\n${closing}\n`);
    visitor.tableDone?.(table, found.rows);
    tables += 1;
    rows += found.rows;
  }
}

function requireFormat(manifest: { format: number }): Manifest {
  if (manifest.format > BACKUP_FORMAT) throw new BackupUnusable(newerFormat);
  const parsed = Manifest.safeParse(manifest);
  if (!parsed.success) throw new BackupUnusable(damaged);
  return parsed.data;
}

/** Hands the rows of one table on, and tells how many there were and their SHA-256. */
async function readRows(from: AsyncGenerator<Piece>, to = nowhere()): Promise<z.infer<typeof Rows>> {
  const counted = countRows();
  const data = async function* () {
    for (;;) {
      const { value, done } = await from.next();
      if (done || value.kind === 'line') throw new BackupUnusable(damaged);
      if (value.kind === 'end of rows') return;
      counted.add(value.bytes);
      yield value.bytes;
    }
  };
  await pipeline(data, to);
  return counted.result();
}

/** Counts rows as COPY writes them, one a line, and works out their SHA-256. */
export function countRows() {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    add: (bytes: Buffer) => {
      hash.update(bytes);
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows += 1;
    },
    soFar: () => rows,
    result: () => ({ rows, sha256: hash.digest('hex') }),
  };
}

function nowhere(): Writable {
  return new Writable({ write: (_bytes, _encoding, done) => done() });
}

async function nextLine(from: AsyncGenerator<Piece>): Promise<string | undefined> {
  const { value, done } = await from.next();
  return done || value.kind !== 'line' ? undefined : value.text;
}

/** The JSON after "-- word " on a line; undefined when it is another line. */
function read<Shape extends z.ZodType>(
  line: string | undefined,
  word: string,
  shape: Shape,
): z.infer<Shape> | undefined {
  const start = `-- ${word} `;
  if (!line?.startsWith(start)) return undefined;
  try {
    return shape.safeParse(JSON.parse(line.slice(start.length))).data;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
