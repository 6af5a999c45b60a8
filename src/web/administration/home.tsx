import { can, type Permission } from '../../desk/permissions.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** Every room of the administration: where it is, who may enter, what it is for. */
const rooms: readonly [path: string, may: Permission, title: WordKey, lead: WordKey][] = [
  ['customers', 'read customers', 'custListTitle', 'custListLead'],
  ['advisors', 'build caseloads', 'teamTitle', 'teamListLead'],
  ['figures', 'read figures', 'figuresStaffTitle', 'figuresStaffLead'],
  ['caseloads', 'build caseloads', 'loadsTitle', 'loadsHubLead'],
  ['plan', 'read figures', 'planTitle', 'planLead'],
  ['accounts', 'run the installation', 'accountsTitle', 'accountsLead'],
  ['offices', 'build caseloads', 'officesTitle', 'officesLead'],
  ['service-levels', 'run the installation', 'levelsTitle', 'levelsHubLead'],
  ['look', 'run the installation', 'lookTitle', 'lookHubLead'],
  ['policy', 'run the installation', 'policyTitle', 'policyHubLead'],
];

/** GET /:locale/staff/administration — the rooms this person may enter. */
export async function showAdministration(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  return showStaffPage(c, scene, {
    title: say('adminTitle'),
    body: (
      <ul class="matters">
        {rooms
          .filter(([, may]) => can(c.var.actor, may))
          .map(([path, , title, lead]) => (
            <li key={path}>
              <div>
                <h2>
                  <a href={`/${locale}/staff/${path}`}>{say(title)}</a>
                </h2>
                <p class="soft tight">{say(lead)}</p>
              </div>
            </li>
          ))}
      </ul>
    ),
  });
}
