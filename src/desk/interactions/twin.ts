import { commitmentShown } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import type { Incoming, Received } from './incoming.ts';

/** What this very message became when it first reached us, or undefined when it is new. */
export async function findTwin(tx: Tx, incoming: Incoming): Promise<Received | undefined> {
  const { contentHash } = incoming;
  if (!contentHash) return undefined;
  const messageId = incoming.messageId ?? '';
  return (await twinOnTimeline(tx, contentHash, messageId)) ?? (await twinInTray(tx, contentHash, messageId));
}

async function twinOnTimeline(tx: Tx, contentHash: Buffer, messageId: string): Promise<Received | undefined> {
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

async function twinInTray(tx: Tx, contentHash: Buffer, messageId: string): Promise<Received | undefined> {
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

async function named(tx: Tx, id: string): Promise<{ id: string; name: string }> {
  const roster = await readRoster(tx.db, tx.now);
  return { id, name: roster.advisors.get(id)?.name ?? '' };
}
