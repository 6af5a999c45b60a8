import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type AdvisorProblem, checkAdvisor } from './check.ts';

/** What advisors change of their own card; name, mail, pod and share of a post are the lead's to change. */
export interface OwnCard {
  shownAs: 'full' | 'first';
  phone: string;
  /** ISO 639-1 codes. */
  languages: readonly string[];
  workingHours: WeeklyHours;
}

export type OwnCardEdited = { ok: true } | { ok: false; why: 'not_allowed' | AdvisorProblem };

/** Whether this advisor's card is the actor's own, and they may change it. */
export function isOwnCard(actor: Actor, advisorId: string): boolean {
  return actor.kind === 'staff' && actor.advisorId === advisorId && can(actor, 'change own card');
}

/** An advisor changes their own card. Pages and routing follow at once; who and when is kept. */
export async function editOwnCard(tx: Tx, actor: Actor, input: OwnCard): Promise<OwnCardEdited> {
  const advisorId = actor.kind === 'staff' ? actor.advisorId : null;
  if (!advisorId || !isOwnCard(actor, advisorId)) return { ok: false, why: 'not_allowed' };
  const known = await tx.db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select(['podId', 'givenName', 'familyName', 'mail', 'share'])
    .forUpdate()
    .executeTakeFirst();
  if (!known) return { ok: false, why: 'not_allowed' };
  const checked = await checkAdvisor(tx, { ...known, ...input, share: Number(known.share) }, advisorId);
  if (!checked.ok) return checked;
  await tx.db.updateTable('advisor').set(checked.row).where('id', '=', advisorId).execute();
  await recordChange(tx, actor, { action: 'change own card', event: 'advisor.changed', advisorId });
  return { ok: true };
}
