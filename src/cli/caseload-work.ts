import type { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { type Applied, applyPlan, defaults } from '../desk/caseloads/apply.ts';
import { askForPlan, cancelPlan, type PlanAsked, type PlanAskedFor } from '../desk/caseloads/plan.ts';
import { type Proposal, proposeCaseloads } from '../desk/caseloads/propose.ts';
import { workOutPlan } from '../desk/caseloads/work-out.ts';
import type { House } from '../desk/house.ts';
import { readPlan } from '../desk/views/caseload-plans.ts';
import { caseloadsHelp, planProgress } from './caseload-words.ts';
import { progress } from './say.ts';
import { allToOperator } from './usage-words.ts';

export interface ApplyOptions {
  apply?: boolean;
  yes?: boolean;
  why?: string;
  handover?: string;
  noticeDays?: string;
  perDay?: string;
}

/** The options of a command that can apply what it shows. */
export function applying(command: Command): Command {
  const help = allToOperator(caseloadsHelp);
  return command
    .option('--apply', help.apply)
    .option('--yes', help.yes)
    .option('--why <text>', help.why)
    .option('--handover <text>', help.handover)
    .option('--notice-days <days>', help.noticeDays, String(defaults.noticeDays))
    .option('--per-day <customers>', help.perDay, String(defaults.perDay));
}

type Refused = Extract<Applied, { ok: false }>['why'];
export type Refusal =
  | Refused
  | Extract<PlanAskedFor, { ok: false }>['why']
  | 'nobody_left'
  | 'named_twice'
  | 'stopped'
  | 'declined'
  | 'nobody_to_ask';
export type ApplyDone = { planId: string; customers: number; steps: number; lastChangeAt: Date };
export type PlanMade = (Proposal & { applied?: ApplyDone }) | { ok: false; why: Refusal };

/** Asked with before and after in view; undefined when nobody is there to be asked. */
type Agree = (proposal: Proposal) => Promise<boolean | undefined>;

/**
 * Works out what would change, at once; Ctrl+C ends it. With --apply it is kept as a plan and, when whoever asked agrees to
 * what it shows, carried out.
 */
export async function makePlan(house: House, asked: PlanAsked, options: ApplyOptions, agree: Agree): Promise<PlanMade> {
  if (options.apply && !options.why?.trim()) return { ok: false, why: 'no_why' };
  if (options.apply && !options.handover?.trim()) return { ok: false, why: 'no_handover' };
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('stopped'));
  process.once('SIGINT', stop);
  try {
    return await (options.apply
      ? planAndApply(house, asked, options, { signal: stopping.signal, agree })
      : propose(house, asked, stopping.signal));
  } catch (problem) {
    if (stopping.signal.aborted) return { ok: false, why: 'stopped' };
    throw problem;
  } finally {
    process.off('SIGINT', stop);
  }
}

async function propose({ db, clock }: House, asked: PlanAsked, signal: AbortSignal): Promise<PlanMade> {
  const proposed = await proposeCaseloads({
    db,
    now: clock(),
    kind: asked.kind,
    people: asked.people ?? [],
    departements: asked.departements ?? [],
    signal,
    onStage: (stage) => progress(planProgress[stage]),
  });
  if (!proposed.ok) return proposed;
  const { shares: _shares, newAreas: _newAreas, ...proposal } = proposed;
  return proposal;
}

async function planAndApply(
  house: House,
  asked: PlanAsked,
  { why = '', handover = '', noticeDays, perDay }: ApplyOptions,
  { signal, agree }: { signal: AbortSignal; agree: Agree },
): Promise<PlanMade> {
  const plan = await house.transact((tx) => askForPlan(tx, system, { ...asked, byJob: false }));
  if (!plan.ok) return plan;
  const planId = plan.id;
  const cancel = () => void house.transact((tx) => cancelPlan(tx, system, { planId }));
  signal.addEventListener('abort', cancel);
  await workOutPlan(house, planId, (stage) => progress(planProgress[stage]));
  signal.removeEventListener('abort', cancel);
  if (signal.aborted) return { ok: false, why: 'stopped' };
  const read = await readPlan(house.db, planId);
  if (!read?.proposal) return { ok: false, why: read?.whyFailed === 'nobody_left' ? 'nobody_left' : 'unknown_advisor' };
  const agreed = await agree(read.proposal);
  if (!agreed) {
    await house.transact((tx) => cancelPlan(tx, system, { planId }));
    return { ok: false, why: agreed === undefined ? 'nobody_to_ask' : 'declined' };
  }
  const days = { noticeDays: Number(noticeDays), perDay: Number(perDay) };
  const applied = await house.transact((tx) => applyPlan(tx, system, { planId, why, handover, ...days }));
  if (!applied.ok) return applied;
  const { customers, steps, lastChangeAt } = applied;
  return { ...read.proposal, applied: { planId, customers, steps, lastChangeAt } };
}
