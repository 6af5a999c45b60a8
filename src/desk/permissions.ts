import type { Actor, StaffRole } from './actor.ts';

/** Everything that needs permission, in plain words, and which staff roles have it. Customers and the public never do. */
export const permissions = {
  'work on case files': ['advisor', 'lead', 'administrator'],
  'read customers': ['advisor', 'lead', 'administrator'],
  'add customers': ['advisor', 'lead', 'administrator'],
  'change lines': ['lead', 'administrator'],
  'export a customer': ['lead', 'administrator'],
  'erase a customer': ['administrator'],
  'sort the tray': ['advisor', 'lead', 'administrator'],
  'change own card': ['advisor', 'lead', 'administrator'],
  'enter own absence': ['advisor', 'lead', 'administrator'],
  'enter any absence': ['lead', 'administrator'],
  'build caseloads': ['lead', 'administrator'],
  'read figures': ['lead', 'administrator'],
  'see the outbox': ['lead', 'administrator'],
  'explain decisions': ['advisor', 'lead', 'administrator'],
  'report calls': ['advisor', 'lead', 'administrator'],
  'watch the phones': ['lead', 'administrator'],
  'moderate comments': ['moderator', 'administrator'],
  'write posts': ['moderator', 'lead', 'administrator'],
  'run the installation': ['administrator'],
} as const satisfies Record<string, readonly StaffRole[]>;

export type Permission = keyof typeof permissions;

/** Whether this actor may do this. The system may do everything; customers and the public act on their own pages only. */
export function can(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff' && actor.kind !== 'integration') return false;
  return (permissions[permission] as readonly StaffRole[]).includes(actor.role);
}
