import { Command } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { makeOneTimeLink } from '../desk/people/one-time-links.ts';
import type { Tx } from '../desk/tx.ts';
import { readRole } from './role.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

const VALID_HOURS = 1;

/** `visavis sign-in-link --mail …`: a link that signs a member of staff in, once, within the hour. */
export function signInLinkCommand(withHouse: WithHouse): Command {
  return new Command('sign-in-link')
    .description('print a link that signs a member of staff in, once, within the hour')
    .option('--mail <address>', 'whose')
    .option('--role <role>', 'of the first with this role: advisor, lead, moderator, admin', readRole)
    .action(async ({ mail, role }: { mail?: string; role?: StaffRole }, command: Command) => {
      if (!mail === !role)
        command.error(
          toOperator({ fr: "Donnez --mail ou --role, l'un des deux.", en: 'Give --mail or --role, one of them.' }),
        );
      const found = await withHouse((house) => house.transact((tx) => makeLink(tx, mail, role)));
      if (found) say(command, found, found.link);
      else
        refuse(
          command,
          { ok: false, why: 'unknown' },
          toOperator({
            fr: 'Personne ne se connecte ici ainsi. Voyez : visavis staff list',
            en: 'Nobody like that signs in here. See: visavis staff list',
          }),
        );
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
