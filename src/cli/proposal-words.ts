import { movedWords } from '../core/caseloads/moved-words.ts';
import { type Locale, typeset } from '../core/text/typeset.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { decimals } from './decimals.ts';
import { table } from './table.ts';

interface ProposalWords {
  nobody: string;
  loads(counted: string): string[];
  changes(counted: string): string[];
  customers: string;
  inhabitants: string;
  distance(km: { meanBefore: string; meanAfter: string; farBefore: string; farAfter: string }): string;
  byInhabitants: string[];
  apart(before: number, after: number): string;
  tenure(before: string, after: string): string;
  backups(before: number, after: number): string;
  more(count: number): string;
  unbalanced: string;
}

const wordsOf: Record<Locale, ProposalWords> = {
  en: {
    nobody: 'nobody',
    loads: (counted) => ['advisor', counted, 'load', `${counted} after`, 'load after'],
    changes: (counted) => ['commune', counted, 'from', 'to'],
    customers: 'customers',
    inhabitants: 'inhabitants',
    distance: ({ meanBefore, meanAfter, farBefore, farAfter }) =>
      `Mean distance: ${meanBefore} km before, ${meanAfter} km after; 95 % within ${farBefore} km before, ${farAfter} km after.`,
    byInhabitants: [
      'Nobody is a customer yet: inhabitants are counted. A town shared by several goes to whoever has most of it;',
      'once customers are there, a repair divides it.',
    ],
    apart: (before, after) =>
      `Customers in communes away from the rest of their caseload: ${before} before, ${after} after.`,
    tenure: (before, after) => `Years with the present advisor, on average: ${before} before, ${after} after.`,
    backups: (before, after) =>
      `Customers whose advisor has two backups who will be there: ${before} % before, ${after} % after.`,
    more: (count) => `and ${count} more (--json lists them all)`,
    unbalanced: 'Not every load is within its limits: areas are too large, or shares too small. Cut areas.',
  },
  fr: {
    nobody: 'personne',
    loads: (counted) => ['interlocuteur', counted, 'charge', `${counted} après`, 'charge après'],
    changes: (counted) => ['commune', counted, 'de', 'à'],
    customers: 'clients',
    inhabitants: 'habitants',
    distance: ({ meanBefore, meanAfter, farBefore, farAfter }) =>
      `Distance moyenne : ${meanBefore} km avant, ${meanAfter} km après ; 95 % à moins de ${farBefore} km avant, ${farAfter} km après.`,
    byInhabitants: [
      "Personne n'est encore client : les habitants comptent. Une commune partagée va entière à qui en a le plus ;",
      'une réparation la partagera une fois les clients là.',
    ],
    apart: (before, after) => `Clients à l'écart du reste de leur portefeuille : ${before} avant, ${after} après.`,
    tenure: (before, after) => `Années avec le même interlocuteur, en moyenne : ${before} avant, ${after} après.`,
    backups: (before, after) =>
      `Clients dont l'interlocuteur a deux binômes qui seront là : ${before} % avant, ${after} % après.`,
    more: (count) => `et ${count} de plus (--json les donne tous)`,
    unbalanced:
      'Des charges dépassent leurs limites : les secteurs sont trop grands, ou les parts trop petites. Découpez des secteurs.',
  },
};

/** Before and after, in words and tables, in this language. */
export function proposalWords(proposal: Proposal, language: Locale): string {
  const { kind, before, after, moves, names, balanced, weighedBy } = proposal;
  const words = wordsOf[language];
  const set = (text: string) => typeset(text, language);
  const counted = weighedBy === 'inhabitants' ? words.inhabitants : words.customers;
  const name = (id: string | null) => names[id ?? ''] ?? words.nobody;
  const loads = Object.keys(names).map((id) => [name(id), ...loadOf(before, id), ...loadOf(after, id)]);
  const changes = moves
    .slice(0, shown)
    .map((move) => [move.communeInsee, String(move.customers), name(move.fromAdvisorId), name(move.toAdvisorId)]);
  const kilometres = {
    meanBefore: decimals(before.meanKm, 1, language),
    meanAfter: decimals(after.meanKm, 1, language),
    farBefore: decimals(before.p95Km, 0, language),
    farAfter: decimals(after.p95Km, 0, language),
  };
  return [
    table(words.loads(counted), loads),
    '',
    set(words.distance(kilometres)),
    ...(weighedBy === 'inhabitants'
      ? words.byInhabitants.map(set)
      : [
          set(words.apart(before.apart, after.apart)),
          ...relationWords(proposal, language).map(set),
          movedWords({ kind, balanced, moved: after.customersMoved, floor: after.floor }, language),
        ]),
    ...(changes.length > 0 ? ['', table(words.changes(counted), changes)] : []),
    ...(moves.length > shown ? [set(words.more(moves.length - shown))] : []),
    ...(balanced ? [] : ['', set(words.unbalanced)]),
  ].join('\n');
}

/** How long customers have had their advisor, and who has two backups that will be there. */
function relationWords({ before, after }: Proposal, language: Locale): string[] {
  const words = wordsOf[language];
  const years = (measures: Proposal['before']) => decimals(measures.tenureYears ?? 0, 1, language);
  const part = (measures: Proposal['before']) => Math.round((measures.twoBackups ?? 0) * 100);
  return [
    ...(after.tenureYears === undefined ? [] : [words.tenure(years(before), years(after))]),
    ...(after.twoBackups === undefined ? [] : [words.backups(part(before), part(after))]),
  ];
}

const shown = 40;

function loadOf(measures: Proposal['before'], advisorId: string): [string, string] {
  const load = measures.loads.find((each) => each.advisorId === advisorId);
  return load ? [String(load.customers), `${Math.round(load.ofTarget * 100)} %`] : ['-', '-'];
}
