import { sql } from 'kysely';
import type { Tx } from '../tx.ts';

export type Removed =
  | { ok: true; customers: number; advisors: number }
  /** Customers of your own who are looked after by demo advisors or live in demo areas: give them others first. */
  | { ok: false; why: 'own_customers_remain'; count: number };

/**
 * Removes the demo operator and everything that is marked as demo, with all that was written to it since. While the
 * operator itself is the demo's, so is every mail and message that arrived.
 */
export async function removeDemo(tx: Tx): Promise<Removed> {
  const own = await ownCustomersInDemo(tx);
  if (own > 0) return { ok: false, why: 'own_customers_remain', count: own };
  const whole = await tx.db.selectFrom('operator').where('demo', '=', true).select('demo').executeTakeFirst();
  const customers = await removeCustomers(tx);
  if (whole) await removeArrivals(tx);
  await removePublic(tx, whole !== undefined);
  await removeAccounts(tx);
  const advisors = await removePeopleAndPlaces(tx);
  await removeUnusedBlobs(tx);
  return { ok: true, customers, advisors };
}

async function ownCustomersInDemo({ db }: Tx): Promise<number> {
  const { count } = await db
    .selectFrom('customer')
    .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .where('customer.demo', '=', false)
    .where((eb) => eb.or([eb('advisor.demo', '=', true), eb('area.demo', '=', true)]))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Case files, interactions, commitments, mails, sessions and tenures go with their customer. */
async function removeCustomers({ db }: Tx): Promise<number> {
  const demo = sql`select id from customer where demo`;
  await sql`delete from event where customer_id in (${demo})`.execute(db);
  await sql`delete from contact_fact where customer_id in (${demo})`.execute(db);
  await sql`delete from commitment_fact where customer_id in (${demo})`.execute(db);
  await db.deleteFrom('publishedFigures').execute();
  await sql`delete from audit where customer_id in (${demo})`.execute(db);
  await sql`delete from delivery where customer_id in (${demo})`.execute(db);
  const { numDeletedRows } = await db.deleteFrom('customer').where('demo', '=', true).executeTakeFirst();
  return Number(numDeletedRows);
}

/** What reached the demo operator and belongs to no customer. */
async function removeArrivals({ db }: Tx): Promise<void> {
  for (const table of [
    'event',
    'delivery',
    'mailbox',
    'trayItem',
    'outgoingMail',
    'pendingMessage',
    'oneTimeLink',
    'idempotency',
  ] as const)
    await db.deleteFrom(table).execute();
}

/** Posts with their pictures and comments, outside voices, and while the whole operator is the demo's every alert. */
async function removePublic({ db }: Tx, whole: boolean): Promise<void> {
  const demo = sql`select id from staff where demo`;
  await sql`delete from comment where by_staff in (${demo}) or by_advisor in (select id from advisor where demo)`.execute(
    db,
  );
  await sql`update post set answers_post_id = null, genre = 'notice' where not demo and answers_post_id in (select id from post where demo)`.execute(
    db,
  );
  for (const column of ['author_staff', 'published_by', 'withdrawn_by'])
    await sql`update post set ${sql.ref(column)} = null where not demo and ${sql.ref(column)} in (${demo})`.execute(db);
  await db.deleteFrom('post').where('demo', '=', true).where('answersPostId', 'is not', null).execute();
  await db.deleteFrom('post').where('demo', '=', true).execute();
  await db.deleteFrom('voice').where('demo', '=', true).execute();
  if (!whole) return;
  await db.deleteFrom('alert').execute();
  await db.deleteFrom('likeness').execute();
}

async function removeAccounts({ db }: Tx): Promise<void> {
  const demo = sql`select id from staff where demo`;
  await sql`update absence set entered_by = null where entered_by in (${demo})`.execute(db);
  for (const table of ['one_time_link', 'api_token', 'draft', 'held_action', 'presence', 'staff_preference'])
    await sql`delete from ${sql.table(table)} where staff_id in (${demo})`.execute(db);
}

async function removePeopleAndPlaces({ db }: Tx): Promise<number> {
  const demo = sql`select id from advisor where demo`;
  await sql`delete from event where advisor_id in (${demo})`.execute(db);
  await sql`delete from pending_message where advisor_id in (${demo})`.execute(db);
  await sql`delete from tray_item where duty_owner_id in (${demo})`.execute(db);
  await sql`delete from permanence where advisor_id in (${demo})`.execute(db);
  await sql`delete from absence where advisor_id in (${demo}) or cover_advisor_id in (${demo})`.execute(db);
  await db.deleteFrom('staff').where('demo', '=', true).execute();
  await db.deleteFrom('area').where('demo', '=', true).execute();
  await sql`delete from backup where advisor_id in (${demo}) or backup_advisor_id in (${demo})`.execute(db);
  const { numDeletedRows } = await db.deleteFrom('advisor').where('demo', '=', true).executeTakeFirst();
  await db.deleteFrom('pod').where('demo', '=', true).execute();
  await db.deleteFrom('office').where('demo', '=', true).execute();
  const { numDeletedRows: operators } = await db.deleteFrom('operator').where('demo', '=', true).executeTakeFirst();
  if (operators > 0n) await db.deleteFrom('operatorLook').execute();
  return Number(numDeletedRows);
}

/** Portraits and attachments that nothing refers to any more. */
async function removeUnusedBlobs({ db }: Tx): Promise<void> {
  await sql`delete from blob b where not exists (select 1 from advisor where photo = b.sha256)
    and not exists (select 1 from operator where logo = b.sha256)
    and not exists (select 1 from image_variant where sha256 = b.sha256)
    and not exists (select 1 from attachment where sha256 = b.sha256)
    and not exists (select 1 from draft_file where sha256 = b.sha256)
    and not exists (select 1 from tray_attachment where sha256 = b.sha256)
    and not exists (select 1 from pending_attachment where sha256 = b.sha256)
    and not exists (select 1 from tray_item where raw_sha256 = b.sha256)
    and not exists (select 1 from outgoing_attachment where sha256 = b.sha256)
    and not exists (select 1 from outgoing_mail where original_sha256 = b.sha256)
    and not exists (select 1 from delivery where raw_sha256 = b.sha256)`.execute(db);
}
