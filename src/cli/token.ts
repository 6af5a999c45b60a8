import { Command, InvalidArgumentError } from 'commander';
import type { StaffRole } from '../desk/actor.ts';
import { makeApiToken } from '../desk/people/api-tokens.ts';
import { readRole } from './role.ts';
import { say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

/** `visavis token --role admin`: a bearer token for the API, printed once. */
export function tokenCommand(withHouse: WithHouse): Command {
  return new Command('token')
    .description('print a bearer token for the API; it is shown this once')
    .requiredOption('--role <role>', 'what it may do: advisor, lead, moderator, admin', readRole)
    .option('--name <name>', 'which system uses it', 'command line')
    .option('--days <number>', 'how long it may be used; without it, until it is revoked', days)
    .action(async (options: { role: StaffRole; name: string; days?: number }, command: Command) => {
      const { role, name } = options;
      const token = await withHouse((house) =>
        house.transact((tx) => makeApiToken(tx, { role, name, validForDays: options.days })),
      );
      say(command, { token, role, name }, token);
    });
}

function days(typed: string): number {
  if (!/^[1-9]\d{0,3}$/.test(typed))
    throw new InvalidArgumentError(
      toOperator({ fr: 'Écrivez un nombre de jours, de 1 à 9999.', en: 'Write a number of days, from 1 to 9999.' }),
    );
  return Number(typed);
}
