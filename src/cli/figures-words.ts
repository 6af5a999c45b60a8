import type { Channel } from '../core/routing/request.ts';
import type { Locale } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis figures` says of itself. */
export const figuresHelp = {
  about: {
    fr: 'à quelle fréquence les gens joignent leur propre interlocuteur, attente, promesses tenues, mairies et abonnés',
    en: 'how often people reach their own contact, how long they wait, promises kept, town halls and subscribers',
  },
  from: {
    fr: 'premier jour, comme 2026-01-31 (sans elle : un an avant le dernier jour)',
    en: 'first day, as 2026-01-31 (default: a year before the last day)',
  },
  to: { fr: "dernier jour (sans elle : aujourd'hui)", en: 'last day (default: today)' },
  by: { fr: 'une seule division', en: 'one division only' },
  csv: { fr: 'donner un tableau pour tableurs', en: 'print a table for spreadsheets' },
  rebuild: {
    fr: 'tout rassembler à nouveau, depuis la première ligne du journal',
    en: 'gather everything again from the first line of the event log',
  },
  after: {
    fr: 'Les groupes de moins de 10 échanges ou 10 clients ne sont pas montrés. Les clients sont désignés par leur identifiant.',
    en: 'Groups under 10 exchanges or 10 customers are not shown. Customers are told by their id.',
  },
} as const satisfies Record<string, Both>;

/** Where it has got to, and what was typed wrongly. */
export const figuresSaid = {
  gathering: { fr: 'Rassemblement…', en: 'Gathering…' },
  badDates: {
    fr: 'Écrivez les dates comme 2026-01-31, la première avant la dernière.',
    en: 'Write dates as 2026-01-31, the first before the last.',
  },
} as const satisfies Record<string, Both>;

interface FiguresWords {
  everything: string;
  all: string;
  byPod: string;
  byTerritory: string;
  byChannel: string;
  head: string[];
  customersHead: string[];
  hidden: string;
  withFewer(customers: number): string;
  channels: Record<Channel, string>;
}

/** Headings and names of the tables. */
export const figuresWords: Record<Locale, FiguresWords> = {
  en: {
    everything: 'Everything',
    all: 'all',
    byPod: 'By pod',
    byTerritory: 'By territory',
    byChannel: 'By channel',
    head: ['group', 'exchanges', 'own', 'named', 'UPC', 'COC', 'SECON', 'people/year', 'wait 50/95/99 % h', 'kept'],
    customersHead: ['customer', 'exchanges', 'own', 'named', 'upc', 'coc', 'secon', 'people'],
    hidden: 'fewer than 10, or not shown',
    withFewer: (customers) => `${customers} customers with fewer than 10 exchanges are not shown.`,
    channels: {
      call: 'call',
      mail: 'mail',
      sms: 'sms',
      message: 'message',
      visit: 'visit',
      letter: 'letter',
      comment: 'comment',
    },
  },
  fr: {
    everything: 'Ensemble',
    all: 'tous',
    byPod: 'Par équipe',
    byTerritory: 'Par intercommunalité',
    byChannel: 'Par canal',
    head: [
      'groupe',
      'échanges',
      'propre',
      'ou binôme',
      'UPC',
      'COC',
      'SECON',
      'personnes/an',
      'attente 50/95/99 % h',
      'tenues',
    ],
    customersHead: ['client', 'échanges', 'propre', 'ou binôme', 'UPC', 'COC', 'SECON', 'personnes'],
    hidden: 'moins de 10, ou non montré',
    withFewer: (customers) => `Clients non montrés, avec moins de 10 échanges : ${customers}.`,
    channels: {
      call: 'téléphone',
      mail: 'courriel',
      sms: 'SMS',
      message: 'message',
      visit: 'visite',
      letter: 'lettre',
      comment: 'commentaire',
    },
  },
};
