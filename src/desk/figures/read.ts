import type { Kysely } from 'kysely';
import { type ClusterSums, shareOf } from '../../core/continuity/interval.ts';
import { FEWEST_SHOWN, groupsShown } from '../../core/continuity/suppress.ts';
import type { DB } from '../tables.ts';
import type { Division, GroupFigures, Period } from './group.ts';
import { nameGroups } from './names.ts';
import {
  type CommitmentSums,
  type ContactSums,
  meanIndices,
  medianTenures,
  sumCommitments,
  sumContacts,
  waitedQuantiles,
} from './sums.ts';

/**
 * Figures of each group of a division, from what was gathered. A group with fewer than 10 exchanges or 10 customers has
 * no values, nor has the next smallest where its values could be worked out from the total.
 */
export async function readGroups(db: Kysely<DB>, division: Division, period: Period): Promise<GroupFigures[]> {
  const [contacts, indices, waits, commitments, tenures, nameOf] = await Promise.all([
    sumContacts(db, division, period),
    meanIndices(db, division, period),
    waitedQuantiles(db, division, period),
    sumCommitments(db, division, period),
    medianTenures(db, division, period.until),
    nameGroups(db, division),
  ]);
  const shown = groupsShown(contacts.map(({ key, n, clusters }) => ({ key, contacts: n, customers: clusters })));
  const keptShown = groupsShown(commitments.map(({ key, n, clusters }) => ({ key, contacts: n, customers: clusters })));
  return contacts.map((sums) => {
    const group = { key: sums.key, name: nameOf(sums.key) };
    if (!shown.has(sums.key)) return { ...group, ...nothing };
    const byKey = <Row extends { key: string }>(rows: readonly Row[]) => rows.find(({ key }) => key === sums.key);
    const { upc = null, coc = null, secon = null } = byKey(indices) ?? {};
    return {
      ...group,
      contacts: sums.n,
      customers: sums.clusters,
      own: shareOf({ ...sums, x: sums.own, xn: sums.ownN, xx: sums.ownOwn }),
      named: shareOf({ ...sums, x: sums.named, xn: sums.namedN, xx: sums.namedNamed }),
      upc,
      coc,
      secon,
      peoplePerYear: sums.people,
      waited: waitedOf(sums, byKey(waits)?.quantiles),
      kept: keptShown.has(sums.key) ? keptOf(byKey(commitments)) : null,
      tenureYears: byKey(tenures)?.years ?? null,
    };
  });
}

const nothing = {
  contacts: null,
  customers: null,
  own: null,
  named: null,
  upc: null,
  coc: null,
  secon: null,
  peoplePerYear: null,
  waited: null,
  kept: null,
  tenureYears: null,
};

function waitedOf(sums: ContactSums, quantiles: [number, number, number] | undefined): GroupFigures['waited'] {
  const within24h = shareOf(withinDay(sums));
  if (!quantiles || !within24h || sums.waited < FEWEST_SHOWN || sums.waitedClusters < FEWEST_SHOWN) return null;
  const [p50, p95, p99] = quantiles;
  return { contacts: sums.waited, p50, p95, p99, within24h };
}

function withinDay(sums: ContactSums): ClusterSums {
  const { waitedClusters: clusters, waited: n, waitedWaited: nn, day: x, dayN: xn, dayDay: xx } = sums;
  return { clusters, n, nn, x, xn, xx };
}

function keptOf(sums: CommitmentSums | undefined): GroupFigures['kept'] {
  const share = sums && shareOf(sums);
  return share ? { commitments: sums.n, share } : null;
}
