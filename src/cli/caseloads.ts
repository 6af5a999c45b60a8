import { Command } from 'commander';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { backupsCommand } from './caseload-backups.ts';
import { mergersCommand } from './caseload-mergers.ts';
import {
  designPeopleOptions,
  type PeopleOptions,
  readDesignPeople,
  readRepairPeople,
  repairPeopleOptions,
} from './caseload-people.ts';
import { cancelCommand, listCommand, pinCommand, showCommand, undoCommand, unpinCommand } from './caseload-plans.ts';
import {
  appliedWords,
  applyThis,
  caseloadsHelp,
  nothingChanged,
  planProgress,
  planRefusals,
} from './caseload-words.ts';
import { type ApplyOptions, applying, makePlan, type PlanMade } from './caseload-work.ts';
import { confirm } from './confirm.ts';
import { proposalWords } from './proposal-words.ts';
import { asIs, progress, readsJson, refuse, say, type WithHouse } from './say.ts';
import { allToOperator, toOperator } from './usage-words.ts';

/** `visavis caseloads`: who should look after whom. Nothing changes without --apply. */
export function caseloadsCommand(withHouse: WithHouse): Command {
  return new Command('caseloads')
    .description(toOperator(caseloadsHelp.about))
    .addCommand(designCommand(withHouse))
    .addCommand(repairCommand(withHouse))
    .addCommand(listCommand(withHouse))
    .addCommand(showCommand(withHouse))
    .addCommand(cancelCommand(withHouse))
    .addCommand(undoCommand(withHouse))
    .addCommand(pinCommand(withHouse))
    .addCommand(unpinCommand(withHouse))
    .addCommand(backupsCommand(withHouse))
    .addCommand(mergersCommand(withHouse));
}

function designCommand(withHouse: WithHouse): Command {
  const help = allToOperator(caseloadsHelp);
  const command = new Command('design').description(help.design).option('--departement <code...>', help.departement);
  return applying(designPeopleOptions(command)).action(async (options: DesignOptions, own: Command) => {
    progress(planProgress.designing);
    const made = await withHouse(async (house): Promise<PlanMade> => {
      const people = await readDesignPeople(house, options);
      if (!Array.isArray(people)) return { ok: false, why: people };
      const departements = options.departement ?? [];
      return makePlan(house, { kind: 'design', people, departements }, options, agreeing(own, options));
    });
    tell(own, made);
  });
}

type DesignOptions = ApplyOptions & PeopleOptions & { departement?: string[] };

function repairCommand(withHouse: WithHouse): Command {
  const command = new Command('repair').description(toOperator(caseloadsHelp.repair));
  return applying(repairPeopleOptions(command)).action(async (options: ApplyOptions & PeopleOptions, own: Command) => {
    progress(planProgress.repairing);
    const made = await withHouse(async (house): Promise<PlanMade> => {
      const people = await readRepairPeople(house, options);
      if (!Array.isArray(people)) return { ok: false, why: people };
      return makePlan(house, { kind: 'repair', people }, options, agreeing(own, options));
    });
    tell(own, made);
  });
}

/** Shows before and after, then asks, unless --yes was said. Whoever reads JSON is not asked. */
function agreeing(command: Command, { yes }: ApplyOptions) {
  return async (proposal: Proposal): Promise<boolean | undefined> => {
    progress('');
    const json = readsJson(command);
    if (!json) say(command, proposal, asIs(`${proposalWords(proposal, operatorLanguage(process.env))}\n`));
    if (yes) return true;
    return json ? undefined : confirm(applyThis);
  };
}

function tell(command: Command, made: PlanMade): void {
  progress('');
  if (!made.ok) {
    refuse(command, made, planRefusals[made.why]);
    return;
  }
  const { applied, ...proposal } = made;
  if (!applied) {
    const words = `${proposalWords(proposal, operatorLanguage(process.env))}\n\n${toOperator(nothingChanged)}`;
    (proposal.balanced ? say : refuse)(command, proposal, asIs(words));
    return;
  }
  say(command, made, appliedWords(applied));
}
