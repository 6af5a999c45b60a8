import { mergeCommunes, sectorsOf } from '../../desk/areas/merge-communes.ts';
import { type Merger, readMergers } from '../../desk/views/mergers.ts';
import { Done } from '../administration/form-page.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { type Scene, setScene } from '../ui/page.tsx';

/** GET /:locale/staff/caseloads/mergers — communes that became one: which areas move, and that nobody changes advisor. */
export async function showMergers(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const mergers = await readMergers(c.var.house.db);
  return showStaffPage(c, scene, {
    title: say('mergersTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/caseloads`}>{say('loadsTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ merged: 'mergersDone' }} />
        <p class="lead">{say(mergers.length > 0 ? 'mergersLead' : 'mergersNone')}</p>
        {mergers.length > 0 ? (
          <>
            <MergerTable scene={scene} mergers={mergers} />
            <form novalidate method="post" action={`/${locale}/staff/caseloads/mergers`}>
              <button type="submit">{say('mergersApply')}</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

/** POST — moves the areas. */
export async function postMergers(c: WebContext): Promise<Response> {
  await c.var.house.transact((tx) => mergeCommunes(tx, c.var.actor));
  return c.redirect(`/${c.req.param('locale')}/staff/caseloads/mergers?done=merged`, 303);
}

function MergerTable({ scene: { say }, mergers }: { scene: Scene; mergers: readonly Merger[] }) {
  return (
    <section class="figures" aria-label={say('mergersTitle')} tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('mergersWas')}</th>
            <th scope="col">{say('mergersBecomes')}</th>
            <th scope="col">{say('loadsCustomers')}</th>
            <th scope="col">{say('mergersAdvisor')}</th>
          </tr>
        </thead>
        <tbody>
          {mergers.flatMap((merger) => {
            const sectors = sectorsOf(merger);
            return merger.areas.map((area, index) => (
              <tr key={area.id}>
                <td>{[area.communeName, area.sector].filter(Boolean).join(', ')}</td>
                <td>{[merger.intoName, sectors[index]].filter(Boolean).join(', ')}</td>
                <td class="num">{area.customers}</td>
                <td>{area.advisor}</td>
              </tr>
            ));
          })}
        </tbody>
      </table>
    </section>
  );
}
