import { sql } from 'kysely';
import { failpoint } from '../../platform/failpoint.ts';
import type { House } from '../house.ts';
import { newId } from '../id.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { signLink } from '../signed-link.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { alertWords } from './alert-words.ts';
import { type Told, whatToTell } from './what-to-tell.ts';

/** Mails of one transaction: written together, or none of them. */
const BATCH = 200;

/**
 * Tells everyone who asked to hear of an event, in batches. How far it came is committed with the mails of each batch,
 * and each address is noted under the event: killed anywhere and begun again, everybody has exactly one mail.
 */
export async function tellAlerts({ transact }: Pick<House, 'transact'>, eventId: string): Promise<void> {
  let more = true;
  while (more) {
    more = await transact((tx) => tellBatch(tx, eventId));
    failpoint('alert-between-batches');
  }
}

/** One batch. False when everyone was told, or another process is at it. */
async function tellBatch(tx: Tx, eventId: string): Promise<boolean> {
  const event = await tx.db
    .selectFrom('alertEvent')
    .where('id', '=', eventId)
    .where('doneAt', 'is', null)
    .select(['id', 'postId', 'commentId', 'toldUpTo'])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!event) return false;
  const told = await whatToTell(tx, event);
  const next = told ? await subscribers(tx, event, told) : [];
  if (told) await writeMails(tx, event.id, told, next);
  failpoint('alert-before-commit');
  const done = next.length < BATCH;
  await tx.db
    .updateTable('alertEvent')
    .set({ toldUpTo: next.at(-1)?.id ?? event.toldUpTo, ...(done ? { doneAt: tx.now } : {}) })
    .where('id', '=', eventId)
    .execute();
  return !done;
}

interface Subscriber {
  id: string;
  mail: string;
  locale: 'fr' | 'en';
}

/** Whoever follows the post's comments; or its communes and the whole territory. Never the writer of the comment itself. */
async function subscribers(
  tx: Tx,
  { toldUpTo }: { toldUpTo: string | null },
  { postId, comment }: Told,
): Promise<Subscriber[]> {
  const which = comment
    ? sql`post_id = ${postId} and mail is distinct from ${comment.mail}`
    : sql`post_id is null and (commune_insee is null
        or (select whole_territory from post where id = ${postId})
        or commune_insee in (select commune_insee from post_commune where post_id = ${postId}))`;
  const { rows } = await sql<Subscriber>`
    select id, mail, locale from alert
    where confirmed_at is not null and ended_at is null and id > ${toldUpTo ?? '00000000-0000-0000-0000-000000000000'} and ${which}
    order by id limit ${BATCH}`.execute(tx.db);
  return rows;
}

async function writeMails(tx: Tx, eventId: string, told: Told, to: readonly Subscriber[]): Promise<void> {
  if (to.length === 0) return;
  const roster = await readRoster(tx.db, tx.now);
  // Somebody who follows two communes of one post hears of it once.
  const rows = new Map(to.map((each) => [each.mail, { eventId, mail: each.mail, outgoingMailId: newId() }]));
  const fresh = await tx.db
    .insertInto('alertMail')
    .values([...rows.values()])
    .onConflict((conflict) => conflict.doNothing())
    .returning('mail')
    .execute();
  const unheard = new Set(fresh.map(({ mail }) => mail));
  for (const { id, mail, locale } of to) {
    if (!unheard.delete(mail)) continue;
    const link = `${tx.origin}/${locale}/alerts/${signLink(tx.signingKey, 'alert', id)}`;
    const { subject, text } = alertWords(locale, told, { origin: tx.origin, operator: roster.operator.name, link });
    await writeMail(tx, { kind: 'alert', to: mail, automatic: true, subject, text, listUnsubscribe: link }, roster);
  }
}

/** Begins again what a process that died left half told. */
export async function resumeAlerts(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from alert_event e where done_at is null and at < ${new Date(tx.now.getTime() - 60_000)}
      and not exists (select 1 from pgboss.job j where j.name = 'tell-alerts' and j.data->>'id' = e.id::text and j.state in ('created', 'retry'))
    for update skip locked`.execute(tx.db);
  for (const { id } of rows) await tx.enqueue('tell-alerts', { id });
  return rows.length;
}
