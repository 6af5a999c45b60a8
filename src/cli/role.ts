import { InvalidArgumentError } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { entryProblems } from './account-words.ts';
import { toOperator } from './usage-words.ts';

const roles: readonly StaffRole[] = ['advisor', 'lead', 'moderator', 'administrator'];

/** A role as typed; `admin` is short for administrator. */
export function readRole(typed: string): StaffRole {
  const role = roles.find((each) => each === (typed === 'admin' ? 'administrator' : typed));
  if (!role) throw new InvalidArgumentError(toOperator(entryProblems.role(roles)));
  return role;
}
