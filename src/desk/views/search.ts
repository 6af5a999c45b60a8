import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import type { DB } from '../tables.ts';

export interface FoundCustomer {
  id: string;
  name: string;
  reference: string;
  commune: string;
  advisorId: string;
  /** What matched, when it was not the name. */
  found: string | null;
}

export interface FoundInteraction {
  id: string;
  customerId: string;
  customerName: string;
  caseFileId: string;
  at: Date;
  subject: string;
  excerpt: string;
}

export interface Found {
  customers: FoundCustomer[];
  interactions: FoundInteraction[];
}

const MOST = 20;

/** Finds customers by name, number, address, line or reference, and interactions by their words. Two characters at least. */
export async function search(db: Kysely<DB>, words: string): Promise<Found> {
  const asked = words.trim();
  if (asked.length < 2) return { customers: [], interactions: [] };
  const [byPoint, byName, found] = await Promise.all([
    customersByPoint(db, asked),
    customersByName(db, asked),
    interactionsByWords(db, asked),
  ]);
  const interactions = found.map((each) => ({ ...each, excerpt: hidePersonalLinks(each.excerpt) }));
  const seen = new Set(byPoint.map((each) => each.id));
  return { customers: [...byPoint, ...byName.filter((each) => !seen.has(each.id))].slice(0, MOST), interactions };
}

async function customersByPoint(db: Kysely<DB>, asked: string): Promise<FoundCustomer[]> {
  const phone = /^[+\d][\d .()-]{3,}$/.test(asked) ? normalisePhone(asked) : undefined;
  const mail = asked.includes('@') ? (normaliseMail(asked) ?? asked.toLowerCase()) : undefined;
  const reference = /^[\w-]{4,40}$/.test(asked) && /\d/.test(asked) ? asked.toUpperCase() : undefined;
  const points =
    phone || mail
      ? base(db)
          .innerJoin('contactPoint', 'contactPoint.customerId', 'customer.id')
          .where('contactPoint.kind', '=', phone ? 'phone' : 'mail')
          .where('contactPoint.value', 'like', `${escapeLike(phone ?? mail ?? '')}%`)
          .select('contactPoint.value as found')
          .limit(MOST)
          .execute()
      : [];
  const references = reference
    ? base(db).where('customer.reference', '=', reference).select('customer.reference as found').execute()
    : [];
  const lines = reference
    ? base(db)
        .innerJoin('line', 'line.customerId', 'customer.id')
        .where('line.reference', 'like', `${escapeLike(reference)}%`)
        .select('line.reference as found')
        .limit(MOST)
        .execute()
    : [];
  return (await Promise.all([references, lines, points])).flat();
}

async function customersByName(db: Kysely<DB>, asked: string): Promise<FoundCustomer[]> {
  const pattern = sql<string>`'%' || search_text(${escapeLike(asked)}) || '%'`;
  const persons = db
    .selectFrom('person')
    .where(sql<boolean>`search_text(given_name || ' ' || family_name) like ${pattern}`)
    .select('customerId')
    .limit(MOST);
  const named = db
    .selectFrom('customer')
    .where(sql<boolean>`search_text(name) like ${pattern}`)
    .select('id')
    .limit(MOST);
  const found = db
    .selectFrom(named.as('named'))
    .select('named.id')
    .union(db.selectFrom(persons.as('ofPersons')).select('ofPersons.customerId as id'));
  return (
    base(db)
      // One list of ids, not two joined by "or": with that, every customer would be looked at.
      .where('customer.id', 'in', found)
      .select(sql<string | null>`null`.as('found'))
      .orderBy(sql`search_text(customer.name) like search_text(${escapeLike(asked)}) || '%' desc`)
      .orderBy('customer.name')
      .limit(MOST)
      .execute()
  );
}

function base(db: Kysely<DB>) {
  return db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'customer.name', 'customer.reference', 'commune.name as commune', 'customer.advisorId']);
}

const NEWEST = 2_000;
const ENOUGH = 500;

/**
 * Interactions that hold every word (the last one may be unfinished), newest first. A frequent word is found among the
 * newest ones, without asking the index for each of its hundred thousand places; for the others the first five hundred
 * matches of the index are looked at.
 */
async function interactionsByWords(db: Kysely<DB>, asked: string): Promise<FoundInteraction[]> {
  const terms = asked.match(/[\p{L}\p{N}]+/gu)?.slice(0, 8) ?? [];
  if (terms.length === 0) return [];
  const query = terms.map((term, index) => (index === terms.length - 1 ? `${term}:*` : term)).join(' & ');
  const matches = sql<boolean>`search @@ to_tsquery('simple', search_text(${query}))`;
  const newest = db.selectFrom('interaction').orderBy('at', 'desc').limit(NEWEST).selectAll().as('newest');
  const recent = await withCustomer(db, db.selectFrom(newest).where(matches).select(SHOWN).limit(MOST)).execute();
  if (recent.length === MOST) return recent;
  const found = db.selectFrom('interaction').where(matches).select(SHOWN).limit(ENOUGH).as('found');
  return withCustomer(db, db.selectFrom(found).select(SHOWN).orderBy('at', 'desc').limit(MOST)).execute();
}

const SHOWN = ['id', 'customerId', 'caseFileId', 'at', 'subject', 'text'] as const;
type Hit = Pick<Selectable<DB['interaction']>, (typeof SHOWN)[number]>;

/** Names are looked up for the few that are shown, never for all that match. */
function withCustomer(db: Kysely<DB>, hits: SelectQueryBuilder<DB, never, Hit>) {
  return db
    .with(
      (cte) => cte('hit').materialized(),
      () => hits,
    )
    .selectFrom('hit')
    .innerJoin('customer', 'customer.id', 'hit.customerId')
    .select([
      'hit.id',
      'hit.customerId',
      'customer.name as customerName',
      'hit.caseFileId',
      'hit.at',
      'hit.subject',
      sql<string>`left(hit.text, 200)`.as('excerpt'),
    ])
    .orderBy('hit.at', 'desc');
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
