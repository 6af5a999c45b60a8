import { access, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../../core/text/typeset.ts';
import type { SentenceKind } from '../../desk/advisors/own-sentence.ts';
import type { House } from '../../desk/house.ts';
import { holdsRemoved, recordedName } from './prompt.ts';

/** Names of files (without `.wav`), by what was recorded, by whom and in which language: `ownSentenceOf` looks one up. */
export type OwnSentenceFiles = ReadonlyMap<string, string>;

/** What advisors recorded in their own voice, as files the announcer can play. */
export interface OwnSentences {
  files(): OwnSentenceFiles;
  /** Looks again. Never throws. */
  refresh(): Promise<void>;
}

/** The recorded sentences of all advisors, kept beside the prompts; one that was removed is deleted there, with all made of it. */
export function openOwnSentences({ db, log }: Pick<House, 'db' | 'log'>, folder: string): OwnSentences {
  let known = new Map<string, string>();
  const refresh = async () => {
    const rows = await db
      .selectFrom('ownSentence')
      .select(['advisorId', 'kind', 'locale', 'sha256', 'recordedAt'])
      .execute();
    const found = new Map<string, string>();
    for (const { advisorId, kind, locale, sha256, recordedAt } of rows) {
      const name = recordedName(sha256, recordedAt);
      await writeOnce(join(folder, `${name}.wav`), async () => {
        const blob = await db.selectFrom('blob').where('sha256', '=', sha256).select('bytes').executeTakeFirst();
        return blob?.bytes;
      });
      found.set(keyOf(kind, advisorId, locale), name);
    }
    // A call may just have been answered with what was removed a moment ago: that is deleted the next time.
    await deleteRemoved(folder, new Set([...known.values(), ...found.values()]));
    known = found;
  };
  return {
    files: () => known,
    refresh: () => refresh().catch((error) => log.error({ err: error }, 'the recorded sentences could not be read')),
  };
}

const keyOf = (kind: SentenceKind, advisorId: string, locale: Locale) => `${kind} ${advisorId} ${locale}`;

/** The name of the file; undefined: nothing was recorded for this in this language. */
export function ownSentenceOf(
  files: OwnSentenceFiles,
  kind: SentenceKind,
  advisorId: string,
  locale: Locale,
): string | undefined {
  return files.get(keyOf(kind, advisorId, locale));
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

async function deleteRemoved(folder: string, recorded: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder))
    if (holdsRemoved(name, recorded)) await rm(join(folder, name), { force: true });
}
