import { Command } from 'commander';
import type { Proposal } from '../desk/caseloads/propose.ts';
import type { Both } from '../platform/config/said-in-both.ts';
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
import { proposalWords } from './caseload-words.ts';
import { type ApplyOptions, applying, makePlan, type PlanMade, type Refusal } from './caseload-work.ts';
import { confirm } from './confirm.ts';
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
    .addCommand(backupsCommand(withHouse))
    .addCommand(mergersCommand(withHouse));
}

function designCommand(withHouse: WithHouse): Command {
  const command = new Command('design')
    .description('divide the whole territory anew, loads within 5 %; before there are customers, by inhabitants')
    .option('--departement <code...>', 'serve these départements whole: communes without an area get one');
  return applying(designPeopleOptions(command)).action(async (options: DesignOptions, own: Command) => {
    progress('Designing…');
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
  const command = new Command('repair').description('move as few customers as possible, loads within 10 %');
  return applying(repairPeopleOptions(command)).action(async (options: ApplyOptions & PeopleOptions, own: Command) => {
    progress('Repairing…');
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
    const { json } = command.optsWithGlobals<{ json?: boolean }>();
    if (!json) say(command, proposal, `${proposalWords(proposal)}\n`);
    if (yes) return true;
    return json ? undefined : confirm('Apply this? Customers will be told. Type yes to go on:');
  };
}

const refusals: Record<Refusal, Both> = {
  nobody_left: {
    fr: "Plus personne ne s'occuperait des clients. Importez d'abord des interlocuteurs.",
    en: 'No advisor would be left to look after customers. Import advisors first.',
  },
  unknown_advisor: {
    fr: "Aucun interlocuteur possible n'a cette adresse. Voyez : visavis advisor list",
    en: 'No advisor who could be meant has this address. See: visavis advisor list',
  },
  stopped: { fr: "Arrêté. Rien n'a été changé.", en: 'Stopped. Nothing was changed.' },
  not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
  not_found: { fr: "Ce plan n'existe plus. Demandez-en un autre.", en: 'There is no such plan any more. Ask again.' },
  not_ready: {
    fr: "Le plan a été abandonné entre-temps. Rien n'a été changé.",
    en: 'The plan was cancelled meanwhile. Nothing was changed.',
  },
  out_of_date: {
    fr: 'Un autre plan a été appliqué entre-temps. Demandez de nouveau.',
    en: 'Somebody applied another plan meanwhile. Ask again.',
  },
  other_at_work: {
    fr: 'Un autre plan est en cours. Attendez sa fin, ou reprenez-le : visavis caseloads list',
    en: 'Another plan is being applied. Wait until it is done, or undo it: visavis caseloads list',
  },
  no_why: { fr: 'Dites pourquoi, pour l\'historique : --why "…"', en: 'Say why, for the history: --why "…"' },
  no_handover: {
    fr: 'Écrivez ce que les nouveaux interlocuteurs doivent savoir : --handover "…"',
    en: 'Write what the new advisors must know: --handover "…"',
  },
  share_out_of_range: {
    fr: 'Une part est au-dessus de 0 et au plus un temps plein : bruno@example.org=0.6, ou =60%.',
    en: 'A share is above 0 and at most a full post: bruno@example.org=0.6, or =60%.',
  },
  unknown_departement: {
    fr: "Aucun département n'a ce code. Deux chiffres, ou 2A, 2B, 971 : --departement 25 39",
    en: 'A département has no such code. Two digits, or 2A, 2B, 971: --departement 25 39',
  },
  named_twice: {
    fr: "Quelqu'un est nommé deux fois. Dites une seule chose de chacun.",
    en: 'Somebody is named twice. Say one thing about each.',
  },
  declined: { fr: "Rien n'a été changé. Le plan est abandonné.", en: 'Nothing was changed. The plan is given up.' },
  nobody_to_ask: {
    fr: "Rien n'a été changé : personne à qui demander. Regardez sans --apply, puis dites --yes.",
    en: 'Nothing was changed: nobody could be asked. Look at it without --apply, then say --yes.',
  },
  bad_days: {
    fr: '--notice-days est un nombre entier de 0 à 90, --per-day à partir de 1.',
    en: '--notice-days is a whole number from 0 to 90, --per-day from 1.',
  },
};

function tell(command: Command, made: PlanMade): void {
  progress('');
  if (!made.ok) {
    refuse(command, made, refusals[made.why]);
    return;
  }
  const { applied, ...proposal } = made;
  if (!applied) {
    (proposal.balanced ? say : refuse)(command, proposal, `${proposalWords(proposal)}\n\n${nothingChanged}`);
    return;
  }
  const days = applied.lastChangeAt.toISOString().slice(0, 10);
  say(
    command,
    made,
    `Applied: ${applied.customers} customers, introduced in ${applied.steps} daily steps; the last change is on ${days}.\nUndo until then: visavis caseloads undo ${applied.planId} --why "…"`,
  );
}

const nothingChanged =
  'Nothing was changed. Work is estimated: 1 minute a customer and month, 6 an exchange of the last 90 days.';
