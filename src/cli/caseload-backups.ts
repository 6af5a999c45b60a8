import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { applyBackups, type BackupProposal, proposeBackups } from '../desk/caseloads/backups.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { backupsHelp, backupsTable, backupsWords } from './caseload-backup-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

/** `visavis caseloads backups`: two colleagues for everyone who are near and not away at the same time. */
export function backupsCommand(withHouse: WithHouse): Command {
  return new Command('backups')
    .description(toOperator(backupsHelp.about))
    .option('--apply', toOperator(backupsHelp.apply))
    .action(async ({ apply }: { apply?: boolean }, command: Command) => {
      const made = await withHouse(async (house) => {
        const proposals = await proposeBackups(house.db, house.clock());
        const changed = proposals && apply ? await house.transact((tx) => applyBackups(tx, system, proposals)) : 0;
        return { proposals, changed };
      });
      if (!made.proposals) return refuse(command, { ok: false }, backupsWords.impossible);
      say(command, made, asIs(words(made.proposals, apply ? made.changed : undefined)));
    });
}

function words(proposals: BackupProposal[], changed: number | undefined): string {
  const { head, changes } = backupsTable[operatorLanguage(process.env)];
  const rows = proposals.map(({ name, names, before, after, awayTogether }) => [
    name,
    names.join(', '),
    before.join() === after.join() ? '' : changes,
    `${awayTogether.before} → ${awayTogether.after}`,
  ]);
  const end = changed === undefined ? backupsWords.unchanged : backupsWords.changed(changed);
  return `${table(head, rows)}\n\n${toOperator(end)}`;
}
