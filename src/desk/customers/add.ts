import { randomInt } from 'node:crypto';
import { normaliseReference } from '../../core/identity/reference.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { readPoint } from './contact-point-value.ts';
import { placeCustomer } from './place.ts';
import type { CustomerProblem } from './problems.ts';

export interface NewCustomer {
  kind: 'household' | 'business' | 'town_hall';
  name: string;
  /** INSEE code, or the name, with postcode or département where several communes share it. */
  commune: string;
  /** Needed where the commune is cut into sectors. */
  sector?: string | undefined;
  locale?: 'fr' | 'en' | undefined;
  /** Customer number; one is made when there is none. */
  reference?: string | undefined;
  people?: readonly { givenName?: string | undefined; familyName: string; role?: string | undefined }[];
  phones?: readonly string[];
  mails?: readonly string[];
  /** Postal address, with line feeds. */
  address?: string | undefined;
  lines?: readonly { reference: string; product: string; serviceLevel?: string | undefined }[];
}

export type CustomerAdded =
  | { ok: true; id: string; reference: string; advisorId: string; areaId: string }
  | { ok: false; why: 'not_allowed' }
  | { ok: false; why: 'problems'; problems: CustomerProblem[] };

interface Read {
  reference: string;
  points: { kind: 'phone' | 'mail' | 'postal'; value: string }[];
  lines: { reference: string; product: string; serviceLevel: string }[];
}

/** Adds a customer with everything known of them; the advisor of their area is in charge from the first row. */
export async function addCustomer(tx: Tx, actor: Actor, input: NewCustomer): Promise<CustomerAdded> {
  if (!can(actor, 'add customers')) return { ok: false, why: 'not_allowed' };
  const problems: CustomerProblem[] = [];
  const name = input.name.trim();
  if (!name) problems.push({ field: 'name', why: 'missing', value: '' });
  const place = await placeCustomer(tx, input.commune, input.sector);
  if ('why' in place) problems.push(place);
  const read = readAll(input, problems);
  problems.push(...(await taken(tx, read)));
  if (problems.length > 0 || 'why' in place) return { ok: false, why: 'problems', problems };
  const id = newId();
  await tx.db
    .insertInto('customer')
    .values({
      id,
      kind: input.kind,
      name,
      reference: read.reference,
      areaId: place.areaId,
      advisorId: place.advisorId,
      locale: input.locale,
      createdAt: tx.now,
      demo: await isDemo(tx.db),
    })
    .execute();
  await insertDetails(tx, id, name, input.people ?? [], read);
  await tx.record({ type: 'customer.added', customerId: id, advisorId: place.advisorId });
  return { ok: true, id, reference: read.reference, ...place };
}

function readAll(input: NewCustomer, problems: CustomerProblem[]): Read {
  const points: Read['points'] = [];
  const typed = [
    ...(input.phones ?? []).map((value) => ({ kind: 'phone' as const, value })),
    ...(input.mails ?? []).map((value) => ({ kind: 'mail' as const, value })),
    ...(input.address?.trim() ? [{ kind: 'postal' as const, value: input.address }] : []),
  ];
  for (const { kind, value } of typed) {
    const read = readPoint(kind, value);
    if (!read) problems.push({ field: kind === 'mail' ? 'mail' : 'phone', why: 'unreadable', value });
    else if (!points.some((point) => point.kind === kind && point.value === read)) points.push({ kind, value: read });
  }
  const lines = (input.lines ?? []).flatMap((line) => {
    const reference = normaliseReference(line.reference);
    if (!reference) problems.push({ field: 'line', why: 'unreadable', value: line.reference });
    return reference
      ? [{ reference, product: line.product, serviceLevel: line.serviceLevel?.trim() || 'standard' }]
      : [];
  });
  const reference = input.reference ? normaliseReference(input.reference) : `C${randomInt(10_000_000, 99_999_999)}`;
  if (!reference) problems.push({ field: 'reference', why: 'unreadable', value: input.reference ?? '' });
  return { reference: reference ?? '', points, lines };
}

async function taken({ db }: Tx, { reference, lines }: Read): Promise<CustomerProblem[]> {
  const problems: CustomerProblem[] = [];
  const same = await db.selectFrom('customer').where('reference', '=', reference).select('id').executeTakeFirst();
  if (same) problems.push({ field: 'reference', why: 'taken', value: reference });
  const levels = await db.selectFrom('serviceLevel').select('code').execute();
  const seen = new Set<string>();
  for (const line of lines) {
    const other = await db.selectFrom('line').where('reference', '=', line.reference).select('id').executeTakeFirst();
    if (other || seen.has(line.reference)) problems.push({ field: 'line', why: 'taken', value: line.reference });
    seen.add(line.reference);
    if (!levels.some((level) => level.code === line.serviceLevel))
      problems.push({
        field: 'serviceLevel',
        why: 'choose',
        value: line.serviceLevel,
        choices: levels.map((level) => level.code),
      });
  }
  return problems;
}

async function insertDetails(
  { db }: Tx,
  customerId: string,
  name: string,
  people: NonNullable<NewCustomer['people']>,
  { points, lines }: Read,
): Promise<void> {
  const named = people.length > 0 ? people : [{ familyName: name }];
  await db
    .insertInto('person')
    .values(
      named.map((person) => ({
        id: newId(),
        customerId,
        givenName: person.givenName ?? '',
        familyName: person.familyName,
        role: person.role ?? null,
      })),
    )
    .execute();
  if (points.length > 0)
    await db
      .insertInto('contactPoint')
      .values(points.map((point) => ({ id: newId(), customerId, ...point })))
      .execute();
  if (lines.length > 0)
    await db
      .insertInto('line')
      .values(lines.map((line) => ({ id: newId(), customerId, ...line })))
      .execute();
}
