import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { currentAlias, replaceAlias } from '../desk/aliases/aliases.ts';
import { readRoster } from '../desk/views/roster.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { aliasHead, aliasHelp, aliasRefusals, aliasReplaced } from './alias-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { allToOperator } from './usage-words.ts';

/** `visavis alias …`: the public mail addresses of advisors. */
export function aliasCommand(withHouse: WithHouse): Command {
  const help = allToOperator(aliasHelp);
  const command = new Command('alias').description(help.about);
  command
    .command('list')
    .description(help.list)
    .action(async (_options: object, own: Command) => {
      const aliases = await withHouse(async (house) => {
        const keys = { db: house.db, now: house.clock(), signingKey: house.signingKey };
        const roster = await readRoster(house.db, keys.now);
        return Promise.all(
          [...roster.advisors.values()].map(async ({ id, fullName }) => ({
            advisor: fullName,
            alias: (await currentAlias(keys, id, roster)) ?? '',
          })),
        );
      });
      say(
        own,
        aliases,
        asIs(
          table(
            aliasHead[operatorLanguage(process.env)],
            aliases.map(({ advisor, alias }) => [advisor, alias]),
          ),
        ),
      );
    });
  command
    .command('replace')
    .argument('<alias>', help.alias)
    .option('--why <words>', help.why, '')
    .description(help.replace)
    .action(async (address: string, { why }: { why: string }, own: Command) => {
      const replaced = await withHouse((house) => house.transact((tx) => replaceAlias(tx, system, { address, why })));
      if (!replaced.ok) return refuse(own, replaced, aliasRefusals[replaced.why]);
      say(own, replaced, aliasReplaced(replaced.next));
    });
  return command;
}
