import { Command } from 'commander';
import type { Locale } from '../core/text/typeset.ts';
import { jobNames } from '../desk/tx.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import { checkNames, type Finding } from '../desk/views/doctor/finding.ts';
import { findingWords } from '../desk/views/doctor/words.ts';
import { NotSetUp } from '../desk/views/roster.ts';
import { checkBackup, type Restored, restoreBackup } from '../platform/backup/restore.ts';
import { SaidInBoth } from '../platform/config/said-in-both.ts';
import { createLog } from '../platform/log/log.ts';
import { everySoOften } from './backup.ts';
import { backupHelp, backupWords } from './backup-words.ts';
import { doctorWords } from './doctor-words.ts';
import { languageOption } from './language-option.ts';
import { asIs, progress, refuse, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import { allToOperator, inLanguage } from './usage-words.ts';
import type { WithDatabase } from './with-database.ts';

/** `visavis restore FILE`: fills an empty database from a backup, brings it to this version and examines it. */
export function restoreCommand(withDatabase: WithDatabase, withHouse: WithHouse): Command {
  const help = allToOperator(backupHelp);
  return new Command('restore')
    .description(help.restore)
    .argument('<file>', help.restoreFile)
    .option('--check', help.check)
    .addOption(languageOption())
    .action(async (typed: string, { check, lang }: { check?: boolean; lang: Locale }, command: Command) => {
      const file = typedPath(typed);
      const asked = { command, file, lang };
      try {
        if (check) await checkOnly(asked);
        else await restore(asked, withDatabase, withHouse);
      } catch (error) {
        progress('');
        const words = refusal(error, file, lang);
        if (!words) throw error;
        refuse(command, { ok: false, why: (error as Error).message, file }, asIs(words));
      }
    });
}

interface Asked {
  command: Command;
  file: string;
  lang: Locale;
}

async function checkOnly({ command, file, lang }: Asked): Promise<void> {
  const { manifest, end } = await checkBackup(
    file,
    everySoOften((share) => progress(asIs(percent(lang, 'check', share)))),
  );
  progress('');
  const { madeAt, version } = manifest;
  const result = { ok: true, file, madeAt, version, tables: end.tables, rows: end.rows };
  say(command, result, asIs(backupWords(lang)('whole', { file, rows: end.rows, tables: end.tables, madeAt })));
}

async function restore(
  { command, file, lang }: Asked,
  withDatabase: WithDatabase,
  withHouse: WithHouse,
): Promise<void> {
  const words = backupWords(lang);
  const tell = everySoOften((what: Step, share: number) => progress(asIs(percent(lang, what, share))));
  const restored = await withDatabase((url, config) =>
    restoreBackup({ file, url, queues: jobNames, log: createLog(config.logLevel), say: tell }),
  );
  progress(asIs(words('examining')));
  const findings = await withHouse(({ db }) => findingsThen(db, restored, lang));
  progress('');
  const report = findings.map((found) => ({ ...found, ...findingWords(lang, found) }));
  const result = { ok: findings.length === 0, file, ...restored, findings: report };
  const { rows, tables, jobs, madeAt } = restored;
  const done = words('restored', { rows: rows - jobs, tables, jobs, madeAt: madeAt.toISOString() });
  if (result.ok) say(command, result, asIs(`${done} ${words('doctorFine')}`));
  else {
    const lines = report.map(({ wrong, mend }) => `✗ ${wrong}\n  → ${mend}`);
    refuse(command, result, asIs([`${done} ${words('doctorFinds')}`, ...lines].join('\n')));
  }
}

type Database = Parameters<typeof examine>[0]['db'];

/** What was wrong at the moment of the backup: what has come due since then is nobody's fault. */
async function findingsThen(db: Database, { madeAt }: Restored, lang: Locale): Promise<Finding[]> {
  try {
    const findings = await examine({ db, now: madeAt, sendsMail: false }, (check) =>
      progress(asIs(inLanguage(doctorWords.checking(checkNames.indexOf(check) + 1), lang))),
    );
    return findings.filter(({ check }) => check !== 'clock');
  } catch (error) {
    // As it was when the backup was made.
    if (error instanceof NotSetUp) return [];
    throw error;
  }
}

type Step = 'check' | 'load' | 'index';

function percent(lang: Locale, what: Step, share: number): string {
  return `${backupWords(lang)(what)} … ${Math.floor(share * 100)} %`;
}

/** The sentence for what the person who typed can mend; undefined for a fault of ours. */
function refusal(error: unknown, file: string, lang: Locale): string | undefined {
  if (error instanceof SaidInBoth) return error.words[lang];
  const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
  return missing ? backupWords(lang)('missing', { file }) : undefined;
}
