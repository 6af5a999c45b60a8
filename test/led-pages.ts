import { randomUUID } from 'node:crypto';
import type { Actor } from '../src/desk/actor.ts';
import { askForAlert } from '../src/desk/alerts/alerts.ts';
import { applyPlan } from '../src/desk/caseloads/apply.ts';
import { carryOutMoves } from '../src/desk/caseloads/carry-out.ts';
import { askForPlan } from '../src/desk/caseloads/plan.ts';
import { workOutPlan } from '../src/desk/caseloads/work-out.ts';
import { writeComment } from '../src/desk/comments/write.ts';
import type { House } from '../src/desk/house.ts';
import { newId } from '../src/desk/id.ts';
import { keepPendingMessage } from '../src/desk/interactions/pending-messages.ts';
import { customerLink } from '../src/desk/people/customer-links.ts';
import { makeOneTimeLink } from '../src/desk/people/one-time-links.ts';
import { simulateStudy } from '../src/desk/planning/jobs.ts';
import { askForStudy } from '../src/desk/planning/study.ts';
import { type LinkAbout, signLink } from '../src/desk/signed-link.ts';
import { simulateStaffing } from '../src/simulator/staffing.ts';
import { alertSentPath } from '../src/web/public/alerts/alert-sent.tsx';
import { sentPath } from '../src/web/public/sent-page.tsx';

/** Pages that mails lead to, with tokens that are good, in an installation that has the demo. */
export async function pagesOfMails(house: House): Promise<string[]> {
  const { db, transact, signingKey } = house;
  const one = (table: 'advisor' | 'post' | 'staff') => db.selectFrom(table).select('id').orderBy('id').limit(1);
  const { id: advisorId } = await one('advisor').executeTakeFirstOrThrow();
  const { id: postId } = await one('post').executeTakeFirstOrThrow();
  const { id: staffId } = await one('staff').executeTakeFirstOrThrow();
  const { id: customerId } = await db
    .selectFrom('customer')
    .select('id')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const writer = {
    locale: 'fr',
    name: 'Lou Essai',
    mail: 'lou@example.com',
    text: 'Ma ligne ne marche plus.',
  } as const;
  const signed = (about: LinkAbout, path: string, id: string) => `/fr/${path}/${signLink(signingKey, about, id)}`;
  return transact(async (tx) => {
    const hash = () => Buffer.from(randomUUID());
    const more = { advisorId, phone: null, communeInsee: null, contentHash: hash(), attachments: [] };
    const pending = await keepPendingMessage(tx, { ...writer, ...more });
    const thread = { postId, parentId: null, asksOperator: true, answerPublicly: true, contentHash: hash() };
    const comment = await writeComment(tx, { ...writer, ...thread });
    const alert = await askForAlert(tx, { locale: 'fr', mail: writer.mail, communeInsee: '39478', postId: null });
    const link = new URL(await customerLink(tx, { customerId }, 'fr')).pathname;
    const staffLink = (purpose: 'staff_sign_in' | 'staff_password') =>
      makeOneTimeLink(tx, { purpose, staffId, validForHours: 1 });
    if (comment.kind === 'spam') throw new Error('the comment was taken for spam');
    return [
      `/fr/confirm/${pending}`,
      sentPath(house, 'fr', advisorId, { phone: '+33639980101', due: tx.now.getTime() + 3_600_000 }),
      alertSentPath(house, 'fr', writer.mail),
      signed('comment', 'comments', comment.id),
      signed('alert', 'alerts', alert),
      signed('callback', 'callback', await oweCallback(tx.db)),
      signed('solved', 'solved', await askWhetherSolved(tx.db, tx.now)),
      link,
      `/fr/staff/enter/${await staffLink('staff_sign_in')}`,
      `/fr/staff/password/${await staffLink('staff_password')}`,
    ];
  });
}

async function oweCallback(db: House['db']): Promise<string> {
  const owed = await db
    .selectFrom('commitment')
    .where('kind', '=', 'callback')
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id as commitmentId', 'customerId', 'madeAt'])
    .limit(1)
    .executeTakeFirstOrThrow();
  const id = newId();
  await db
    .insertInto('callback')
    .values({ id, phone: '+33639980077', ...owed })
    .execute();
  return id;
}

