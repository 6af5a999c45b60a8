import { Command, InvalidArgumentError } from 'commander';
import { makePlan, type Plan } from '../desk/planning/make-plan.ts';
import { planSentences } from '../desk/planning/sentences.ts';
import { say, type WithHouse } from './say.ts';
import { table } from './table.ts';

interface Asked {
  customers?: number;
  calls?: number;
  messages?: number;
  callMinutes?: number;
  messageMinutes?: number;
  absence?: number;
  acceptance?: number;
  peak?: number;
  advisors?: number;
}

/** `visavis plan`: from recorded or entered demand to people; by formulas, nothing is changed. */
export function planCommand(withHouse: WithHouse): Command {
  return new Command('plan')
    .description('how many advisors the demand needs, and what one more or less would change; nothing is changed')
    .option('--customers <count>', 'customers', positive)
    .option('--calls <count>', 'calls a month', positive)
    .option('--messages <count>', 'written messages a month', positive)
    .option('--call-minutes <minutes>', 'mean length of a call', positive)
    .option('--message-minutes <minutes>', 'mean work of a message', positive)
    .option('--absence <percent>', 'working days an advisor is away, in 100', percentage)
    .option('--acceptance <percent>', 'callers who accept a callback of their own advisor, in 100', percentage)
    .option('--peak <factor>', 'calls of the busiest hour ÷ calls of a mean hour', positive)
    .option('--advisors <count>', 'look at this number of advisors', whole)
    .addHelpText('after', '\nWhat is not entered is measured over 90 days; what was not measured is assumed.')
    .action(async (asked: Asked, command: Command) => {
      const plan = await withHouse(({ db, clock }) => makePlan(db, clock(), asked));
      say(command, plan, words(plan));
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 1e9) throw new InvalidArgumentError('Write a number above 0.');
  return value;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value) || value > 5_000) throw new InvalidArgumentError('Write a whole number up to 5000.');
  return value;
}

function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 90))
    throw new InvalidArgumentError('Write a number from 0 to 90.');
  return value / 100;
}

function words(plan: Plan): string {
  const { fewer, chosen, more, sensitivity } = plan;
  const columns = [fewer, chosen, more].flatMap((each) => each ?? []);
  const shown = (value: number, digits: number, factor: number) => (value * factor).toFixed(digits);
  const row = (name: string, key: keyof typeof chosen, digits: number, factor = 1) => [
    name,
    ...columns.map((each) => {
      const { value, low, high } = each[key];
      const middle = shown(value, digits, factor);
      return low === high ? middle : `${middle} (${shown(low, digits, factor)}–${shown(high, digits, factor)})`;
    }),
  ];
  const rows = [
    row('customers each', 'caseload', 0),
    row('work ÷ time, %', 'occupancy', 0, 100),
    row('own share, %', 'own', 0, 100),
    row('named share, %', 'named', 0, 100),
    row('hold in the busiest hour, s', 'holdSeconds', 1),
    row('the same in a hotline, s', 'hotlineHoldSeconds', 1),
    row('give up in the busiest hour, %', 'abandoned', 1, 100),
    row('callback due within, min', 'callbackMinutes', 0),
  ];
  return [
    ...planSentences(plan, 'en'),
    '',
    table(['advisors', ...columns.map((each) => String(each.advisors.value))], rows),
    '',
    table(
      ['if', 'advisors needed', 'own, %', 'named, %', 'hold, s'],
      sensitivity.map((each) => [
        `${each.what} ${Math.round(each.at * 100)} %`,
        String(each.needed),
        shown(each.own, 0, 100),
        shown(each.named, 0, 100),
        shown(each.holdSeconds, 1, 1),
      ]),
    ),
  ].join('\n');
}
