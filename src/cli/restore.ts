import { Command } from 'commander';
import { jobNames } from '../desk/tx.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import type { Finding } from '../desk/views/doctor/finding.ts';
import { findingWords } from '../desk/views/doctor/words.ts';
import { NotSetUp } from '../desk/views/roster.ts';
import { DatabaseNotEmpty } from '../platform/backup/empty.ts';
import { BackupUnusable } from '../platform/backup/file.ts';
import { checkBackup, type Restored, restoreBackup } from '../platform/backup/restore.ts';
import { createLog } from '../platform/log/log.ts';
import { everySoOften } from './backup.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import type { WithDatabase } from './with-database.ts';

const doing = { check: 'reading the backup', load: 'loading', index: 'indexes and rules' };

/** `visavis restore FILE`: fills an empty database from a backup, brings it to this version and examines it. */
export function restoreCommand(withDatabase: WithDatabase, withHouse: WithHouse): Command {
  return new Command('restore')
    .description('fill an empty database from a backup, then check it')
    .argument('<file>', 'file that "visavis backup" has written')
    .option('--check', 'only read the file and say whether it is whole; changes nothing')
    .action(async (typed: string, { check }: { check?: boolean }, command: Command) => {
      const file = typedPath(typed);
      try {
        if (check) await checkOnly(command, file);
        else await restore(command, file, withDatabase, withHouse);
      } catch (error) {
        progress('');
        if (!isRefusal(error)) throw error;
        refuse(command, { ok: false, why: error.message, file }, error.message);
      }
    });
}

async function checkOnly(command: Command, file: string): Promise<void> {
  const { manifest, end } = await checkBackup(
    file,
    everySoOften((share) => progress(percent('check', share))),
  );
  progress('');
  const { madeAt, version } = manifest;
  const result = { ok: true, file, madeAt, version, tables: end.tables, rows: end.rows };
  say(command, result, `${file} is whole: ${end.rows} rows of ${end.tables} tables, made ${madeAt}.`);
}

async function restore(
  command: Command,
  file: string,
  withDatabase: WithDatabase,
  withHouse: WithHouse,
): Promise<void> {
  const tell = everySoOften((what: keyof typeof doing, share: number) => progress(percent(what, share)));
  const restored = await withDatabase((url, config) =>
    restoreBackup({ file, url, queues: jobNames, log: createLog(config.logLevel), say: tell }),
  );
  progress('examining it');
  const findings = await withHouse(({ db }) => findingsThen(db, restored));
  progress('');
  const report = findings.map((found) => ({ ...found, ...findingWords('en', found) }));
  const result = { ok: findings.length === 0, file, ...restored, findings: report };
  const { rows, tables, jobs, madeAt } = restored;
  const words = `${rows - jobs} rows of ${tables} tables and ${jobs} waiting jobs are restored, as of ${madeAt.toISOString()}.`;
  if (result.ok) say(command, result, `${words} The doctor finds nothing wrong.`);
  else
    refuse(
      command,
      result,
      [`${words} The doctor finds:`, ...report.map(({ wrong, mend }) => `✗ ${wrong}\n  → ${mend}`)].join('\n'),
    );
}

/** What was wrong at the moment of the backup: what has come due since then is nobody's fault. */
async function findingsThen(db: Parameters<typeof examine>[0]['db'], { madeAt }: Restored): Promise<Finding[]> {
  try {
    const findings = await examine({ db, now: madeAt, sendsMail: false }, (check) => progress(`${check} …`));
    return findings.filter(({ check }) => check !== 'clock');
  } catch (error) {
    // As it was when the backup was made.
    if (error instanceof NotSetUp) return [];
    throw error;
  }
}

function percent(what: keyof typeof doing, share: number): string {
  return `${doing[what]} … ${Math.floor(share * 100)} %`;
}

function isRefusal(error: unknown): error is Error {
  const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
  return missing || error instanceof BackupUnusable || error instanceof DatabaseNotEmpty;
}
