import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

export interface KeptLook {
  at: Date;
  /** Null for the look the installation began with, or of somebody whose account is gone. */
  by: string | null;
  name: string;
  accent: string;
  logoKey: string | null;
}

/** The looks there were, newest first. */
export async function readLooks(db: Kysely<DB>, limit: number): Promise<KeptLook[]> {
  return db
    .selectFrom('operatorLook')
    .leftJoin('staff', 'staff.id', 'operatorLook.byStaff')
    .select(['operatorLook.at', 'staff.name as by', 'operatorLook.name', 'accent', 'logoKey'])
    .orderBy('operatorLook.at', 'desc')
    .orderBy('operatorLook.id', 'desc')
    .limit(limit)
    .execute();
}

/** The operator's logo as stored, or undefined. */
export async function readLogo(db: Kysely<DB>): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('operator')
    .innerJoin('blob', 'blob.sha256', 'operator.logo')
    .select('bytes')
    .executeTakeFirst();
  return row?.bytes;
}
