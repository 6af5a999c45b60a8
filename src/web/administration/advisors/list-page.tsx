import { type ListedAdvisor, listAdvisors } from '../../../desk/views/advisor-list.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import { Done } from '../form-page.tsx';

/** GET /:locale/staff/advisors — the team by office and pod; those who left stand last. */
export async function listTeam(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const all = await listAdvisors(c.var.house.db);
  const present = all.filter(({ leftAt }) => !leftAt);
  const left = all.filter(({ leftAt }) => leftAt);
  const offices = [...new Set(present.map(({ office }) => office))];
  return showStaffPage(c, scene, {
    title: say('teamTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ left: 'teamLeftDone' }} />
        <p>
          <a class="button quiet" href={`/${locale}/staff/advisors/new`}>
            {say('teamAdd')}
          </a>
        </p>
        {offices.map((office) => (
          <section key={office}>
            <h2>{office}</h2>
            <Lines scene={scene} advisors={present.filter((each) => each.office === office)} />
          </section>
        ))}
        {left.length > 0 ? (
          <section>
            <h2>{say('teamLeft')}</h2>
            <Lines scene={scene} advisors={left} />
          </section>
        ) : null}
      </>
    ),
  });
}

function Lines({ scene: { say, locale }, advisors }: { scene: Scene; advisors: readonly ListedAdvisor[] }) {
  return (
    <ul class="matters">
      {advisors.map(({ id, name, pod, customers, areas }) => (
        <li key={id}>
          <a href={`/${locale}/staff/advisors/${id}`}>{name}</a>
          <span class="soft num">{say('teamLine', { pod, customers, areas })}</span>
        </li>
      ))}
    </ul>
  );
}
