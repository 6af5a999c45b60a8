import { access, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../../core/text/typeset.ts';
import type { House } from '../../desk/house.ts';

/** What advisors recorded for their voicemail, as files the announcer can play. */
export interface Greetings {
  /** Names of their files (without `.wav`); look one up with `greetingOf`. */
  files(): ReadonlyMap<string, string>;
  /** Looks again. Never throws. */
  refresh(): Promise<void>;
}

/** Recorded greetings of all advisors, kept beside the prompts. */
export function openGreetings({ db, log }: Pick<House, 'db' | 'log'>, folder: string): Greetings {
  let known = new Map<string, string>();
  const refresh = async () => {
    const rows = await db.selectFrom('greeting').select(['advisorId', 'locale', 'sha256']).execute();
    const found = new Map<string, string>();
    for (const { advisorId, locale, sha256 } of rows) {
      const name = sha256.toString('hex').slice(0, 32);
      await writeOnce(join(folder, `${name}.wav`), async () => {
        const blob = await db.selectFrom('blob').where('sha256', '=', sha256).select('bytes').executeTakeFirst();
        return blob?.bytes;
      });
      found.set(keyOf(advisorId, locale), name);
    }
    known = found;
  };
  return {
    files: () => known,
    refresh: () => refresh().catch((error) => log.error({ err: error }, 'the recorded greetings could not be read')),
  };
}

const keyOf = (advisorId: string, locale: string) => `${advisorId} ${locale}`;

/** The name of the file; undefined: nothing was recorded in this language. */
export function greetingOf(files: ReadonlyMap<string, string>, advisorId: string, locale: Locale): string | undefined {
  return files.get(keyOf(advisorId, locale));
}

async function writeOnce(file: string, read: () => Promise<Buffer | undefined>): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  const bytes = isThere ? undefined : await read();
  if (!bytes) return;
  const part = `${file}.${process.pid}`;
  await writeFile(part, bytes);
  await rename(part, file);
}
