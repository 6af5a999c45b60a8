import { movedWords } from '../core/caseloads/moved-words.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { table } from './table.ts';

/** Before and after, in words and tables. */
export function proposalWords(proposal: Proposal): string {
  const { kind, before, after, moves, names, balanced, weighedBy } = proposal;
  const counted = weighedBy === 'inhabitants' ? 'inhabitants' : 'customers';
  const name = (id: string | null) => names[id ?? ''] ?? 'nobody';
  const loads = Object.keys(names).map((id) => [name(id), ...loadOf(before, id), ...loadOf(after, id)]);
  const changes = moves
    .slice(0, shown)
    .map((move) => [move.communeInsee, String(move.customers), name(move.fromAdvisorId), name(move.toAdvisorId)]);
  return [
    table(['advisor', counted, 'load', `${counted} after`, 'load after'], loads),
    '',
    `Mean distance: ${before.meanKm.toFixed(1)} km before, ${after.meanKm.toFixed(1)} km after; 95 % within ${before.p95Km.toFixed(0)} km before, ${after.p95Km.toFixed(0)} km after.`,
    ...(weighedBy === 'inhabitants'
      ? [
          'Nobody is a customer yet: inhabitants are counted. A town shared by several goes to whoever has most of it;',
          'once customers are there, a repair divides it.',
        ]
      : [
          `Customers in communes away from the rest of their caseload: ${before.apart} before, ${after.apart} after.`,
          ...relationWords(before, after),
          movedWords({ kind, balanced, moved: after.customersMoved, floor: after.floor }, 'en'),
        ]),
    ...(changes.length > 0 ? ['', table(['commune', counted, 'from', 'to'], changes)] : []),
    ...(moves.length > shown ? [`and ${moves.length - shown} more (--json lists them all)`] : []),
    ...(balanced
      ? []
      : ['', 'Not every load is within its limits: areas are too large, or shares too small. Cut areas.']),
  ].join('\n');
}

/** How long customers have had their advisor, and who has two backups that will be there. */
function relationWords(before: Proposal['before'], after: Proposal['after']): string[] {
  const years = (measures: Proposal['before']) => (measures.tenureYears ?? 0).toFixed(1);
  const part = (measures: Proposal['before']) => Math.round((measures.twoBackups ?? 0) * 100);
  return [
    ...(after.tenureYears === undefined
      ? []
      : [`Years with the present advisor, on average: ${years(before)} before, ${years(after)} after.`]),
    ...(after.twoBackups === undefined
      ? []
      : [
          `Customers whose advisor has two backups who will be there: ${part(before)} % before, ${part(after)} % after.`,
        ]),
  ];
}

const shown = 40;

function loadOf(measures: Proposal['before'], advisorId: string): [string, string] {
  const load = measures.loads.find((each) => each.advisorId === advisorId);
  return load ? [String(load.customers), `${Math.round(load.ofTarget * 100)} %`] : ['-', '-'];
}
