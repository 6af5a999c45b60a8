import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { WebContext } from './route.ts';

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const openCommitments = new Gauge({
  name: 'visavis_open_commitments',
  help: 'Commitments that are neither kept, broken nor withdrawn',
  registers: [registry],
});
const overdue = new Gauge({
  name: 'visavis_overdue_commitments',
  help: 'Open commitments past their time',
  registers: [registry],
});
const unread = new Gauge({
  name: 'visavis_unread_deliveries',
  help: 'Mails stored and not yet read into a timeline or the tray',
  registers: [registry],
});
const waiting = new Gauge({
  name: 'visavis_waiting_mails',
  help: 'Mails written and not yet sent',
  registers: [registry],
});

/** GET /healthz: 200 when requests can be served, else 503 and what is missing. */
export async function health(c: WebContext): Promise<Response> {
  try {
    await sql`select 1`.execute(c.var.house.db);
    return c.json({ ready: true });
  } catch {
    return c.json({ ready: false, missing: ['database'] }, 503);
  }
}

/** GET /metrics, for Prometheus. */
export async function metrics(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const open = db
    .selectFrom('commitment')
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null);
  const count = sql<number>`count(*)`.as('count');
  const [all, late, deliveries, mails] = await Promise.all([
    open.select(count).executeTakeFirstOrThrow(),
    open.where('dueAt', '<', clock()).select(count).executeTakeFirstOrThrow(),
    db.selectFrom('delivery').where('readAt', 'is', null).select(count).executeTakeFirstOrThrow(),
    db
      .selectFrom('outgoingMail')
      .where('sentAt', 'is', null)
      .where('failedAt', 'is', null)
      .where('cancelledAt', 'is', null)
      .select(count)
      .executeTakeFirstOrThrow(),
  ]);
  openCommitments.set(all.count);
  overdue.set(late.count);
  unread.set(deliveries.count);
  waiting.set(mails.count);
  return c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
}