async function askWhetherSolved(db: House['db'], now: Date): Promise<string> {
  const { id: caseFileId, ...closed } = await db
    .selectFrom('caseFile')
    .where('closedAt', 'is not', null)
    .select(['id', 'customerId', 'closedAt'])
    .orderBy('closedAt', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const id = newId();
  const asked = { id, caseFileId, customerId: closed.customerId, closedAt: closed.closedAt ?? now };
  await db
    .insertInto('solvedQuestion')
    .values({ ...asked, afterDays: 4, askedAt: now })
    .execute();
  return id;
}

/** Pages of what a job computes for a lead: a plan to decide, one under way with its letters, a simulated plan. */
export async function pagesOfJobs(house: House, lead: Actor): Promise<string[]> {
  const [first, second] = await largest(house);
  await reachOnlyByPost(house, first);
  const decided = await planWithout(house, lead, first);
  const asked = {
    planId: decided,
    why: 'Départ en retraite',
    handover: 'Tout est au dossier.',
    noticeDays: 14,
    perDay: 20,
  };
  await house.transact((tx) => applyPlan(tx, lead, asked));
  await carryOutMoves(house.transact);
  return [
    `/fr/staff/caseloads/${await planWithout(house, lead, second)}`,
    `/fr/staff/caseloads/${decided}`,
    `/fr/staff/caseloads/${decided}/letters`,
    await mergedCommunes(house),
    `/fr/staff/plan/studies/${await simulatedStudy(house, lead)}`,
  ];
}

/** Two advisors with many customers. */
async function largest({ db }: House): Promise<[string, string]> {
  const [first, second] = await db
    .selectFrom('customer')
    .groupBy('advisorId')
    .select('advisorId')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('advisorId')
    .limit(2)
    .execute();
  if (!first || !second) throw new Error('the demo has two advisors with customers');
  return [first.advisorId, second.advisorId];
}

/** Three customers whom neither mail nor SMS can tell anything. */
async function reachOnlyByPost({ db }: House, advisorId: string): Promise<void> {
  const customers = await db.selectFrom('customer').where('advisorId', '=', advisorId).select('id').limit(3).execute();
  await db
    .deleteFrom('contactPoint')
    .where(
      'customerId',
      'in',
      customers.map(({ id }) => id),
    )
    .execute();
  for (const { id: customerId } of customers.slice(1))
    await db
      .insertInto('contactPoint')
      .values({ id: newId(), customerId, kind: 'postal', value: '4 rue du Pré, 39200 Saint-Claude' })
      .execute();
}

/** What would move if this advisor left. */
async function planWithout(house: House, lead: Actor, advisorId: string): Promise<string> {
  const people = [{ advisorId, cause: 'leaves' as const }];
  const plan = await house.transact((tx) => askForPlan(tx, lead, { kind: 'repair', people }));
  if (!plan.ok) throw new Error(plan.why);
  await workOutPlan(house, plan.id);
  return plan.id;
}

/** A commune with customers became part of another one with customers. */
async function mergedCommunes({ db }: House): Promise<string> {
  const served = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .where('area.sector', 'is', null)
    .groupBy(['insee', 'commune.name'])
    .select(['insee', 'commune.name'])
    .orderBy('insee')
    .limit(2)
    .execute();
  const [old, into] = served;
  if (!old || !into) throw new Error('the demo serves two communes');
  await db
    .insertInto('formerCommune')
    .values({ ...old, searchName: old.name.toLowerCase(), communeInsee: into.insee })
    .execute();
  await db.updateTable('commune').set({ droppedIn: '9.0.0' }).where('insee', '=', old.insee).execute();
  return '/fr/staff/caseloads/mergers';
}

async function simulatedStudy(house: House, lead: Actor): Promise<string> {
  const typed = { calls: '400', advisors: '3' };
  const study = await house.transact((tx) => askForStudy(tx, lead, { entered: { calls: 400, advisors: 3 }, typed }));
  if (!study.ok) throw new Error(study.why);
  // Two seeds are enough to look at.
  await simulateStudy(house, study.id, (plan, run) =>
    simulateStaffing({ ...plan, seeds: plan.seeds.slice(0, 2) }, run),
  );
  return study.id;
}
