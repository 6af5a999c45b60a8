import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { changeAdvisor } from '../desk/customers/change-advisor.ts';
import { readPoint } from '../desk/customers/contact-point-value.ts';
import { addContactPoint, removeContactPoint } from '../desk/customers/contact-points.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { findByReference } from '../desk/views/by-reference.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

/** `visavis customer move|contact`: who looks after a customer, and how they are reached. */
export function customerCommand(withHouse: WithHouse): Command {
  return new Command('customer')
    .description('who looks after a customer, and how they are reached')
    .addCommand(moveCommand(withHouse))
    .addCommand(contactCommand(withHouse));
}

function moveCommand(withHouse: WithHouse): Command {
  return new Command('move')
    .description('give a customer another advisor, who reads the handover; the customer is told')
    .argument('<reference>', 'number of the customer, or of one of their lines')
    .argument('<advisor-mail>', 'who looks after them from now on')
    .requiredOption('--handover <text>', 'what the new advisor must know')
    .action(async (reference: string, mail: string, { handover }: { handover: string }, command: Command) => {
      const moved = await withHouse((house) => house.transact((tx) => move(tx, reference, mail, handover)));
      if (!moved.ok) return refuse(command, moved, moveRefusals[moved.why]);
      const told = moved.toldBy
        ? `They are told by ${moved.toldBy === 'sms' ? 'SMS' : 'mail'}.`
        : 'No mail address of theirs works: write them a letter.';
      const files = moved.caseFiles > 0 ? ` Open case files that went along: ${moved.caseFiles}.` : '';
      say(command, moved, `${reference} is with ${mail} now. ${told}${files}`);
    });
}

async function move(tx: Tx, reference: string, mail: string, handover: string) {
  const customer = await findByReference(tx.db, reference);
  if (!customer) return { ok: false, why: 'not_found' } as const;
  const advisor = await findAdvisor(tx.db, mail);
  if (!advisor) return { ok: false, why: 'unknown_advisor' } as const;
  return changeAdvisor(tx, system, { customerId: customer.customerId, advisorId: advisor.id, handover });
}

const unknownCustomer = {
  fr: "Aucun client et aucune ligne n'a ce numéro. Copiez-le de la facture ou de l'espace de travail.",
  en: 'No customer and no line has this number. Copy it from the bill or the workspace.',
};
const notAllowed = { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' };

const moveRefusals = {
  not_allowed: notAllowed,
  not_found: unknownCustomer,
  unknown_advisor: {
    fr: "Aucun interlocuteur présent n'a cette adresse. Voyez : visavis advisor list",
    en: 'No advisor who is present has this address. See: visavis advisor list',
  },
  same_advisor: {
    fr: "Cette personne s'en occupe déjà. Rien n'a changé.",
    en: 'This advisor looks after them already. Nothing has changed.',
  },
  no_handover: {
    fr: 'Le relais est vide. Écrivez ce que le nouvel interlocuteur doit savoir.',
    en: 'The handover is empty. Write what the new advisor must know.',
  },
};

interface Point {
  kind: 'phone' | 'mail';
  value: string;
}

type PointChanged = { ok: true } | { ok: false; why: keyof typeof contactRefusals };

function contactCommand(withHouse: WithHouse): Command {
  return new Command('contact')
    .description('add or remove a phone number or mail address by which a customer is known')
    .argument('<reference>', 'number of the customer, or of one of their lines')
    .option('--add <phone-or-mail>', 'also reached here')
    .option('--remove <phone-or-mail>', 'no longer reached here')
    .action(async (reference: string, { add, remove }: { add?: string; remove?: string }, command: Command) => {
      if ((add === undefined) === (remove === undefined))
        command.error(
          toOperator({ fr: "Donnez --add ou --remove, l'un des deux.", en: 'Give --add or --remove, one of them.' }),
        );
      const typed = add ?? remove ?? '';
      const point = phoneOrMail(typed);
      if (!point)
        return command.error(
          toOperator({
            fr: `« ${typed} » n'est ni un numéro (+33 3 53 01 20 30), ni une adresse de courriel.`,
            en: `"${typed}" is neither a phone number (+33 3 53 01 20 30) nor a mail address.`,
          }),
        );
      const changed = await withHouse((house) =>
        house.transact(
          (tx): Promise<PointChanged> => (add === undefined ? removePoint : addPoint)(tx, reference, point),
        ),
      );
      if (!changed.ok) return refuse(command, changed, contactRefusals[changed.why]);
      const now = add === undefined ? 'is no longer on file' : 'is on file';
      say(command, { ...changed, value: point.value }, `${point.value} ${now} for ${reference}.`);
    });
}

function phoneOrMail(typed: string): Point | undefined {
  const kind = typed.includes('@') ? 'mail' : 'phone';
  const value = readPoint(kind, typed);
  return value === undefined ? undefined : { kind, value };
}

async function addPoint(tx: Tx, reference: string, point: Point) {
  const customer = await findByReference(tx.db, reference);
  if (!customer) return { ok: false, why: 'not_found' } as const;
  return addContactPoint(tx, system, { customerId: customer.customerId, ...point });
}

async function removePoint(tx: Tx, reference: string, point: Point) {
  const customer = await findByReference(tx.db, reference);
  if (!customer) return { ok: false, why: 'not_found' } as const;
  const { customerId } = customer;
  const known = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .where('kind', '=', point.kind)
    .where('value', '=', point.value)
    .select('id')
    .executeTakeFirst();
  if (!known) return { ok: false, why: 'not_on_file' } as const;
  return removeContactPoint(tx, system, { customerId, id: known.id });
}

const contactRefusals = {
  not_allowed: notAllowed,
  not_found: unknownCustomer,
  unreadable: {
    fr: "C'est illisible. Écrivez-le comme +33 3 53 01 20 30 ou nom@example.org.",
    en: 'This cannot be read. Write it like +33 3 53 01 20 30 or name@example.org.',
  },
  on_file: {
    fr: "Ce client l'a déjà au dossier. Rien n'a changé.",
    en: 'This customer has it on file already. Nothing has changed.',
  },
  not_on_file: {
    fr: "Ce client ne l'a pas au dossier. Rien n'a changé.",
    en: 'This customer does not have it on file. Nothing has changed.',
  },
  last_one: {
    fr: "C'est le dernier moyen de joindre ce client. Ajoutez-en d'abord un autre.",
    en: 'It is the last way to reach this customer. Add another one first.',
  },
};
