import type { Kysely } from 'kysely';
import { type Policy, policyWith, STANDARD_POLICY } from '../../core/routing/policy.ts';
import type { DB } from '../tables.ts';

/** Every policy this installation can still name, by version: those put in force here, and the product's standard. */
export async function policyVersions(db: Kysely<DB>): Promise<Map<string, Policy>> {
  const rows = await db.selectFrom('policyVersion').select(['version', 'policy']).execute();
  const stored = rows.map(({ version, policy }) => [version, policyWith({ ...(policy as object), version })] as const);
  return new Map([[STANDARD_POLICY.version, STANDARD_POLICY], ...stored]);
}
