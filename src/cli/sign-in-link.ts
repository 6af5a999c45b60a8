import { Command } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { makeOneTimeLink } from '../desk/people/one-time-links.ts';
import type { Tx } from '../desk/tx.ts';
import { entryHelp, entryProblems } from './account-words.ts';
import { readRole } from './role.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { allToOperator, toOperator } from './usage-words.ts';

const VALID_HOURS = 1;

/** `visavis sign-in-link --mail …`: a link that signs a member of staff in, once, within the hour. */
export function signInLinkCommand(withHouse: WithHouse): Command {
  const help = allToOperator(entryHelp);
  return new Command('sign-in-link')
    .description(help.link)
    .option('--mail <address>', help.linkMail)
    .option('--role <role>', help.linkRole, readRole)
    .action(async ({ mail, role }: { mail?: string; role?: StaffRole }, command: Command) => {
      if (!mail === !role) command.error(toOperator(entryProblems.oneOfTwo));
      const found = await withHouse((house) => house.transact((tx) => makeLink(tx, mail, role)));
      if (found) say(command, found, asIs(found.link));
      else refuse(command, { ok: false, why: 'unknown' }, entryProblems.nobody);
    });
}

async function makeLink(tx: Tx, mail: string | undefined, role: StaffRole | undefined) {
  const staff = await tx.db
    .selectFrom('staff')
    .where('leftAt', 'is', null)
    .$if(mail !== undefined, (query) => query.where('email', '=', mail?.trim().toLowerCase() ?? ''))
    .$if(role !== undefined, (query) => query.where('role', '=', role ?? 'advisor'))
    .select(['id', 'name', 'role', 'locale'])
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  if (!staff) return undefined;
  const token = await makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: staff.id, validForHours: VALID_HOURS });
  return { name: staff.name, role: staff.role, link: `${tx.origin}/${staff.locale}/staff/enter/${token}` };
}
