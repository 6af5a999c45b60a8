import { Command, Option } from 'commander';
import { normaliseMail } from '../core/identity/mail-address.ts';
import { normalisePhone } from '../core/identity/phone.ts';
import type { House } from '../desk/house.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

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
  return new Command('setup')
    .description('name the operator, its one number and its mail address; run it again to change them')
    .requiredOption('--name <name>', 'as people see it')
    .requiredOption('--phone <number>', 'the one number for everyone')
    .requiredOption('--mail <address>', 'the contact address; its domain is the organisation’s')
    .option('--accent <colour>', 'like #1d4e5f')
    .option('--time-zone <zone>', 'IANA name', 'Europe/Paris')
    .addOption(new Option('--locale <locale>', 'first language').choices(['fr', 'en']).default('fr'))
    .action(async (setup: Setup, command: Command) => {
      const phone = normalisePhone(setup.phone);
      const mail = normaliseMail(setup.mail);
      if (!setup.name.trim())
        command.error(
          toOperator({ fr: 'Le nom est vide. Donnez-le avec --name.', en: 'The name is empty. Give it with --name.' }),
        );
      if (!phone)
        return command.error(
          toOperator({
            fr: `« ${setup.phone} » n'est pas un numéro. Écrivez-le comme +33 3 53 01 00 00.`,
            en: `"${setup.phone}" is not a phone number. Write it like +33 3 53 01 00 00.`,
          }),
        );
      if (!mail)
        return command.error(
          toOperator({
            fr: `« ${setup.mail} » n'est pas une adresse de courriel. Écrivez-la comme contact@example.org.`,
            en: `"${setup.mail}" is not a mail address. Write it like contact@example.org.`,
          }),
        );
      if (setup.accent && !/^#[0-9a-f]{6}$/.test(setup.accent))
        command.error(
          toOperator({ fr: "Une couleur s'écrit comme #1d4e5f.", en: 'A colour is written like #1d4e5f.' }),
        );
      if (!isTimeZone(setup.timeZone))
        command.error(
          toOperator({
            fr: `« ${setup.timeZone} » n'est pas un fuseau horaire. Écrivez-le comme Europe/Paris.`,
            en: `"${setup.timeZone}" is no time zone. Write it like Europe/Paris.`,
          }),
        );
      const done = await withHouse((house) => nameOperator(house, { ...setup, phone, mail }));
      if (done)
        say(
          command,
          { ok: true, phone, mail },
          `${setup.name.trim()} is set up. Next: visavis import advisors FILE.csv, then visavis import customers FILE.csv`,
        );
      else
        refuse(
          command,
          { ok: false, why: 'demo' },
          'This installation shows the demo. Remove it first: visavis demo remove',
        );
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
