import { type AdvisorLeft, leave } from '../../../desk/advisors/leave.ts';
import { listAdvisors } from '../../../desk/views/advisor-list.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { listed } from '../../ui/listed.ts';
import { Buttons, goBack, showForm } from '../form-page.tsx';
import { type FoundAdvisor, findPresentAdvisor } from './found.ts';

/** GET /:locale/staff/advisors/:id/leave — what a departure needs, and the button. */
export async function showLeave(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  return found ? leavePage(c, found, undefined) : answerNotFound(c);
}

/** POST — the advisor leaves for good; refused in one sentence while customers or anything else remain. */
export async function postLeave(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const left = await house.transact((tx) => leave(tx, actor, { advisorId: found.advisor.id }));
  if (left.ok) return goBack(c, '/staff/advisors', 'left');
  const sentence = await refusal(c, found, left);
  return sentence ? leavePage(c, found, sentence) : answerNotFound(c);
}

async function refusal(
  c: WebContext,
  { scene: { say, locale }, name }: FoundAdvisor,
  left: Exclude<AdvisorLeft, { ok: true }>,
): Promise<string | undefined> {
  if (left.why === 'still_in_charge') {
    const { customers, areas, openCaseFiles, trayItems } = left;
    return say('teamLeaveHeld', { name, customers, areas, files: openCaseFiles, tray: trayItems });
  }
  if (left.why !== 'colleagues_need_backups') return undefined;
  const all = await listAdvisors(c.var.house.db);
  const names = all.filter(({ id }) => left.advisorIds.includes(id)).map((each) => each.name);
  return say('teamLeaveBackups', { names: listed(names, locale) });
}

function leavePage(c: WebContext, { scene, name, back, advisor }: FoundAdvisor, refused: string | undefined) {
  const { say } = scene;
  return showForm(c, scene, {
    title: say('teamLeaveTitle', { name }),
    back,
    lead: say('teamLeaveLead'),
    problems: refused ? { leave: refused } : {},
    body: (
      <>
        <ol>
          <li>{say('teamLeaveStepCustomers', { count: advisor.customers })}</li>
          <li>{say('teamLeaveStepAreas', { count: advisor.areas.length })}</li>
          <li>{say('teamLeaveStepFiles')}</li>
        </ol>
        <p>
          <a href={`/${scene.locale}/staff/caseloads`}>{say('teamLeaveRepair')}</a>
        </p>
        <form novalidate method="post" id="leave">
          <Buttons save={say('teamLeaveButton')} />
        </form>
      </>
    ),
  });
}
