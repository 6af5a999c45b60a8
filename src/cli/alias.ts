import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { currentAlias, replaceAlias } from '../desk/aliases/aliases.ts';
import { readRoster } from '../desk/views/roster.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis alias …`: the public mail addresses of advisors. */
export function aliasCommand(withHouse: WithHouse): Command {
  const command = new Command('alias').description('the public mail addresses on the pages of advisors');
  command
    .command('list')
    .description('the address that stands on each page this month')
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
        table(
          ['advisor', 'alias'],
          aliases.map(({ advisor, alias }) => [advisor, alias]),
        ),
      );
    });
  command
    .command('replace')
    .argument('<alias>', 'an address that gets spam')
    .option('--why <words>', 'kept in the history', '')
    .description('take an address off the page; another stands there at once')
    .action(async (address: string, { why }: { why: string }, own: Command) => {
      const replaced = await withHouse((house) => house.transact((tx) => replaceAlias(tx, system, { address, why })));
      if (!replaced.ok) return refuse(own, replaced, sentences[replaced.why]);
      say(own, replaced, `Replaced. The page now shows ${replaced.next}`);
    });
  return command;
}

const sentences = {
  not_ours: {
    fr: "Cette adresse n'est pas de nous. Copiez-la de « visavis alias list » ou du courrier indésirable.",
    en: 'This is not an address we made. Copy it from "visavis alias list" or from the spam itself.',
  },
  already: {
    fr: 'Cette adresse a déjà été remplacée. « visavis alias list » donne celle de la page.',
    en: 'This address has been replaced before. See "visavis alias list" for the one on the page now.',
  },
  often: {
    fr: "Ce mois-ci n'a plus d'adresse pour cette personne. Attendez le mois prochain.",
    en: 'This month has no further address for this advisor. Wait for the next month.',
  },
};
