import { Command } from 'commander';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { system } from '../desk/actor.ts';
import { undoPlan } from '../desk/caseloads/apply.ts';
import { pinCustomer, unpinCustomer } from '../desk/caseloads/pin.ts';
import { cancelPlan } from '../desk/caseloads/plan.ts';
import { findByReference } from '../desk/views/by-reference.ts';
import { type ListedPlan, listPlans, readPlan } from '../desk/views/caseload-plans.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import {
  planInWords,
  planProgressWords,
  planSentences,
  plansHelp,
  plansRefusals,
  plansWords,
  planTable,
  undoRefusals,
} from './caseload-plan-words.ts';
import { proposalWords } from './proposal-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

export function listCommand(withHouse: WithHouse): Command {
  return new Command('list').description(toOperator(plansHelp.list)).action(async (_options, command: Command) => {
    const plans = await withHouse(({ db }) => listPlans(db));
    say(command, plans, plans.length > 0 ? asIs(tableOf(plans, operatorLanguage(process.env))) : plansWords.none);
  });
}

function tableOf(plans: readonly ListedPlan[], language: Locale): string {
  const { head, state } = planTable[language];
  const rows = plans.map((plan) => [
    plan.id,
    plan.askedAt.toISOString().slice(0, 10),
    planInWords(plan, language),
    typeset(state[plan.state], language),
    planProgressWords(plan, language),
    plan.why ?? '',
  ]);
  return table(head, rows);
}

export function showCommand(withHouse: WithHouse): Command {
  return new Command('show')
    .description(toOperator(plansHelp.show))
    .argument('<plan>', toOperator(plansHelp.plan))
    .action(async (id: string, _options, command: Command) => {
      const plan = await withHouse(({ db }) => readPlan(db, id));
      if (!plan) return refuse(command, { ok: false, why: 'not_found' }, plansRefusals.unknownPlan);
      const proposal = plan.proposal ? `\n\n${proposalWords(plan.proposal, operatorLanguage(process.env))}` : '';
      say(command, plan, asIs(`${toOperator(planSentences(plan))}${proposal}`));
    });
}

export function cancelCommand(withHouse: WithHouse): Command {
  return new Command('cancel')
    .description(toOperator(plansHelp.cancel))
    .argument('<plan>', toOperator(plansHelp.plan))
    .action(async (planId: string, _options, command: Command) => {
      const done = await withHouse(async (house) =>
        (await readPlan(house.db, planId)) ? house.transact((tx) => cancelPlan(tx, system, { planId })) : false,
      );
      if (!done) return refuse(command, { ok: false }, plansRefusals.nothingToCancel);
      say(command, { ok: true }, plansWords.cancelled);
    });
}

export function undoCommand(withHouse: WithHouse): Command {
  return new Command('undo')
    .description(toOperator(plansHelp.undo))
    .argument('<plan>', toOperator(plansHelp.plan))
    .requiredOption('--why <text>', toOperator(plansHelp.undoWhy))
    .action(async (planId: string, { why }: { why: string }, command: Command) => {
      const undone = await withHouse(async (house) =>
        (await readPlan(house.db, planId))
          ? house.transact((tx) => undoPlan(tx, system, { planId, why }))
          : ({ ok: false, why: 'not_found' } as const),
      );
      if (!undone.ok) return refuse(command, undone, undoRefusals[undone.why]);
      say(command, undone, plansWords.undone);
    });
}

export function pinCommand(withHouse: WithHouse): Command {
  return new Command('pin')
    .description(toOperator(plansHelp.pin))
    .argument('<reference>', toOperator(plansHelp.reference))
    .requiredOption('--why <text>', toOperator(plansHelp.pinWhy))
    .action(async (reference: string, { why }: { why: string }, command: Command) => {
      const pinned = await withHouse((house) =>
        house.transact(async (tx) => {
          const customer = await findByReference(tx.db, reference);
          return customer ? pinCustomer(tx, system, { customerId: customer.customerId, why }) : undefined;
        }),
      );
      if (!pinned) return refuse(command, { ok: false, why: 'not_found' }, plansRefusals.unknownCustomer);
      if (!pinned.ok) return refuse(command, pinned, plansRefusals.noPinReason);
      say(command, pinned, plansWords.pinned(reference));
    });
}

export function unpinCommand(withHouse: WithHouse): Command {
  return new Command('unpin')
    .description(toOperator(plansHelp.unpin))
    .argument('<reference>', toOperator(plansHelp.reference))
    .action(async (reference: string, _options, command: Command) => {
      const done = await withHouse((house) =>
        house.transact(async (tx) => {
          const customer = await findByReference(tx.db, reference);
          return customer ? unpinCustomer(tx, system, customer.customerId) : undefined;
        }),
      );
      if (done === undefined) return refuse(command, { ok: false, why: 'not_found' }, plansRefusals.unknownCustomer);
      say(
        command,
        { ok: true, changed: done },
        done ? plansWords.unpinned(reference) : plansWords.notPinned(reference),
      );
    });
}
