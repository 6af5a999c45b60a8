import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { undoPlan } from '../desk/caseloads/apply.ts';
import { pinCustomer, unpinCustomer } from '../desk/caseloads/pin.ts';
import { cancelPlan } from '../desk/caseloads/plan.ts';
import { findByReference } from '../desk/views/by-reference.ts';
import { type ListedPlan, listPlans, readPlan } from '../desk/views/caseload-plans.ts';
import { proposalWords } from './caseload-words.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

const unknownPlan = {
  fr: "Aucun plan n'a ce numéro. Voyez : visavis caseloads list",
  en: 'No plan has this number. See: visavis caseloads list',
};

export function listCommand(withHouse: WithHouse): Command {
  return new Command('list')
    .description('plans of caseloads: who asked, who applied or undid them, why, and how far they are')
    .action(async (_options, command: Command) => {
      const plans = await withHouse(({ db }) => listPlans(db));
      const rows = plans.map((plan) => [
        plan.id,
        plan.askedAt.toISOString().slice(0, 10),
        what(plan),
        plan.state,
        far(plan),
        plan.why ?? '',
      ]);
      say(
        command,
        plans,
        plans.length > 0 ? table(['plan', 'asked', 'what', 'state', 'customers', 'why'], rows) : 'No plan yet.',
      );
    });
}

const causes = { part: 'with', comes: 'with', leaves: 'without', away: 'away', works: 'working' };

function what({ kind, people, departements }: ListedPlan): string {
  const who = people.map(({ name, cause, share }) =>
    [causes[cause], name, share === null ? '' : `${Math.round(share * 100)} %`].filter(Boolean).join(' '),
  );
  const named = who.length > 4 ? [`with ${who.length} advisors`] : who;
  return [kind, ...named, ...(departements.length > 0 ? [`in ${departements.join(', ')}`] : [])].join(' ');
}

const far = ({ customers: { all, introduced, changed, withdrawn } }: ListedPlan) =>
  `${all}: ${introduced} introduced, ${changed} changed, ${withdrawn} withdrawn`;

export function showCommand(withHouse: WithHouse): Command {
  return new Command('show')
    .description('one plan: before and after, and how far it is')
    .argument('<plan>', 'its number, from the list')
    .action(async (id: string, _options, command: Command) => {
      const plan = await withHouse(({ db }) => readPlan(db, id));
      if (!plan) return refuse(command, { ok: false, why: 'not_found' }, unknownPlan);
      const letters =
        plan.customers.letters > 0
          ? [`Neither mail nor SMS reached them, letters to print (on the page of the plan): ${plan.customers.letters}`]
          : [];
      const lines = [`${what(plan)}: ${plan.state}. Customers ${far(plan)}.`, ...letters];
      say(command, plan, [...lines, ...(plan.proposal ? ['', proposalWords(plan.proposal)] : [])].join('\n'));
    });
}

export function cancelCommand(withHouse: WithHouse): Command {
  return new Command('cancel')
    .description('give a plan up that is being worked out or not applied')
    .argument('<plan>', 'its number, from the list')
    .action(async (planId: string, _options, command: Command) => {
      const done = await withHouse(async (house) =>
        (await readPlan(house.db, planId)) ? house.transact((tx) => cancelPlan(tx, system, { planId })) : false,
      );
      if (!done)
        return refuse(
          command,
          { ok: false },
          'There is nothing to cancel: it does not exist, or is applied (then: undo).',
        );
      say(command, { ok: true }, 'Cancelled. Nothing was changed.');
    });
}

const undoRefusals = {
  not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
  not_found: {
    fr: "Aucun plan appliqué n'a ce numéro. Voyez : visavis caseloads list",
    en: 'No applied plan has this number. See: visavis caseloads list',
  },
  too_late: {
    fr: 'Son préavis est passé. Faites plutôt un nouveau plan.',
    en: 'Its notice has passed. Make a new plan instead.',
  },
  no_why: { fr: 'Dites pourquoi, pour l\'historique : --why "…"', en: 'Say why, for the history: --why "…"' },
};

export function undoCommand(withHouse: WithHouse): Command {
  return new Command('undo')
    .description('take an applied plan back within its notice; whoever was told is told')
    .argument('<plan>', 'its number, from the list')
    .requiredOption('--why <text>', 'for the history; those who go back read it as handover')
    .action(async (planId: string, { why }: { why: string }, command: Command) => {
      const undone = await withHouse(async (house) =>
        (await readPlan(house.db, planId))
          ? house.transact((tx) => undoPlan(tx, system, { planId, why }))
          : ({ ok: false, why: 'not_found' } as const),
      );
      if (!undone.ok) return refuse(command, undone, undoRefusals[undone.why]);
      say(command, undone, 'It is being taken back. Follow it with: visavis caseloads list');
    });
}

const unknownCustomer = {
  fr: "Aucun client et aucune ligne n'a ce numéro. Copiez-le de la facture ou de l'espace de travail.",
  en: 'No customer and no line has this number. Copy it from the bill or the workspace.',
};

export function pinCommand(withHouse: WithHouse): Command {
  return new Command('pin')
    .description('a customer stays with their advisor, whatever a plan would gain')
    .argument('<reference>', 'number of the customer, or of one of their lines')
    .requiredOption('--why <text>', 'for colleagues: a long acquaintance, somebody vulnerable')
    .action(async (reference: string, { why }: { why: string }, command: Command) => {
      const pinned = await withHouse((house) =>
        house.transact(async (tx) => {
          const customer = await findByReference(tx.db, reference);
          return customer ? pinCustomer(tx, system, { customerId: customer.customerId, why }) : undefined;
        }),
      );
      if (!pinned) return refuse(command, { ok: false, why: 'not_found' }, unknownCustomer);
      if (!pinned.ok) return refuse(command, pinned, { fr: 'Dites pourquoi : --why "…"', en: 'Say why: --why "…"' });
      say(command, pinned, `${reference} stays with their advisor.`);
    });
}

export function unpinCommand(withHouse: WithHouse): Command {
  return new Command('unpin')
    .description('a customer may move again')
    .argument('<reference>', 'number of the customer, or of one of their lines')
    .action(async (reference: string, _options, command: Command) => {
      const done = await withHouse((house) =>
        house.transact(async (tx) => {
          const customer = await findByReference(tx.db, reference);
          return customer ? unpinCustomer(tx, system, customer.customerId) : undefined;
        }),
      );
      if (done === undefined) return refuse(command, { ok: false, why: 'not_found' }, unknownCustomer);
      say(command, { ok: true, changed: done }, done ? `${reference} may move again.` : `${reference} was not pinned.`);
    });
}
