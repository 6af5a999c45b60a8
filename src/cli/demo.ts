import { Command, InvalidArgumentError } from 'commander';
import { isEmpty, plantDemo } from '../desk/demo/plant.ts';
import { removeDemo } from '../desk/demo/remove.ts';
import { demoHelp, demoWords } from './demo-words.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { allToOperator, toOperator } from './usage-words.ts';

/** `visavis demo plant|remove`: the invented operator in Doubs and Jura. */
export function demoCommand(withHouse: WithHouse): Command {
  const help = allToOperator(demoHelp);
  const demo = new Command('demo').description(help.about);
  demo
    .command('plant')
    .description(help.plant)
    .option('--customers <count>', help.customers, wholeNumber, 3_000)
    .option('--seed <seed>', help.seed, wholeNumber, 2_539)
    .action(async ({ customers, seed }: { customers: number; seed: number }, command: Command) => {
      const planted = await withHouse(async (house) =>
        (await isEmpty(house.db)) ? house.transact((tx) => plantDemo(tx, { now: tx.now, seed, customers })) : undefined,
      );
      if (!planted) return refuse(command, { ok: false, why: 'not_empty' }, demoWords.notEmpty);
      say(command, planted, demoWords.planted(planted));
    });
  demo
    .command('remove')
    .description(help.remove)
    .action(async (_options, command: Command) => {
      const removed = await withHouse((house) => house.transact(removeDemo));
      if (!removed.ok) return refuse(command, removed, demoWords.yours(removed.count));
      say(command, removed, removed.customers + removed.advisors === 0 ? demoWords.none : demoWords.removed(removed));
    });
  return demo;
}

function wholeNumber(typed: string): number {
  if (!/^\d{1,6}$/.test(typed)) throw new InvalidArgumentError(toOperator(demoWords.wholeNumber));
  return Number(typed);
}
