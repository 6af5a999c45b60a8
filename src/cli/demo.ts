import { Command, InvalidArgumentError } from 'commander';
import { isEmpty, plantDemo } from '../desk/demo/plant.ts';
import { removeDemo } from '../desk/demo/remove.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

/** `visavis demo plant|remove`: the invented operator in Doubs and Jura. */
export function demoCommand(withHouse: WithHouse): Command {
  const demo = new Command('demo').description('an invented operator in Doubs and Jura, to look at');
  demo
    .command('plant')
    .description('plant it into an empty installation')
    .option('--customers <number>', 'households and businesses', wholeNumber, 3_000)
    .option('--seed <number>', 'the same seed makes the same people', wholeNumber, 2_539)
    .action(async ({ customers, seed }: { customers: number; seed: number }, command: Command) => {
      const planted = await withHouse(async (house) =>
        (await isEmpty(house.db)) ? house.transact((tx) => plantDemo(tx, { now: tx.now, seed, customers })) : undefined,
      );
      if (!planted)
        return refuse(
          command,
          { ok: false, why: 'not_empty' },
          {
            fr: "Cette installation a déjà un opérateur. La démonstration ne va que dans une installation vide. Une ancienne s'enlève par : visavis demo remove",
            en: 'This installation has an operator already. The demo is planted into an empty one only. An earlier demo goes with: visavis demo remove',
          },
        );
      say(
        command,
        planted,
        `Planted: ${planted.advisors} advisors, ${planted.areas} areas, ${planted.customers} customers, ${planted.interactions} interactions.`,
      );
    });
  demo
    .command('remove')
    .description('remove it with everything that was written to it')
    .action(async (_options, command: Command) => {
      const removed = await withHouse((house) => house.transact(removeDemo));
      if (!removed.ok)
        return refuse(command, removed, {
          fr: `Des clients à vous sont chez des interlocuteurs ou dans des secteurs de la démonstration (${removed.count}). Confiez-les d'abord à d'autres.`,
          en: `${removed.count} customers of your own are with demo advisors or in demo areas. Give them others first, then try again.`,
        });
      say(
        command,
        removed,
        removed.customers + removed.advisors === 0
          ? 'There was no demo.'
          : `Removed: ${removed.customers} customers, ${removed.advisors} advisors.`,
      );
    });
  return demo;
}

function wholeNumber(typed: string): number {
  if (!/^\d{1,6}$/.test(typed))
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre entier, comme 300.', en: 'Write a whole number, like 300.' }),
    );
  return Number(typed);
}
