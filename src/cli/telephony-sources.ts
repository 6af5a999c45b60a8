import { Command } from 'commander';
import { setExtension } from '../desk/advisors/extension.ts';
import { addCallSource, endCallSource } from '../desk/calls/sources.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { phoneSystemHelp, phoneSystemWords } from './telephony-words.ts';
import { allToOperator } from './usage-words.ts';

/** `visavis telephony source NAME`: another phone system may report its calls; prints its secret. */
export function sourceCommand(withHouse: WithHouse): Command {
  const help = allToOperator(phoneSystemHelp);
  return new Command('source')
    .argument('<name>', help.sourceName)
    .option('--end', help.end)
    .description(help.source)
    .action(async (name: string, { end }: { end?: true }, own: Command) => {
      if (end) {
        const ended = await withHouse((house) => house.transact((tx) => endCallSource(tx, name)));
        if (!ended) return refuse(own, { name }, phoneSystemWords.noSource(name));
        return say(own, { name, ended }, phoneSystemWords.ended(name));
      }
      const secret = await withHouse((house) => house.transact((tx) => addCallSource(tx, house.signingKey, name)));
      if (!secret) return refuse(own, { name }, phoneSystemWords.noName(name));
      say(own, { name, secret }, asIs(secret));
    });
}

/** `visavis telephony extension 203 ana@…`: what another phone system calls an advisor's phone. */
export function extensionCommand(withHouse: WithHouse): Command {
  const help = allToOperator(phoneSystemHelp);
  return new Command('extension')
    .argument('<extension>', help.extensionName)
    .argument('<mail>', help.mail)
    .description(help.extension)
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
      if (set === undefined) return refuse(own, { mail }, phoneSystemWords.noAdvisor(mail));
      if (!set) return refuse(own, { extension }, phoneSystemWords.noExtension(extension));
      say(own, { extension, mail }, phoneSystemWords.set(extension, mail));
    });
}
