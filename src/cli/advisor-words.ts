import type { Locale } from '../core/text/typeset.ts';
import type { AdvisorLeft } from '../desk/advisors/leave.ts';
import type { AreaGiven } from '../desk/areas/give.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis advisor` says of itself. */
export const advisorHelp = {
  about: {
    fr: 'qui répond aux clients, à la place de qui, et où',
    en: 'who answers customers, in whose place, and where',
  },
  list: {
    fr: 'chaque interlocuteur, avec identifiant, équipe, bureau, courriel, binômes et nombre de clients',
    en: 'every advisor, with id, pod, office, mail, backups and number of customers',
  },
  backups: {
    fr: "nommer qui répond à la place d'un interlocuteur, dans l'ordre ; remplace les binômes d'avant",
    en: 'name who answers in an advisor’s place, best first; replaces the backups of before',
  },
  advisor: { fr: 'son adresse de courriel', en: 'the advisor' },
  colleagues: { fr: "courriel de deux collègues ou plus, dans l'ordre", en: 'two colleagues or more, best first' },
  area: {
    fr: 'confier une commune à un interlocuteur, pour les clients à venir ; les présents gardent le leur',
    en: 'give a commune to an advisor, for customers to come; those it has keep their own advisor',
  },
  serves: { fr: 'courriel de qui la suit désormais', en: 'who serves it from now on' },
  insee: { fr: 'code INSEE de la commune', en: 'INSEE code of the commune' },
  sector: {
    fr: 'quel secteur, quand la commune en a plusieurs',
    en: 'which sector, where the commune is cut into several',
  },
  leave: {
    fr: 'un interlocuteur part pour de bon, une fois clients et secteurs confiés à des collègues',
    en: 'an advisor leaves for good, once all their customers and areas are with colleagues',
  },
  leaves: { fr: 'courriel de qui part', en: 'who leaves' },
} as const satisfies Record<string, Both>;

/** Headings of the list, and what stands beside the name of who has left. */
export const advisorTable: Record<Locale, { head: string[]; left: string }> = {
  fr: { head: ['nom', 'courriel', 'bureau', 'équipe', 'clients', 'binômes', 'identifiant'], left: 'parti' },
  en: { head: ['name', 'mail', 'office', 'pod', 'customers', 'backups', 'id'], left: 'left' },
};

/** What is so from now on. */
export const advisorWords = {
  none: { fr: "Il n'y a pas encore d'interlocuteur. Importez-en.", en: 'There is no advisor yet. Import them.' },
  backups: (name: string, backups: readonly string[]): Both => ({
    fr: `${name} a désormais pour binômes : ${backups.join(', ')}.`,
    en: `In place of ${name}: ${backups.join(', ')}.`,
  }),
  area: (insee: string, mail: string): Both => ({
    fr: `Les nouveaux clients de ${insee} vont désormais à ${mail}.`,
    en: `New customers in ${insee} get ${mail} from now on.`,
  }),
  left: (mail: string): Both => ({
    fr: `${mail} ne fait plus partie des interlocuteurs. Son compte se ferme à part : visavis staff leave`,
    en: `${mail} has left. Their account is another matter: visavis staff leave`,
  }),
};

/** No advisor is known by what was typed. */
export const nobodyHas = (mail: string): Both => ({
  fr: `Aucun interlocuteur n'a l'adresse ${mail}. Voyez : visavis advisor list`,
  en: `No advisor has the address ${mail}. See: visavis advisor list`,
});

/** Why the backups of before stay, and how to mend it. */
export const backupRefusals = {
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
} as const satisfies Record<string, Both>;

/** Why a commune stays with whom it was, and how to mend it. */
export function areaRefusal(given: Exclude<AreaGiven, { ok: true }>, insee: string): Both {
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

/** Why an advisor cannot leave yet, and what to do first. `short`: colleagues who would have too few backups. */
export function leaveRefusal(left: Exclude<AdvisorLeft, { ok: true }>, short: readonly string[]): Both {
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
