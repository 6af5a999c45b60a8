import { Command, Option } from 'commander';
import { normaliseMail } from '../core/identity/mail-address.ts';
import { normalisePhone } from '../core/identity/phone.ts';
import type { Channel } from '../core/routing/request.ts';
import { explainRoute } from '../desk/views/route.ts';
import { refuse, say, type WithHouse } from './say.ts';

interface Asked {
  channel: Channel;
  phone?: string;
  mail?: string;
  locale: 'fr' | 'en';
}

/** `visavis route --phone …`: who would answer now, and why, without doing anything. */
export function routeCommand(withHouse: WithHouse): Command {
  return new Command('route')
    .description('who would answer a call or message right now, and why; nothing is done')
    .addOption(
      new Option('--channel <channel>')
        .choices(['call', 'mail', 'sms', 'message', 'visit', 'letter', 'comment'])
        .default('call'),
    )
    .option('--phone <number>', 'from this number')
    .option('--mail <address>', 'from this address')
    .addOption(new Option('--locale <locale>', 'language of the reasons').choices(['fr', 'en']).default('en'))
    .action(async ({ channel, phone: typedPhone, mail: typedMail, locale }: Asked, command: Command) => {
      const phone = typedPhone === undefined ? undefined : normalisePhone(typedPhone);
      const mail = typedMail === undefined ? undefined : normaliseMail(typedMail);
      if (typedPhone !== undefined && !phone)
        command.error(`"${typedPhone}" is not a phone number. Write it like +33 3 53 01 20 30.`);
      if (typedMail !== undefined && !mail)
        command.error(`"${typedMail}" is not a mail address. Write it like name@example.org.`);
      const explained = await withHouse((house) =>
        explainRoute(
          { db: house.db, now: house.clock() },
          { channel, ...(phone ? { phone } : {}), ...(mail ? { mail } : {}) },
        ),
      );
      if (explained.reasons.length === 0) return refuse(command, explained, 'No reason was given for this decision.');
      const who = explained.customerId ? '' : 'Nobody on file has this number or address.\n';
      say(command, explained, who + explained.reasons.map((reason) => `- ${reason[locale]}`).join('\n'));
    });
}
