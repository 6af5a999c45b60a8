import type { Locale } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis caseloads backups` says of itself. */
export const backupsHelp = {
  about: {
    fr: 'deux binômes pour chacun : proches, de la même équipe, jamais absents en même temps',
    en: 'two backups for everyone: near, of the same pod, not away at the same time',
  },
  apply: {
    fr: 'en faire les binômes ; sans elle, rien ne change',
    en: 'make them the backups; without it nothing changes',
  },
} as const satisfies Record<string, Both>;

/** Headings of the proposed backups, and what stands beside those that are new. */
export const backupsTable: Record<Locale, { head: string[]; changes: string }> = {
  fr: { head: ['interlocuteur', 'binômes', '', 'jours absents ensemble'], changes: 'change' },
  en: { head: ['advisor', 'backups', '', 'days away together'], changes: 'changes' },
};

/** What was done with them, or why there are none. */
export const backupsWords = {
  unchanged: {
    fr: "Rien n'a été changé. Pour les nommer : --apply",
    en: 'Nothing was changed. To make it so: --apply',
  },
  changed: (count: number): Both => ({
    fr: `Interlocuteurs qui ont maintenant d'autres binômes : ${count}`,
    en: `Advisors with other backups now: ${count}`,
  }),
  impossible: {
    fr: "On ne trouve pas deux binômes pour chacun. Importez d'abord des interlocuteurs.",
    en: 'No two backups can be found for everyone. Import advisors first.',
  },
};
