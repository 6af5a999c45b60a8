import { Command } from 'commander';
import { setExtension } from '../desk/advisors/extension.ts';
import { addCallSource, endCallSource } from '../desk/calls/sources.ts';
import { refuse, say, type WithHouse } from './say.ts';

/** `visavis telephony source NAME`: another phone system may report its calls; prints its secret. */
export function sourceCommand(withHouse: WithHouse): Command {
  return new Command('source')
    .argument('<name>', 'a name of your choice: small letters, digits and hyphens, like pbx-1')
    .option('--end', 'it may report no longer')
    .description('let another phone system report its calls, and print its secret once')
    .action(async (name: string, { end }: { end?: true }, own: Command) => {
      if (end) {
        const ended = await withHouse((house) => house.transact((tx) => endCallSource(tx, name)));
        if (!ended)
          return refuse(
            own,
            { name },
            {
              fr: `Aucun système téléphonique nommé « ${name} » ne rapporte.`,
              en: `No phone system called "${name}" may report.`,
            },
          );
        return say(own, { name, ended }, `${name} may report no longer.`);
      }
      const secret = await withHouse((house) => house.transact((tx) => addCallSource(tx, house.signingKey, name)));
      if (!secret)
        return refuse(
          own,
          { name },
          {
            fr: `« ${name} » n'est pas un nom. Prenez des minuscules, chiffres et tirets, comme pbx-1.`,
            en: `"${name}" is no name. Use small letters, digits and hyphens, like pbx-1.`,
          },
        );
      say(own, { name, secret }, secret);
    });
}

/** `visavis telephony extension 203 ana@…`: what another phone system calls an advisor's phone. */
export function extensionCommand(withHouse: WithHouse): Command {
  return new Command('extension')
    .argument('<extension>', 'what that system calls the phone, like 203')
    .argument('<mail>', 'the advisor')
    .description('note what another phone system calls the phone of an advisor')
    .action(async (extension: string, mail: string, _options: object, own: Command) => {
      const set = await withHouse((house) =>
        house.transact(async (tx) => {
          const advisor = await tx.db
            .selectFrom('advisor')
            .where('mail', '=', mail.toLowerCase())
            .where('leftAt', 'is', null)
            .select('id')
            .executeTakeFirst();
          return advisor ? setExtension(tx, advisor.id, extension) : undefined;
        }),
      );
      if (set === undefined)
        return refuse(
          own,
          { mail },
          {
            fr: `Aucun interlocuteur n'a l'adresse ${mail}.`,
            en: `No advisor has the address ${mail}.`,
          },
        );
      if (!set)
        return refuse(
          own,
          { extension },
          {
            fr: `« ${extension} » n'est pas un poste. Prenez des lettres et des chiffres, comme 203.`,
            en: `"${extension}" is no extension. Use letters and digits, like 203.`,
          },
        );
      say(own, { extension, mail }, `${extension} is the phone of ${mail}.`);
    });
}
