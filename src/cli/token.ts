import { Command, InvalidArgumentError } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { makeApiToken } from '../desk/people/api-tokens.ts';
import { entryHelp, entryProblems } from './account-words.ts';
import { readRole } from './role.ts';
import { asIs, say, type WithHouse } from './say.ts';
import { allToOperator, toOperator } from './usage-words.ts';

/** `visavis token --role admin`: a bearer token for the API, printed once. */
export function tokenCommand(withHouse: WithHouse): Command {
  const help = allToOperator(entryHelp);
  return new Command('token')
    .description(help.token)
    .requiredOption('--role <role>', help.tokenRole, readRole)
    .option('--name <name>', help.tokenName, 'command line')
    .option('--days <count>', help.days, days)
    .action(async (options: { role: StaffRole; name: string; days?: number }, command: Command) => {
      const { role, name } = options;
      const token = await withHouse((house) =>
        house.transact((tx) => makeApiToken(tx, { role, name, validForDays: options.days })),
      );
      say(command, { token, role, name }, asIs(token));
    });
}

function days(typed: string): number {
  if (!/^[1-9]\d{0,3}$/.test(typed)) throw new InvalidArgumentError(toOperator(entryProblems.days));
  return Number(typed);
}
