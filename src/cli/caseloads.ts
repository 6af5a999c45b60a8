import { Command } from 'commander';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { backupsCommand } from './caseload-backups.ts';
import { cancelCommand, listCommand, pinCommand, showCommand, undoCommand, unpinCommand } from './caseload-plans.ts';
import { proposalWords } from './caseload-words.ts';
import { type ApplyOptions, applying, makePlan, type PlanMade } from './caseload-work.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';

/** `visavis caseloads`: who should look after whom. Nothing changes without --apply. */
export function caseloadsCommand(withHouse: WithHouse): Command {
  return new Command('caseloads')
    .description('who should look after whom: before and after, applied in steps, undone within the notice')
    .addCommand(designCommand(withHouse))
    .addCommand(repairCommand(withHouse))
    .addCommand(listCommand(withHouse))
    .addCommand(showCommand(withHouse))
    .addCommand(cancelCommand(withHouse))
    .addCommand(undoCommand(withHouse))
    .addCommand(pinCommand(withHouse))
    .addCommand(unpinCommand(withHouse))
    .addCommand(backupsCommand(withHouse));
}

function designCommand(withHouse: WithHouse): Command {
  const command = new Command('design').description('divide the whole territory anew, loads within 5 %');
  return applying(command).action(async (options: ApplyOptions, own: Command) => {
    progress('Designing…');
    tell(own, await withHouse((house) => makePlan(house, { kind: 'design' }, options)));
  });
}

interface RepairOptions extends ApplyOptions {
  without?: string;
  with?: string;
}

function repairCommand(withHouse: WithHouse): Command {
  const command = new Command('repair')
    .description('move as few customers as possible, loads within 10 %')
    .option('--without <advisor-mail>', 'as if this advisor had left')
    .option('--with <advisor-mail>', 'an advisor without customers gets a caseload too');
  return applying(command).action(async (options: RepairOptions, own: Command) => {
    progress('Repairing…');
    tell(own, await withHouse((house) => repair(house, options)));
  });
}

type House = Parameters<Parameters<WithHouse>[0]>[0];

async function repair(house: House, options: RepairOptions): Promise<PlanMade> {
  const leaver = options.without === undefined ? undefined : await findAdvisor(house.db, options.without);
  const newcomer = options.with === undefined ? undefined : await findAdvisor(house.db, options.with);
  if ((options.without !== undefined && !leaver) || (options.with !== undefined && !newcomer))
    return { ok: false, why: 'unknown_advisor' };
  return makePlan(house, { kind: 'repair', withoutAdvisorId: leaver?.id, newcomerId: newcomer?.id }, options);
}

const refusals = {
  nobody_left: 'No advisor would be left to look after customers. Import advisors first.',
  unknown_advisor: 'No advisor who could be meant has this address. See: visavis advisor list',
  stopped: 'Stopped. Nothing was changed.',
  not_allowed: 'This may not be done from here.',
  not_found: 'There is no such plan any more. Ask again.',
  not_ready: 'The plan was cancelled meanwhile. Nothing was changed.',
  out_of_date: 'Somebody applied another plan meanwhile. Ask again.',
  other_at_work: 'Another plan is being applied. Wait until it is done, or undo it: visavis caseloads list',
  no_why: 'Say why, for the history: --why "…"',
  no_handover: 'Write what the new advisors must know: --handover "…"',
  bad_days: '--notice-days is a whole number from 0 to 90, --per-day from 1.',
};

function tell(command: Command, made: PlanMade): void {
  progress('');
  if (!made.ok) {
    refuse(command, made, refusals[made.why]);
    return;
  }
  const { applied, ...proposal } = made;
  const words = proposalWords(proposal);
  if (!applied) {
    (proposal.balanced ? say : refuse)(command, proposal, `${words}\n\n${nothingChanged}`);
    return;
  }
  const days = applied.lastChangeAt.toISOString().slice(0, 10);
  say(
    command,
    made,
    `${words}\n\nApplied: ${applied.customers} customers, introduced in ${applied.steps} daily steps; the last change is on ${days}.\nUndo until then: visavis caseloads undo ${applied.planId} --why "…"`,
  );
}

const nothingChanged =
  'Nothing was changed. Work is estimated: 1 minute a customer and month, 6 an exchange of the last 90 days.';
