import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { forgetBlobs, storeBlob } from '../interactions/blobs.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import type { Logo } from './logo.ts';

/** Name, accent and logo: all of the look an operator sets. */
export interface Look {
  name?: string;
  /** As people write it: #1d4e5f, 1D4E5F, #abc. */
  accent?: string;
  /** Made by prepareLogo; null shows none. */
  logo?: Logo | null;
}

export type LookChanged =
  | { ok: true }
  | { ok: false; why: 'not_allowed' | 'no_operator' | 'name_missing' | 'name_long' | 'accent_unreadable' };

const LONGEST_NAME = 60;

/** Changes how the operator looks, on pages, in the workspace and in mails, from now on. Every look is kept with who and when. */
export async function changeLook(tx: Tx, actor: Actor, input: Look): Promise<LookChanged> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  const before = await tx.db.selectFrom('operator').select(['name', 'accent', 'logo']).forUpdate().executeTakeFirst();
  if (!before) return { ok: false, why: 'no_operator' };
  const name = (input.name ?? before.name).replace(/\s+/g, ' ').trim();
  const accent = readAccent(input.accent ?? before.accent);
  if (!name) return { ok: false, why: 'name_missing' };
  if (name.length > LONGEST_NAME) return { ok: false, why: 'name_long' };
  if (!accent) return { ok: false, why: 'accent_unreadable' };
  const logo = input.logo === undefined ? before.logo : input.logo && (await storeBlob(tx, input.logo.bytes));
  const shape = input.logo ? { logoWidth: input.logo.width } : {};
  await keepLookOfBefore(tx, before);
  await tx.db
    .updateTable('operator')
    .set({ name, accent, logo, ...shape, changedAt: tx.now })
    .execute();
  await keepLook(tx, staffIdOf(actor), { name, accent, logo });
  if (before.logo && !(logo && before.logo.equals(logo))) await forgetBlobs(tx, [before.logo]);
  await recordChange(tx, actor, { action: 'change look', event: 'operator.look_changed' });
  return { ok: true };
}

/** A colour as it is stored, like #1d4e5f; undefined when it is none. */
export function readAccent(typed: string): string | undefined {
  const digits = typed.trim().toLowerCase().replace(/^#/, '');
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`;
  return /^[0-9a-f]{3}$/.test(digits) ? `#${[...digits].map((each) => each + each).join('')}` : undefined;
}

interface Kept {
  name: string;
  accent: string;
  logo: Buffer | null;
}

/** The look there was before anybody changed it here, so that the list of looks begins with it. */
async function keepLookOfBefore(tx: Tx, before: Kept): Promise<void> {
  const kept = await tx.db.selectFrom('operatorLook').select('id').limit(1).executeTakeFirst();
  const operator = await tx.db.selectFrom('operator').select('changedAt').executeTakeFirstOrThrow();
  if (!kept) await keepLook({ ...tx, now: operator.changedAt }, null, before);
}

async function keepLook(tx: Tx, byStaff: string | null, { name, accent, logo }: Kept): Promise<void> {
  await tx.db
    .insertInto('operatorLook')
    .values({ id: newId(), at: tx.now, byStaff, name, accent, logoKey: logo ? logoKey(logo) : null })
    .execute();
}

/** Changes with the logo: part of its address. */
export function logoKey(sha256: Buffer): string {
  return sha256.toString('hex').slice(0, 12);
}
