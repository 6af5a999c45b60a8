import { Command, Option } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { system } from '../desk/actor.ts';
import { type Invitation, type Invited, inviteStaff, type Left, leaveStaff, listStaff } from '../desk/people/staff.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

const roles: readonly StaffRole[] = ['advisor', 'lead', 'moderator', 'administrator'];

/** `visavis staff invite|list|leave`: who may sign in to the workspace. */
export function staffCommand(withHouse: WithHouse): Command {
  const staff = new Command('staff').description('who signs in to the workspace');
  staff
    .command('invite')
    .description('make an account and print the link that sets its password, once, within 72 hours')
    .requiredOption('--mail <address>', 'work address')
    .requiredOption('--name <name>', 'full name')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--advisor <mail-or-id>', 'the advisor this person is (needed for the role advisor)')
    .addOption(new Option('--locale <locale>', 'language').choices(['fr', 'en']).default('fr'))
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
    .description('everyone who signs in, or once did')
    .action(async (_options, command: Command) => {
      const all = await withHouse((house) => listStaff(house.db));
      const lines = all.map((each) => [each.leftAt ? 'left' : each.role, each.mail, each.name].join('\t'));
      say(command, all, lines.join('\n'));
    });
  staff
    .command('leave')
    .description('end every session, password, passkey, link and token of somebody who leaves')
    .requiredOption('--mail <address>', 'work address')
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

const inviteRefusals: Record<Extract<Invited, { kind: 'refused' }>['why'], Both> = {
  'not allowed': { fr: 'Seul un administrateur peut inviter.', en: 'Only an administrator may invite.' },
  'wrong mail': {
    fr: "Cette adresse de courriel n'est pas complète. Écrivez-la comme nom@example.org.",
    en: 'This is not a complete mail address. Write it like name@example.org.',
  },
  'no name': { fr: 'Le nom est vide. Donnez-le avec --name.', en: 'The name is empty. Give it with --name.' },
  'has an account': {
    fr: 'Cette adresse se connecte déjà. Un mot de passe oublié se renouvelle sur la page de connexion.',
    en: 'This address signs in already. A forgotten password is renewed on the sign-in page.',
  },
  'advisor needed': {
    fr: "Ce compte est celui d'un interlocuteur. Nommez-le avec --advisor. Voyez : visavis advisor list",
    en: 'An advisor’s account belongs to an advisor. Name one with --advisor. See: visavis advisor list',
  },
  'unknown advisor': {
    fr: "Aucun interlocuteur n'a cette adresse ou cet identifiant. Voyez : visavis advisor list",
    en: 'No advisor has this address or id. See: visavis advisor list',
  },
  'advisor taken': {
    fr: "Un autre compte est déjà celui de cette personne. Fermez-le d'abord.",
    en: 'Another account belongs to this advisor already. Let that one leave first.',
  },
};

function inviteWords(invited: Invited, mail: string): string {
  if (invited.kind === 'refused') return toOperator(inviteRefusals[invited.why]);
  return invited.mailed
    ? `An invitation to ${mail} is on its way. The same link:\n${invited.link}`
    : `Nothing is sent, because no mail can leave (VISAVIS_SMTP_URL). Hand this link to ${mail}:\n${invited.link}`;
}

const leaveRefusals: Record<Extract<Left, { kind: 'refused' }>['why'], Both> = {
  'not allowed': { fr: 'Seul un administrateur peut le faire.', en: 'Only an administrator may do this.' },
  unknown: {
    fr: 'Personne ne se connecte avec cette adresse. Voyez : visavis staff list',
    en: 'Nobody signs in with this address. See: visavis staff list',
  },
  'last administrator': {
    fr: "C'est le dernier administrateur. Invitez-en d'abord un autre.",
    en: 'This is the last administrator. Invite another one first.',
  },
};

function leaveWords(left: Left, mail: string): string {
  if (left.kind === 'refused') return toOperator(leaveRefusals[left.why]);
  return `${mail} cannot sign in any more. What they wrote stays.`;
}
