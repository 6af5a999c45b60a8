/** Who acts. Every command is handed one; `can` (permissions.ts) says what each may do. */
export type Actor =
  | { kind: 'staff'; staffId: string; role: StaffRole; advisorId: string | null }
  | { kind: 'customer'; customerId: string }
  | { kind: 'public' }
  | { kind: 'integration'; name: string; role: StaffRole }
  | { kind: 'system' };

export type StaffRole = 'advisor' | 'lead' | 'moderator' | 'administrator';

export const system: Actor = { kind: 'system' };

/** The staff member who acts, or null: what goes into columns that say by whom. */
export function staffIdOf(actor: Actor): string | null {
  return actor.kind === 'staff' ? actor.staffId : null;
}
