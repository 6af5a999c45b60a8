import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Accounting older than this is not looked at again: it was, on every day before. */
export const LOOK_BACK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
const ROTATED = /^calls_.*\.(\d{4}-\d{2}-\d{2})$/;

/** Texts of Kamailio's accounting since then: the files it writes, and those that were put away. */
export async function readAccountingFiles(folder: string, since: Date): Promise<string[]> {
  const texts: string[] = [];
  for (const { file, mtime } of await filesIn(folder)) if (mtime >= since) texts.push(await readFile(file, 'utf8'));
  return texts;
}

/**
 * Puts away, under the day's name, what Kamailio wrote until today, and deletes what nobody looks at any more. Kamailio
 * goes on writing into the same file until it is told to open another. Once a day it does something; true when it did.
 */
export async function rotateAccounting(folder: string, now: Date): Promise<boolean> {
  const today = now.toISOString().slice(0, 10);
  const files = await filesIn(folder);
  for (const { file, name, mtime } of files)
    if (ROTATED.test(name) && now.getTime() - mtime.getTime() > LOOK_BACK_MS + DAY_MS) await rm(file, { force: true });
  const open = files.filter(({ name }) => !ROTATED.test(name));
  if (open.length === 0 || files.some(({ name }) => name.endsWith(`.${today}`))) return false;
  // Another process may do the same.
  for (const { file } of open) await rename(file, `${file}.${today}`).catch(() => undefined);
  return true;
}

async function filesIn(folder: string): Promise<{ name: string; file: string; mtime: Date }[]> {
  const names = await readdir(folder).catch(() => []);
  const found = [];
  for (const name of names.filter((each) => each.startsWith('calls_'))) {
    const file = join(folder, name);
    // Another process may have put it away since.
    const known = await stat(file).catch(() => undefined);
    if (known) found.push({ name, file, mtime: known.mtime });
  }
  return found;
}
