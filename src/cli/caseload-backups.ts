import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { applyBackups, type BackupProposal, proposeBackups } from '../desk/caseloads/backups.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis caseloads backups`: two colleagues for everyone who are near and not away at the same time. */
export function backupsCommand(withHouse: WithHouse): Command {
  return new Command('backups')
    .description('two backups for everyone: near, of the same pod, not away at the same time')
    .option('--apply', 'make them the backups; without it nothing changes')
    .action(async ({ apply }: { apply?: boolean }, command: Command) => {
      const made = await withHouse(async (house) => {
        const proposals = await proposeBackups(house.db, house.clock());
        const changed = proposals && apply ? await house.transact((tx) => applyBackups(tx, system, proposals)) : 0;
        return { proposals, changed };
      });
      if (!made.proposals)
        return refuse(
          command,
          { ok: false },
          {
            fr: "On ne trouve pas deux binômes pour chacun. Importez d'abord des interlocuteurs.",
            en: 'No two backups can be found for everyone. Import advisors first.',
          },
        );
      say(command, made, words(made.proposals, apply ? made.changed : undefined));
    });
}

function words(proposals: BackupProposal[], changed: number | undefined): string {
  const rows = proposals.map(({ name, names, before, after, awayTogether }) => [
    name,
    names.join(', '),
    before.join() === after.join() ? '' : 'changes',
    `${awayTogether.before} → ${awayTogether.after}`,
  ]);
  const end =
    changed === undefined
      ? 'Nothing was changed. To make it so: --apply'
      : `Advisors with other backups now: ${changed}`;
  return `${table(['advisor', 'backups', '', 'days away together'], rows)}\n\n${end}`;
}
