import { search } from '../../../desk/views/search.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { setScene } from '../../ui/page.tsx';
import { Done } from '../form-page.tsx';

/** GET /:locale/staff/customers?q= — finds customers by name, number, address, line or reference. */
export async function listCustomersPage(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const asked = (c.req.query('q') ?? '').trim().slice(0, 200);
  const { customers } = await search(c.var.house.db, asked);
  return showStaffPage(c, scene, {
    title: say('custListTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ erased: 'custErased' }} />
        <form novalidate method="get">
          <div class="field">
            <label for="q">{say('custFind')}</label>
            <span class="hint" id="q-hint">
              {say('custFindHint')}
            </span>
            <div class="ask">
              <input id="q" name="q" type="search" value={asked} aria-describedby="q-hint" />
              <button type="submit">{say('custFindButton')}</button>
            </div>
          </div>
        </form>
        {asked && customers.length === 0 ? <p role="status">{say('custFindNone')}</p> : null}
        {customers.length > 0 ? (
          <ul class="matters">
            {customers.map(({ id, name, reference, commune, found }) => (
              <li key={id}>
                <a href={`/${locale}/staff/customers/${id}`}>{name}</a>
                <span class="soft">{[reference, commune, found].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <p>
          <a href={`/${locale}/staff/customers/new`}>{say('custAddTitle')}</a>
        </p>
      </>
    ),
  });
}
