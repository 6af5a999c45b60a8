import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { changeAdvisor } from '../desk/customers/change-advisor.ts';
import { readPoint } from '../desk/customers/contact-point-value.ts';
import { addContactPoint, removeContactPoint } from '../desk/customers/contact-points.ts';
import type { Tx } from '../desk/tx.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { findByReference } from '../desk/views/by-reference.ts';
import {
  contactRefusals,
  customerHelp,
  movedWords,
  moveRefusals,
  pointProblems,
  pointWords,
} from './customer-words.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { toOperator } from './usage-words.ts';

/** `visavis customer move|contact`: who looks after a customer, and how they are reached. */
export function customerCommand(withHouse: WithHouse): Command {
  return new Command('customer')
    .description(toOperator(customerHelp.about))
    .addCommand(moveCommand(withHouse))
    .addCommand(contactCommand(withHouse));
}

function moveCommand(withHouse: WithHouse): Command {
  return new Command('move')
    .description(toOperator(customerHelp.move))
    .argument('<reference>', toOperator(customerHelp.reference))
    .argument('<advisor-mail>', toOperator(customerHelp.advisor))
    .requiredOption('--handover <text>', toOperator(customerHelp.handover))
    .action(async (reference: string, mail: string, { handover }: { handover: string }, command: Command) => {
      const moved = await withHouse((house) => house.transact((tx) => move(tx, reference, mail, handover)));
      if (!moved.ok) return refuse(command, moved, moveRefusals[moved.why]);
      say(command, moved, movedWords({ ...moved, reference, mail }));
    });
}

async function move(tx: Tx, reference: string, mail: string, handover: string) {
  const customer = await findByReference(tx.db, reference);
  if (!customer) return { ok: false, why: 'not_found' } as const;
  const advisor = await findAdvisor(tx.db, mail);
  if (!advisor) return { ok: false, why: 'unknown_advisor' } as const;
  return changeAdvisor(tx, system, { customerId: customer.customerId, advisorId: advisor.id, handover });
}

interface Point {
  kind: 'phone' | 'mail';
  value: string;
}

type PointChanged = { ok: true } | { ok: false; why: keyof typeof contactRefusals };

function contactCommand(withHouse: WithHouse): Command {
  return new Command('contact')
    .description(toOperator(customerHelp.contact))
    .argument('<reference>', toOperator(customerHelp.reference))
    .option('--add <phone-or-mail>', toOperator(customerHelp.add))
    .option('--remove <phone-or-mail>', toOperator(customerHelp.remove))
    .action(async (reference: string, { add, remove }: { add?: string; remove?: string }, command: Command) => {
      if ((add === undefined) === (remove === undefined)) command.error(toOperator(pointProblems.oneOfTwo));
      const typed = add ?? remove ?? '';
      const point = phoneOrMail(typed);
      if (!point) return command.error(toOperator(pointProblems.unreadable(typed)));
      const changed = await withHouse((house) =>
        house.transact(
          (tx): Promise<PointChanged> => (add === undefined ? removePoint : addPoint)(tx, reference, point),
        ),
      );
      if (!changed.ok) return refuse(command, changed, contactRefusals[changed.why]);
      say(command, { ...changed, value: point.value }, pointWords(point.value, reference, add !== undefined));
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
