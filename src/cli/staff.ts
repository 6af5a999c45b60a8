import { Command, Option } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { system } from '../desk/actor.ts';
import { type Invitation, type Invited, inviteStaff, leaveStaff, listStaff } from '../desk/people/staff.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { inviteWords, leaveWords, roleWords, staffHelp } from './account-words.ts';
import { asIs, say, type WithHouse } from './say.ts';
import { allToOperator, toOperator } from './usage-words.ts';

const roles: readonly StaffRole[] = ['advisor', 'lead', 'moderator', 'administrator'];

/** `visavis staff invite|list|leave`: who may sign in to the workspace. */
export function staffCommand(withHouse: WithHouse): Command {
  const help = allToOperator(staffHelp);
  const staff = new Command('staff').description(help.about);
  staff
    .command('invite')
    .description(help.invite)
    .requiredOption('--mail <address>', help.mail)
    .requiredOption('--name <name>', help.name)
    .addOption(new Option('--role <role>', help.role).choices(roles).makeOptionMandatory())
    .option('--advisor <mail-or-id>', help.advisor)
    .addOption(new Option('--locale <locale>', help.locale).choices(['fr', 'en']).default('fr'))
    .action(async ({ mail, name, role, advisor, locale }, command: Command) => {
      const invited = await withHouse(async ({ transact, config }) => {
        const result = await transact((tx) => invite(tx, { mail, name, role, locale }, advisor));
        return result.kind === 'invited'
          ? { ...result, mailed: result.mailed && config.smtpUrl !== undefined }
          : result;
      });
      say(command, invited, inviteWords(invited, mail));
      if (invited.kind === 'refused') process.exitCode = 1;
    });
  staff
    .command('list')
    .description(help.list)
    .action(async (_options, command: Command) => {
      const all = await withHouse((house) => listStaff(house.db));
      const lines = all.map((each) =>
        [toOperator(roleWords[each.leftAt ? 'left' : each.role]), each.mail, each.name].join('\t'),
      );
      say(command, all, asIs(lines.join('\n')));
    });
  staff
    .command('leave')
    .description(help.leave)
    .requiredOption('--mail <address>', help.mail)
    .action(async ({ mail }, command: Command) => {
      const left = await withHouse((house) => house.transact((tx) => leaveStaff(tx, system, { mail })));
      say(command, left, leaveWords(left, mail));
      if (left.kind === 'refused') process.exitCode = 1;
    });
  return staff;
}

async function invite(tx: Tx, invitation: Invitation, typedAdvisor: string | undefined): Promise<Invited> {
  if (typedAdvisor === undefined) return inviteStaff(tx, system, invitation);
  const advisor = await findAdvisor(tx.db, typedAdvisor);
  if (!advisor) return { kind: 'refused', why: 'unknown advisor' };
  return inviteStaff(tx, system, { ...invitation, advisorId: advisor.id });
}
