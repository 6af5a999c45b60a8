import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Locale } from '../core/text/typeset.ts';
import { writeBackup } from '../platform/backup/write.ts';
import { systemClock } from '../platform/clock.ts';
import { SaidInBoth } from '../platform/config/said-in-both.ts';
import { projectRoot } from '../platform/root.ts';
import { backupHelp, backupWords, megabytes } from './backup-words.ts';
import { languageOption } from './language-option.ts';
import { asIs, progress, refuse, say } from './say.ts';
import { typedPath } from './typed-path.ts';
import { toOperator } from './usage-words.ts';
import type { WithDatabase } from './with-database.ts';

const SAY_EVERY_MS = 200;

/** `visavis backup FILE`: everything in the database as of one moment, while the product works. */
export function backupCommand(withDatabase: WithDatabase): Command {
  return new Command('backup')
    .description(toOperator(backupHelp.backup))
    .argument('<file>', toOperator(backupHelp.backupFile))
    .addOption(languageOption())
    .action(async (typed: string, { lang }: { lang: Locale }, command: Command) => {
      const words = backupWords(lang);
      const file = typedPath(typed);
      if (existsSync(file)) return refuse(command, { ok: false, why: 'exists', file }, asIs(words('exists', { file })));
      const version = await ownVersion();
      const tell = everySoOften((rows: number, of: number) =>
        progress(asIs(words(of > rows ? 'rowsOfAbout' : 'rowsSoFar', { rows, of: Math.round(of) }))),
      );
      try {
        const written = await withDatabase((url) => writeBackup({ url, file, now: systemClock(), version, say: tell }));
        const { tables, rows, bytes } = written;
        const sentence = words('written', { rows, tables, file, size: megabytes(bytes, lang) });
        say(command, { ok: true, file, ...written }, asIs(sentence));
      } catch (error) {
        if (!(error instanceof SaidInBoth)) throw error;
        refuse(command, { ok: false, why: error.message, file }, asIs(error.words[lang]));
      } finally {
        progress('');
      }
    });
}

/** Passes on at most some calls a second. */
export function everySoOften<Given extends unknown[]>(tell: (...given: Given) => void): (...given: Given) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (...given) => {
    if (performance.now() - last < SAY_EVERY_MS) return;
    last = performance.now();
    tell(...given);
  };
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}
