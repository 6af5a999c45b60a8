import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ready, startProduct } from '../servers/product.ts';
import { residentMegabytes } from './bench.ts';
import { filledDatabase } from './database.ts';
import { addNumbers, type LookUp, lookUps } from './numbers.ts';

const FEW = 100_000;

interface Registered extends LookUp {
  /** Of the product, when it had answered. */
  memoryMb: number;
}

export interface RegisterReport {
  few: Registered;
  many: Registered;
}

/** The same look-up of a caller's number in a register of 100,000 and of this many, in one run. */
export async function runRegister(
  numbers: number,
  { seconds, data, say }: { seconds: number; data: string | undefined; say(words: string): void },
): Promise<RegisterReport> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-register-'));
  const database = await filledDatabase(data ?? folder, { customers: 1_000, interactions: 1_000 }, say);
  const measured = async (upTo: number): Promise<Registered> => {
    await addNumbers(database.url, upTo, say);
    const product = await startProduct({ environment: { DATABASE_URL: database.url } });
    try {
      await ready(product);
      const found = await lookUps(product.url, database.token, database.url, upTo, seconds);
      return { ...found, memoryMb: await residentMegabytes(product.pid) };
    } finally {
      await product.stop();
    }
  };
  try {
    return { few: await measured(FEW), many: await measured(numbers) };
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** For people. */
export function registerTable({ few, many }: RegisterReport): string {
  const lines = [few, many].map(({ numbers, routed, indexes, pages, memoryMb }) =>
    [
      `${numbers.toLocaleString('en')} numbers:`,
      `${routed.perSecond.toFixed(0)}/s, p50 ${routed.p50.toFixed(1)} ms, p95 ${routed.p95.toFixed(1)} ms,`,
      `p99 ${routed.p99.toFixed(1)} ms, ${routed.failed} failed;`,
      `${pages} pages through ${indexes.join(' and ')};`,
      `memory of the product ${memoryMb.toFixed(0)} MB`,
    ].join(' '),
  );
  const ratio = many.routed.p50 / few.routed.p50;
  return `${lines.join('\n')}\np50 ${ratio.toFixed(2)} times that of the small register\n`;
}
