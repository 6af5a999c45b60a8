import { Command, Option } from 'commander';
import { normaliseMail } from '../core/identity/mail-address.ts';
import { normalisePhone } from '../core/identity/phone.ts';
import type { Channel } from '../core/routing/request.ts';
import type { Locale } from '../core/text/typeset.ts';
import { explainRoute } from '../desk/views/route.ts';
import { languageOption } from './language-option.ts';
import { routeHelp, routeWords } from './route-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { allToOperator, inLanguage } from './usage-words.ts';

interface Asked {
  channel: Channel;
  phone?: string;
  mail?: string;
  lang: Locale;
}

/** `visavis route --phone …`: who would answer now, and why, without doing anything. */
export function routeCommand(withHouse: WithHouse): Command {
  const help = allToOperator(routeHelp);
  return new Command('route')
    .description(help.about)
    .addOption(
      new Option('--channel <channel>', help.channel)
        .choices(['call', 'mail', 'sms', 'message', 'visit', 'letter', 'comment'])
        .default('call'),
    )
    .option('--phone <number>', help.phone)
    .option('--mail <address>', help.mail)
    .addOption(languageOption())
    .action(async ({ channel, phone: typedPhone, mail: typedMail, lang }: Asked, command: Command) => {
      const phone = typedPhone === undefined ? undefined : normalisePhone(typedPhone);
      const mail = typedMail === undefined ? undefined : normaliseMail(typedMail);
      if (typedPhone !== undefined && !phone) command.error(inLanguage(routeWords.noPhone(typedPhone), lang));
      if (typedMail !== undefined && !mail) command.error(inLanguage(routeWords.noMail(typedMail), lang));
      const explained = await withHouse((house) =>
        explainRoute(
          { db: house.db, now: house.clock() },
          { channel, ...(phone ? { phone } : {}), ...(mail ? { mail } : {}) },
        ),
      );
      if (explained.reasons.length === 0)
        return refuse(command, explained, asIs(inLanguage(routeWords.noReason, lang)));
      const who = explained.customerId ? '' : `${inLanguage(routeWords.nobody, lang)}\n`;
      say(command, explained, asIs(who + explained.reasons.map((reason) => `- ${reason[lang]}`).join('\n')));
    });
}
