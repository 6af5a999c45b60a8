import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { setBackups } from '../desk/advisors/backups.ts';
import { type AdvisorLeft, leave } from '../desk/advisors/leave.ts';
import { giveArea } from '../desk/areas/give.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor, type ListedAdvisor, listAdvisors } from '../desk/views/advisor-list.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import {
  advisorHelp,
  advisorTable,
  advisorWords,
  areaRefusal,
  backupRefusals,
  leaveRefusal,
  nobodyHas,
} from './advisor-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

/** `visavis advisor list|backups|area|leave`: who answers, in whose place, and where. */
export function advisorCommand(withHouse: WithHouse): Command {
  return new Command('advisor')
    .description(toOperator(advisorHelp.about))
    .addCommand(listCommand(withHouse))
    .addCommand(backupsCommand(withHouse))
    .addCommand(areaCommand(withHouse))
    .addCommand(leaveCommand(withHouse));
}

function listCommand(withHouse: WithHouse): Command {
  return new Command('list').description(toOperator(advisorHelp.list)).action(async (_options, command: Command) => {
    const all = await withHouse((house) => listAdvisors(house.db));
    const { head, left } = advisorTable[operatorLanguage(process.env)];
    const rows = all.map((each) => listed(each, left));
    say(command, all, all.length > 0 ? asIs(table(head, rows)) : advisorWords.none);
  });
}

function listed({ leftAt, ...advisor }: ListedAdvisor, left: string): string[] {
  return [
    leftAt ? `${advisor.name} (${left})` : advisor.name,
    advisor.mail,
    advisor.office,
    advisor.pod,
    String(advisor.customers),
    advisor.backups.join(' '),
    advisor.id,
  ];
}

function backupsCommand(withHouse: WithHouse): Command {
  return new Command('backups')
    .description(toOperator(advisorHelp.backups))
    .argument('<advisor-mail>', toOperator(advisorHelp.advisor))
    .argument('<backup-mail...>', toOperator(advisorHelp.colleagues))
    .action(async (mail: string, backups: string[], _options, command: Command) => {
      const set = await withHouse((house) => house.transact((tx) => nameBackups(tx, mail, backups)));
      if (set.ok) say(command, set, advisorWords.backups(set.name, set.backups));
      else refuse(command, set, set.why === 'unknown_mail' ? nobodyHas(set.mail) : backupRefusals[set.why]);
    });
}

async function nameBackups(tx: Tx, mail: string, backupMails: readonly string[]) {
  const found = [];
  for (const each of [mail, ...backupMails]) {
    const advisor = await findAdvisor(tx.db, each);
    if (!advisor) return { ok: false, why: 'unknown_mail', mail: each } as const;
    found.push(advisor);
  }
  const [advisor, ...backups] = found;
  if (!advisor) throw new Error('the command line demands an advisor');
  const set = await setBackups(tx, system, { advisorId: advisor.id, backups: backups.map(({ id }) => id) });
  return set.ok ? ({ ok: true, name: advisor.name, backups: backups.map(({ name }) => name) } as const) : set;
}

function areaCommand(withHouse: WithHouse): Command {
  return new Command('area')
    .description(toOperator(advisorHelp.area))
    .argument('<advisor-mail>', toOperator(advisorHelp.serves))
    .argument('<insee>', toOperator(advisorHelp.insee))
    .option('--sector <name>', toOperator(advisorHelp.sector))
    .action(async (mail: string, communeInsee: string, { sector }: { sector?: string }, command: Command) => {
      const given = await withHouse((house) =>
        house.transact(async (tx) => {
          const advisor = await findAdvisor(tx.db, mail);
          if (!advisor) return { ok: false, why: 'unknown_advisor' } as const;
          return giveArea(tx, system, { communeInsee, sector, advisorId: advisor.id });
        }),
      );
      if (given.ok) say(command, given, advisorWords.area(communeInsee, mail));
      else refuse(command, given, areaRefusal(given, communeInsee));
    });
}

function leaveCommand(withHouse: WithHouse): Command {
  return new Command('leave')
    .description(toOperator(advisorHelp.leave))
    .argument('<advisor-mail>', toOperator(advisorHelp.leaves))
    .action(async (mail: string, _options, command: Command) => {
      const { left, short } = await withHouse((house) =>
        house.transact(async (tx) => {
          const advisor = await findAdvisor(tx.db, mail);
          const left: AdvisorLeft = advisor
            ? await leave(tx, system, { advisorId: advisor.id })
            : { ok: false, why: 'unknown_advisor' };
          return { left, short: left.ok ? [] : await shortOf(tx, left) };
        }),
      );
      if (left.ok) say(command, left, advisorWords.left(mail));
      else refuse(command, left, leaveRefusal(left, short));
    });
}

async function shortOf(tx: Tx, left: Exclude<AdvisorLeft, { ok: true }>): Promise<string[]> {
  if (left.why !== 'colleagues_need_backups') return [];
  const all = await listAdvisors(tx.db);
  return all.filter(({ id }) => left.advisorIds.includes(id)).map(({ mail }) => mail);
}
