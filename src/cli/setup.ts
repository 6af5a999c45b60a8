import { Command, Option } from 'commander';
import { normaliseMail } from '../core/identity/mail-address.ts';
import { normalisePhone } from '../core/identity/phone.ts';
import type { House } from '../desk/house.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { setUp, setupHelp, setupProblems } from './setup-words.ts';
import { allToOperator, toOperator } from './usage-words.ts';

interface Setup {
  name: string;
  phone: string;
  mail: string;
  accent?: string;
  timeZone: string;
  locale: 'fr' | 'en';
}

/** `visavis setup`: the operator as people see it; again to change it. */
export function setupCommand(withHouse: WithHouse): Command {
  const help = allToOperator(setupHelp);
  return new Command('setup')
    .description(help.about)
    .requiredOption('--name <name>', help.name)
    .requiredOption('--phone <number>', help.phone)
    .requiredOption('--mail <address>', help.mail)
    .option('--accent <colour>', help.accent)
    .option('--time-zone <zone>', help.timeZone, 'Europe/Paris')
    .addOption(new Option('--locale <locale>', help.locale).choices(['fr', 'en']).default('fr'))
    .action(async (setup: Setup, command: Command) => {
      const phone = normalisePhone(setup.phone);
      const mail = normaliseMail(setup.mail);
      if (!setup.name.trim()) command.error(toOperator(setupProblems.noName));
      if (!phone) return command.error(toOperator(setupProblems.phone(setup.phone)));
      if (!mail) return command.error(toOperator(setupProblems.mail(setup.mail)));
      if (setup.accent && !/^#[0-9a-f]{6}$/.test(setup.accent)) command.error(toOperator(setupProblems.colour));
      if (!isTimeZone(setup.timeZone)) command.error(toOperator(setupProblems.timeZone(setup.timeZone)));
      const done = await withHouse((house) => nameOperator(house, { ...setup, phone, mail }));
      if (done) say(command, { ok: true, phone, mail }, setUp(setup.name.trim()));
      else refuse(command, { ok: false, why: 'demo' }, setupProblems.demo);
    });
}

async function nameOperator(
  { transact }: House,
  { name, phone, mail, accent, timeZone, locale }: Setup,
): Promise<boolean> {
  return transact(async (tx) => {
    const row = {
      name: name.trim(),
      phone,
      contactMail: mail,
      mailDomain: mail.slice(mail.indexOf('@') + 1),
      timeZone,
      locale,
      ...(accent ? { accent } : {}),
      changedAt: tx.now,
    };
    const changed = await tx.db
      .insertInto('operator')
      .values(row)
      .onConflict((conflict) => conflict.column('onlyRow').doUpdateSet(row).where('operator.demo', '=', false))
      .returning('onlyRow')
      .executeTakeFirst();
    return changed !== undefined;
  });
}

function isTimeZone(name: string): boolean {
  return name.includes('/') && Intl.supportedValuesOf('timeZone').includes(name);
}
