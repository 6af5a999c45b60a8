import { type Kysely, sql } from 'kysely';
import type { Proposal } from '../caseloads/propose.ts';
import type { CaseloadPlan, CaseloadPlanPerson, DB } from '../tables.ts';

/** A plan in a list: what, who asked and decided, and how far it is. */
export interface ListedPlan {
  id: string;
  kind: CaseloadPlan['kind'];
  state: CaseloadPlan['state'];
  stage: CaseloadPlan['stage'];
  askedAt: Date;
  askedBy: string | null;
  /** Whom it counts otherwise than as they are; of a design, who takes part. */
  people: { name: string; cause: CaseloadPlanPerson['cause']; share: number | null }[];
  departements: string[];
  /** Communes that get an area by it. */
  newAreas: number;
  appliedAt: Date | null;
  appliedBy: string | null;
  why: string | null;
  undoUntil: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  whyUndone: string | null;
  whyFailed: string | null;
  /** Customers who change, and how far they are. Letters: due now, as neither mail nor SMS told them. */
  customers: { all: number; introduced: number; changed: number; withdrawn: number; letters: number };
}

export interface PlanRead extends ListedPlan {
  handover: string | null;
  noticeDays: number | null;
  proposal: Proposal | null;
  nextStep: { introduceAt: Date | null; changeAt: Date | null };
}

/** Plans of caseloads, the latest first: the history of who changed whose advisors, when and why. */
export function listPlans(db: Kysely<DB>, limit = 50): Promise<ListedPlan[]> {
  return plans(db).limit(limit).execute();
}

/** One plan with what it proposes, or undefined. */
export async function readPlan(db: Kysely<DB>, id: string): Promise<PlanRead | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const plan = await plans(db)
    .select(['plan.handover', 'plan.noticeDays', 'plan.proposal'])
    .where('plan.id', '=', id)
    .executeTakeFirst();
  if (!plan) return undefined;
  const next = await db
    .selectFrom('caseloadMove')
    .where('planId', '=', id)
    .where('changedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select((eb) => [
      eb.fn.min('introduceAt').filterWhere('introducedAt', 'is', null).as('introduceAt'),
      eb.fn.min('changeAt').as('changeAt'),
    ])
    .executeTakeFirst();
  const proposal = plan.proposal as unknown as Proposal | null;
  if (proposal) await nameCommunes(db, proposal);
  const { introduceAt = null, changeAt = null } = next ?? {};
  return { ...plan, proposal, nextStep: { introduceAt, changeAt } };
}

async function nameCommunes(db: Kysely<DB>, { moves }: Proposal): Promise<void> {
  const codes = [...new Set(moves.map(({ communeInsee }) => communeInsee))];
  if (codes.length === 0) return;
  const rows = await db.selectFrom('commune').where('insee', 'in', codes).select(['insee', 'name']).execute();
  const names = new Map(rows.map(({ insee, name }) => [insee, name]));
  for (const move of moves) move.communeName = names.get(move.communeInsee) ?? move.communeInsee;
}

/** A letter is due: introduced or changed without a word by mail or SMS, or told by a letter that no longer holds. */
export const letterDue = sql<boolean>`(
  (move.withdrawn_at is null and move.told_by is null
    and (move.changed_at is not null or (move.introduced_at is not null and move.change_at > move.introduce_at)))
  or (move.why_withdrawn = 'undone' and move.changed_at is null and move.told_by is not null and move.stay_told_by is null))`;

function plans(db: Kysely<DB>) {
  return db
    .selectFrom('caseloadPlan as plan')
    .leftJoin('staff as asker', 'asker.id', 'plan.askedBy')
    .leftJoin('staff as applier', 'applier.id', 'plan.appliedBy')
    .leftJoin('staff as undoer', 'undoer.id', 'plan.undoneBy')
    .select([
      'plan.id',
      'plan.kind',
      'plan.state',
      'plan.stage',
      'plan.askedAt',
      'asker.name as askedBy',
      'plan.appliedAt',
      'applier.name as appliedBy',
      'plan.why',
      'plan.undoUntil',
      'plan.undoneAt',
      'undoer.name as undoneBy',
      'plan.whyUndone',
      'plan.whyFailed',
      'plan.departements',
      sql<ListedPlan['people']>`(
        select coalesce(json_agg(json_build_object('name', given_name || ' ' || family_name, 'cause', cause, 'share', person.share)
          order by cause, family_name, given_name), '[]')
        from caseload_plan_person person join advisor on advisor.id = person.advisor_id where plan_id = plan.id)`.as(
        'people',
      ),
      sql<number>`(select count(*)::int from caseload_new_area where plan_id = plan.id)`.as('newAreas'),
      sql<ListedPlan['customers']>`(
        select json_build_object('all', count(*), 'introduced', count(introduced_at), 'changed', count(changed_at),
          'withdrawn', count(withdrawn_at), 'letters', count(*) filter (where ${letterDue}))
        from caseload_move move where plan_id = plan.id)`.as('customers'),
    ])
    .orderBy('plan.askedAt', 'desc')
    .orderBy('plan.id', 'desc');
}
