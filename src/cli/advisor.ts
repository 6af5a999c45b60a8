import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { setBackups } from '../desk/advisors/backups.ts';
import { type AdvisorLeft, leave } from '../desk/advisors/leave.ts';
import { type AreaGiven, giveArea } from '../desk/areas/give.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor, type ListedAdvisor, listAdvisors } from '../desk/views/advisor-list.ts';
import type { Both } from '../platform/config/said-in-both.ts';
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

const nobodyHas = (mail: string): Both => ({
  fr: `Aucun interlocuteur n'a l'adresse ${mail}. Voyez : visavis advisor list`,
  en: `No advisor has the address ${mail}. See: visavis advisor list`,
});

const backupRefusals = {
  not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
  unknown_advisor: {
    fr: 'Cette personne est partie. Voyez : visavis advisor list',
    en: 'This advisor has left. See: visavis advisor list',
  },
  too_few_backups: {
    fr: "Nommez au moins deux binômes par leur adresse, dans l'ordre.",
    en: 'Name at least two backups, by mail address, best first.',
  },
  own_backup: {
    fr: "Nul n'est son propre binôme. Nommez des collègues.",
    en: 'Nobody is their own backup. Name colleagues.',
  },
  backup_twice: {
    fr: 'Un binôme est nommé deux fois. Nommez chacun une fois.',
    en: 'A backup is named twice. Name each once.',
  },
  unknown_backup: {
    fr: 'Un binôme est parti. Nommez des collègues présents : visavis advisor list',
    en: 'A backup has left. Name colleagues who are present: visavis advisor list',
  },
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

function areaRefusal(given: Exclude<AreaGiven, { ok: true }>, insee: string): Both {
  if (given.why === 'which_sector') {
    const sectors = given.sectors.filter(Boolean).join(', ') || '–';
    return {
      fr: `Dites quel secteur de ${insee} avec --sector. Il y a : ${sectors}.`,
      en: `Say which sector of ${insee} with --sector. It has: ${sectors}.`,
    };
  }
  return {
    not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
    unknown_advisor: {
      fr: "Aucun interlocuteur présent n'a cette adresse. Voyez : visavis advisor list",
      en: 'No advisor who is present has this address. See: visavis advisor list',
    },
    not_served: {
      fr: `Aucun secteur ne couvre ${insee}. Donnez le code INSEE d'une commune desservie.`,
      en: `No area covers ${insee}. Give the INSEE code of a commune that is served.`,
    },
    same_advisor: {
      fr: "Cette personne la suit déjà. Rien n'a changé.",
      en: 'This advisor serves it already. Nothing has changed.',
    },
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

function leaveRefusal(left: Exclude<AdvisorLeft, { ok: true }>, short: readonly string[]): Both {
  if (left.why === 'still_in_charge') return remaining(left);
  if (left.why === 'colleagues_need_backups')
    return {
      fr: `Des collègues auraient trop peu de binômes : ${short.join(', ')}. Nommez-en d'autres d'abord : visavis advisor backups`,
      en: `Colleagues would have too few backups: ${short.join(', ')}. Name others first: visavis advisor backups`,
    };
  return left.why === 'unknown_advisor'
    ? {
        fr: "Aucun interlocuteur présent n'a cette adresse. Voyez : visavis advisor list",
        en: 'No advisor who is present has this address. See: visavis advisor list',
      }
    : { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' };
}

function remaining(left: Extract<AdvisorLeft, { why: 'still_in_charge' }>): Both {
  const remain = [
    [left.customers, 'customer', 'customers', 'visavis customer move', 'clients (visavis customer move)'],
    [left.areas, 'area', 'areas', 'visavis advisor area', 'communes (visavis advisor area)'],
    [
      left.openCaseFiles,
      'open case file',
      'open case files',
      'hand over in the workspace',
      "dossiers ouverts (passez-les dans l'espace de travail)",
    ],
    [
      left.trayItems,
      'tray item',
      'tray items',
      'sort in the workspace',
      "messages à trier (triez-les dans l'espace de travail)",
    ],
  ] as const;
  const lines = remain.filter(([count]) => count > 0);
  return {
    fr: [
      "Cette personne ne peut pas encore partir. Confiez d'abord à des collègues :",
      ...lines.map(([count, , , , french]) => `- ${french} : ${count}`),
    ].join('\n'),
    en: [
      'This advisor cannot leave yet. Give these to colleagues first:',
      ...lines.map(([count, one, many, how]) => `- ${count} ${count === 1 ? one : many} (${how})`),
    ].join('\n'),
  };
}
