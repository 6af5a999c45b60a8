import type { Kysely } from 'kysely';
import { commitmentShown } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';
import { readRoster } from '../views/roster.ts';
import type { Incoming, Received } from './incoming.ts';

interface Read {
  db: Kysely<DB>;
  now: Date;
}

/** What makes a message the same one. */
type Twin = Pick<Incoming, 'contentHash' | 'messageId'>;

/** What this very message became when it first reached us, or undefined when it is new. */
export async function findTwin(tx: Read, incoming: Twin): Promise<Received | undefined> {
  const { contentHash } = incoming;
  if (!contentHash) return undefined;
  const messageId = incoming.messageId ?? '';
  return (await twinOnTimeline(tx, contentHash, messageId)) ?? (await twinInTray(tx, contentHash, messageId));
}

async function twinOnTimeline(tx: Read, contentHash: Buffer, messageId: string): Promise<Received | undefined> {
  const twin = await tx.db
    .selectFrom('interaction')
    .innerJoin('caseFile', 'caseFile.id', 'interaction.caseFileId')
    .where('contentHash', '=', contentHash)
    .where((eb) => eb(eb.fn.coalesce('messageId', eb.val('')), '=', messageId))
    .select(['interaction.id', 'interaction.caseFileId', 'interaction.customerId', 'caseFile.ownerId'])
    .executeTakeFirst();
  if (!twin) return undefined;
  const commitment = await commitmentShown(tx.db, twin.caseFileId);
  return {
    kind: 'interaction',
    id: twin.id,
    caseFileId: twin.caseFileId,
    customerId: twin.customerId,
    advisor: await named(tx, twin.ownerId),
    commitment,
    duplicate: true,
  };
}

async function twinInTray(tx: Read, contentHash: Buffer, messageId: string): Promise<Received | undefined> {
  const twin = await tx.db
    .selectFrom('trayItem')
    .where('contentHash', '=', contentHash)
    .where((eb) => eb(eb.fn.coalesce('messageId', eb.val('')), '=', messageId))
    .select(['id', 'dutyOwnerId', 'dueAt'])
    .executeTakeFirst();
  return (
    twin && {
      kind: 'tray',
      id: twin.id,
      dutyOwner: await named(tx, twin.dutyOwnerId),
      dueAt: twin.dueAt,
      duplicate: true,
    }
  );
}

async function named(tx: Read, id: string): Promise<{ id: string; name: string }> {
  const roster = await readRoster(tx.db, tx.now);
  return { id, name: roster.advisors.get(id)?.name ?? '' };
}
