import type { Kysely } from 'kysely';
import { type Alias, aliasMonth, MOST_GENERATIONS, readAlias, signAlias } from '../../core/identity/alias.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';

/** What aliases are made and known with. */
export interface AliasKeys {
  db: Kysely<DB>;
  now: Date;
  signingKey: Buffer;
  olderKeys: readonly Buffer[];
}

/** The address that stands on an advisor's page this month; undefined when they are not on the roster. */
export async function currentAlias(
  { db, now, signingKey }: Omit<AliasKeys, 'olderKeys'>,
  advisorId: string,
  known?: Roster,
): Promise<string | undefined> {
  const { advisors, operator } = known ?? (await readRoster(db, now));
  const advisor = advisors.get(advisorId);
  if (!advisor) return undefined;
  const month = aliasMonth(now);
  const replaced = await db
    .selectFrom('replacedAlias')
    .where('advisorId', '=', advisorId)
    .where('month', '=', month)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const generation = Math.min(replaced.count, MOST_GENERATIONS - 1);
  return `${signAlias({ advisorId, month, generation }, advisor.name, signingKey)}@${operator.mailDomain}`;
}

/** Whose alias an address is, and whether it is still trusted: of this month or the last, and not replaced. */
export async function knownAlias(
  { db, now, signingKey, olderKeys }: AliasKeys,
  address: string,
): Promise<(Alias & { trusted: boolean }) | undefined> {
  const { advisors, operator } = await readRoster(db, now);
  const [local = '', domain] = address.toLowerCase().split('@');
  if (domain !== operator.mailDomain.toLowerCase()) return undefined;
  const keys = [signingKey, ...olderKeys];
  const alias = keys.map((key) => readAlias(local, advisors.keys(), key)).find((found) => found !== null);
  if (!alias) return undefined;
  const replaced = await db
    .selectFrom('replacedAlias')
    .where('alias', '=', signsPart(local))
    .select('alias')
    .executeTakeFirst();
  const months = [aliasMonth(now), aliasMonth(monthBefore(now))];
  return { ...alias, trusted: replaced === undefined && months.includes(alias.month) };
}

export type Replaced =
  | { ok: true; advisorId: string; next: string }
  | { ok: false; why: 'not_ours' | 'already' | 'often' };

/** Takes a harvested alias off the page: the next one stands there at once; mail to this one arrives with less trust. */
export async function replaceAlias(tx: Tx, actor: Actor, input: { address: string; why: string }): Promise<Replaced> {
  const alias = await knownAlias(tx, input.address);
  if (!alias) return { ok: false, why: 'not_ours' };
  if (alias.generation >= MOST_GENERATIONS - 1) return { ok: false, why: 'often' };
  const added = await tx.db
    .insertInto('replacedAlias')
    .values({
      alias: signsPart(input.address.toLowerCase().split('@')[0] ?? ''),
      advisorId: alias.advisorId,
      month: alias.month,
      replacedAt: tx.now,
      replacedBy: staffIdOf(actor),
      why: input.why.trim().slice(0, 500),
    })
    .onConflict((conflict) => conflict.column('alias').doNothing())
    .returning('alias')
    .executeTakeFirst();
  if (!added) return { ok: false, why: 'already' };
  await tx.record({ type: 'alias.replaced', advisorId: alias.advisorId, facts: { month: alias.month } });
  return { ok: true, advisorId: alias.advisorId, next: (await currentAlias(tx, alias.advisorId)) ?? '' };
}

/** Month and signs: what counts of an alias, whatever name stands before it. */
function signsPart(local: string): string {
  return /\d{4}-[a-z2-7]{6}$/.exec(local)?.[0] ?? local;
}

function monthBefore(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 15));
}
