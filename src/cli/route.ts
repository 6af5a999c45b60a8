import { Command, Option } from 'commander';
import { normaliseMail } from '../core/identity/mail-address.ts';
import { normalisePhone } from '../core/identity/phone.ts';
import type { Channel } from '../core/routing/request.ts';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { explainRoute } from '../desk/views/route.ts';
import { languageOption } from './language-option.ts';
import { refuse, say, type WithHouse } from './say.ts';

interface Asked {
  channel: Channel;
  phone?: string;
  mail?: string;
  lang: Locale;
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
    .addOption(languageOption())
    .action(async ({ channel, phone: typedPhone, mail: typedMail, lang }: Asked, command: Command) => {
      const words = wordsOf[lang];
      const phone = typedPhone === undefined ? undefined : normalisePhone(typedPhone);
      const mail = typedMail === undefined ? undefined : normaliseMail(typedMail);
      if (typedPhone !== undefined && !phone) command.error(typeset(words.noPhone(typedPhone), lang));
      if (typedMail !== undefined && !mail) command.error(typeset(words.noMail(typedMail), lang));
      const explained = await withHouse((house) =>
        explainRoute(
          { db: house.db, now: house.clock() },
          { channel, ...(phone ? { phone } : {}), ...(mail ? { mail } : {}) },
        ),
      );
      if (explained.reasons.length === 0) return refuse(command, explained, typeset(words.noReason, lang));
      const who = explained.customerId ? '' : `${typeset(words.nobody, lang)}\n`;
      say(command, explained, who + explained.reasons.map((reason) => `- ${reason[lang]}`).join('\n'));
    });
}

const wordsOf = {
  fr: {
    noPhone: (typed: string) => `« ${typed} » n'est pas un numéro de téléphone. Écrivez-le comme +33 3 53 01 20 30.`,
    noMail: (typed: string) => `« ${typed} » n'est pas une adresse de courriel. Écrivez-la comme nom@example.org.`,
    noReason: "Aucune raison n'a été donnée pour cette décision.",
    nobody: "Personne n'est enregistré sous ce numéro ou cette adresse.",
  },
  en: {
    noPhone: (typed: string) => `"${typed}" is not a phone number. Write it like +33 3 53 01 20 30.`,
    noMail: (typed: string) => `"${typed}" is not a mail address. Write it like name@example.org.`,
    noReason: 'No reason was given for this decision.',
    nobody: 'Nobody on file has this number or address.',
  },
} as const satisfies Record<Locale, object>;
