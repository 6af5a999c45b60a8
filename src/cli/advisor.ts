import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { setBackups } from '../desk/advisors/backups.ts';
import { type AdvisorLeft, leave } from '../desk/advisors/leave.ts';
import { type AreaGiven, giveArea } from '../desk/areas/give.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor, type ListedAdvisor, listAdvisors } from '../desk/views/advisor-list.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis advisor list|backups|area|leave`: who answers, in whose place, and where. */
export function advisorCommand(withHouse: WithHouse): Command {
  return new Command('advisor')
    .description('who answers customers, in whose place, and where')
    .addCommand(listCommand(withHouse))
    .addCommand(backupsCommand(withHouse))
    .addCommand(areaCommand(withHouse))
    .addCommand(leaveCommand(withHouse));
}

function listCommand(withHouse: WithHouse): Command {
  return new Command('list')
    .description('every advisor, with id, pod, office, mail, backups and number of customers')
    .action(async (_options, command: Command) => {
      const all = await withHouse((house) => listAdvisors(house.db));
      say(command, all, all.length > 0 ? table(headings, all.map(listed)) : 'There is no advisor yet. Import them.');
    });
}

const headings = ['name', 'mail', 'office', 'pod', 'customers', 'backups', 'id'];

function listed({ leftAt, ...advisor }: ListedAdvisor): string[] {
  return [
    leftAt ? `${advisor.name} (left)` : advisor.name,
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
    .description('name who answers in an advisor’s place, best first; replaces the backups of before')
    .argument('<advisor-mail>', 'the advisor')
    .argument('<backup-mail...>', 'two colleagues or more, best first')
    .action(async (mail: string, backups: string[], _options, command: Command) => {
      const set = await withHouse((house) => house.transact((tx) => nameBackups(tx, mail, backups)));
      if (set.ok) say(command, set, `In place of ${set.name}: ${set.backups.join(', ')}.`);
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

const nobodyHas = (mail: string) => `No advisor has the address ${mail}. See: visavis advisor list`;

const backupRefusals = {
  not_allowed: 'This may not be done from here.',
  unknown_advisor: 'This advisor has left. See: visavis advisor list',
  too_few_backups: 'Name at least two backups, by mail address, best first.',
  own_backup: 'Nobody is their own backup. Name colleagues.',
  backup_twice: 'A backup is named twice. Name each once.',
  unknown_backup: 'A backup has left. Name colleagues who are present: visavis advisor list',
};

function areaCommand(withHouse: WithHouse): Command {
  return new Command('area')
    .description('give a commune to an advisor, for customers to come; those it has keep their own advisor')
    .argument('<advisor-mail>', 'who serves it from now on')
    .argument('<insee>', 'INSEE code of the commune')
    .option('--sector <name>', 'which sector, where the commune is cut into several')
    .action(async (mail: string, communeInsee: string, { sector }: { sector?: string }, command: Command) => {
      const given = await withHouse((house) =>
        house.transact(async (tx) => {
          const advisor = await findAdvisor(tx.db, mail);
          if (!advisor) return { ok: false, why: 'unknown_advisor' } as const;
          return giveArea(tx, system, { communeInsee, sector, advisorId: advisor.id });
        }),
      );
      if (given.ok) say(command, given, `New customers in ${communeInsee} get ${mail} from now on.`);
      else refuse(command, given, areaRefusal(given, communeInsee));
    });
}

function areaRefusal(given: Exclude<AreaGiven, { ok: true }>, insee: string): string {
  if (given.why === 'which_sector')
    return `Say which sector of ${insee} with --sector. It has: ${given.sectors.filter(Boolean).join(', ') || 'none'}.`;
  return {
    not_allowed: 'This may not be done from here.',
    unknown_advisor: 'No advisor who is present has this address. See: visavis advisor list',
    not_served: `No area covers ${insee}. Give the INSEE code of a commune that is served.`,
    same_advisor: 'This advisor serves it already. Nothing has changed.',
  }[given.why];
}

function leaveCommand(withHouse: WithHouse): Command {
  return new Command('leave')
    .description('an advisor leaves for good, once all their customers and areas are with colleagues')
    .argument('<advisor-mail>', 'who leaves')
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
      if (left.ok) say(command, left, `${mail} has left. Their account is another matter: visavis staff leave`);
      else refuse(command, left, leaveRefusal(left, short));
    });
}

async function shortOf(tx: Tx, left: Exclude<AdvisorLeft, { ok: true }>): Promise<string[]> {
  if (left.why !== 'colleagues_need_backups') return [];
  const all = await listAdvisors(tx.db);
  return all.filter(({ id }) => left.advisorIds.includes(id)).map(({ mail }) => mail);
}

function leaveRefusal(left: Exclude<AdvisorLeft, { ok: true }>, short: readonly string[]): string {
  if (left.why === 'still_in_charge') return remaining(left);
  if (left.why === 'colleagues_need_backups')
    return `Colleagues would have too few backups: ${short.join(', ')}. Name others first: visavis advisor backups`;
  return left.why === 'unknown_advisor'
    ? 'No advisor who is present has this address. See: visavis advisor list'
    : 'This may not be done from here.';
}

function remaining(left: Extract<AdvisorLeft, { why: 'still_in_charge' }>): string {
  const remain = [
    [left.customers, 'customer', 'customers', 'visavis customer move'],
    [left.areas, 'area', 'areas', 'visavis advisor area'],
    [left.openCaseFiles, 'open case file', 'open case files', 'hand over in the workspace'],
    [left.trayItems, 'tray item', 'tray items', 'sort in the workspace'],
  ] as const;
  const lines = remain.flatMap(([count, one, many, how]) =>
    count > 0 ? `- ${count} ${count === 1 ? one : many} (${how})` : [],
  );
  return ['This advisor cannot leave yet. Give these to colleagues first:', ...lines].join('\n');
}
