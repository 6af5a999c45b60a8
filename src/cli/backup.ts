import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeBackup } from '../platform/backup/write.ts';
import { systemClock } from '../platform/clock.ts';
import { projectRoot } from '../platform/root.ts';
import { progress, refuse, say } from './say.ts';
import { typedPath } from './typed-path.ts';
import type { WithDatabase } from './with-database.ts';

const SAY_EVERY_MS = 200;

/** `visavis backup FILE`: everything in the database as of one moment, while the product works. */
export function backupCommand(withDatabase: WithDatabase): Command {
  return new Command('backup')
    .description('write everything the database holds to one file, while the product goes on working')
    .argument('<file>', 'file to write; it must not exist')
    .action(async (typed: string, _options, command: Command) => {
      const file = typedPath(typed);
      if (existsSync(file))
        return refuse(
          command,
          { ok: false, why: 'exists', file },
          `${file} exists already and was left alone. Name another file.`,
        );
      const version = await ownVersion();
      const tell = everySoOften((rows: number, of: number) =>
        progress(`${rows} rows${of > rows ? ` of about ${Math.round(of)}` : ''} …`),
      );
      const written = await withDatabase((url) => writeBackup({ url, file, now: systemClock(), version, say: tell }));
      progress('');
      const { tables, rows, bytes } = written;
      say(
        command,
        { ok: true, file, ...written },
        `${rows} rows of ${tables} tables written to ${file} (${(bytes / 1e6).toFixed(1)} MB). Keep it elsewhere, with VISAVIS_SECRET if you set it.`,
      );
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
