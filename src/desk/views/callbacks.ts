import type { Kysely } from 'kysely';
import { openCommitments } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';
import type { Roster } from './roster.ts';

/** A callback to make. */
export interface Callback {
  id: string;
  customerId: string;
  customerName: string;
  commune: string;
  caseFileId: string;
  subject: string;
  words: string;
  dueAt: Date;
  owner: { id: string; name: string };
  /** `mine`, or a late one of somebody I back up. */
  group: 'mine' | 'rescue';
  /** A promise before this one was broken. */
  broken: boolean;
  /** How often it was tried without an answer. */
  tries: number;
}

/** What I owe in the order of the promises, then what is late at those I back up (15 minutes, or already passed on). */
export async function callbacks(db: Kysely<DB>, roster: Roster, advisorId: string, now: Date): Promise<Callback[]> {
  const backed = roster.advisors.get(advisorId)?.backsUp ?? [];
  const late = new Date(now.getTime() - roster.policy.onFree.lateCallbackMinutes * 60_000);
  const rows = await openCommitments(db)
    .innerJoin('customer', 'customer.id', 'commitment.customerId')
    .innerJoin('caseFile', 'caseFile.id', 'commitment.caseFileId')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('commitment.kind', '=', 'callback')
    .where((eb) =>
      eb.or([
        eb('commitment.ownerId', '=', advisorId),
        ...(backed.length > 0
          ? [
              eb.and([
                eb.or([eb('commitment.ownerId', 'in', backed), eb('customer.advisorId', 'in', backed)]),
                eb.or([eb('commitment.dueAt', '<', late), eb('commitment.escalation', '>', 0)]),
              ]),
            ]
          : []),
      ]),
    )
    .select((eb) => [
      'commitment.id',
      'commitment.customerId',
      'customer.name as customerName',
      'commune.name as commune',
      'commitment.caseFileId',
      'caseFile.subject',
      'commitment.words',
      'commitment.dueAt',
      'commitment.ownerId',
      'commitment.escalation',
      eb
        .selectFrom('call')
        .innerJoin('commitment as tried', 'tried.id', 'call.commitmentId')
        .whereRef('tried.caseFileId', '=', 'commitment.caseFileId')
        .where('call.missedAt', 'is not', null)
        .select((count) => count.fn.countAll<number>().as('tries'))
        .as('tries'),
    ])
    .orderBy('commitment.dueAt')
    .limit(200)
    .execute();
  const listed = rows.map(
    ({ ownerId, escalation, tries, ...row }): Callback => ({
      ...row,
      owner: { id: ownerId, name: roster.advisors.get(ownerId)?.name ?? '' },
      group: ownerId === advisorId ? 'mine' : 'rescue',
      broken: escalation > 0,
      tries: Number(tries ?? 0),
    }),
  );
  return [...listed.filter((each) => each.group === 'mine'), ...listed.filter((each) => each.group === 'rescue')];
}
