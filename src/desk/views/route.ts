import type { Kysely } from 'kysely';
import { decide } from '../../core/routing/decide.ts';
import type { Decision } from '../../core/routing/decision.ts';
import { explain } from '../../core/routing/explain.ts';
import { type Channel, callRequest, writtenRequest } from '../../core/routing/request.ts';
import { prepared } from '../../platform/db/prepared.ts';
import { customersWithPoint } from '../customers/queries.ts';
import { serviceOf } from '../interactions/service-level.ts';
import type { DB } from '../tables.ts';
import { readRoster } from './roster.ts';
import { callSituation, decideWritten } from './situation.ts';

export interface ExplainedDecision {
  decision: Decision;
  /** The reasons in words, in both languages, in their order. */
  reasons: { fr: string; en: string; code: string }[];
  customerId: string | null;
  names: Record<string, string>;
}

/** What would be decided now for a call or a message from this number or address, and why, without doing anything. */
export async function explainRoute(
  tx: { db: Kysely<DB>; now: Date },
  asked: { channel: Channel; phone?: string; mail?: string },
): Promise<ExplainedDecision> {
  const roster = await readRoster(tx.db, tx.now);
  const customer = await customerAt(tx, asked);
  const decision = await decideFor(tx, roster, asked, customer);
  const names = Object.fromEntries([...roster.advisors.values()].map((advisor) => [advisor.id, advisor.name]));
  const style = { nameOf: (id: string) => names[id] ?? '', timeZone: roster.operator.timeZone, now: tx.now.getTime() };
  return {
    decision,
    reasons: decision.reasons.map((reason) => ({
      code: reason.code,
      fr: explain(reason, 'fr', style),
      en: explain(reason, 'en', style),
    })),
    customerId: customer?.id ?? null,
    names,
  };
}

/** A customer as far as routing and those who announce the call need one. */
export interface CustomerAt {
  id: string;
  name: string;
  reference: string;
  locale: 'fr' | 'en';
  advisorId: string;
  kind: 'household' | 'business' | 'town_hall';
  ringBack: 'ask' | 'always' | 'never';
}

async function decideFor(
  tx: { db: Kysely<DB>; now: Date },
  roster: Awaited<ReturnType<typeof readRoster>>,
  asked: { channel: Channel; phone?: string },
  customer: CustomerAt | null,
): Promise<Decision> {
  if (asked.channel === 'call')
    return decide(
      roster.policy,
      await callSituation(tx, roster, customer?.advisorId ?? null),
      callRequest(customer, { numberOnFile: customer !== null && asked.phone !== undefined }),
    );
  const service = customer
    ? await serviceOf(tx, customer.id, null, null)
    : { answerWithinMinutes: roster.policy.written.trayWithinMinutes };
  return decideWritten(roster, writtenRequest(asked.channel, customer, service), tx.now).decision;
}

/** The only customer at this number or address; null when there is none or there are several. */
export async function customerAt(
  { db }: { db: Kysely<DB> },
  asked: { phone?: string; mail?: string },
): Promise<CustomerAt | null> {
  const value = asked.phone ?? asked.mail;
  if (!value) return null;
  const rows = await customersWith(db, { kind: asked.phone ? 'phone' : 'mail', value });
  return rows.length === 1 && rows[0] ? rows[0] : null;
}

/** Two at most: then it is nobody's alone. */
const customersWith = prepared((db: Kysely<DB>, given: { kind: 'phone' | 'mail'; value: string }) =>
  customersWithPoint(db, given)
    .select([
      'customer.id',
      'customer.name',
      'customer.reference',
      'customer.locale',
      'customer.advisorId',
      'customer.kind',
      'customer.ringBack',
    ])
    .limit(2),
);
