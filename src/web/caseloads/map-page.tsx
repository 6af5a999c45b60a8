import { type MapPlace, readCaseloadMap } from '../../desk/views/caseload-map.ts';
import { readTouching } from '../../desk/views/contours.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { type Mark, marksOf } from './marks.ts';
import { TileMap } from './tile-map.tsx';

/** GET /:locale/staff/caseloads/map — who looks after which part of the territory, as tiles and as a table. */
export async function showMap(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const { db } = c.var.house;
  const places = await readCaseloadMap(db);
  const outlined = await db.selectFrom('communeContour').select('insee').limit(1).executeTakeFirst();
  const marks = marksOf(places, await readTouching(db));
  return showStaffPage(c, scene, {
    title: say('mapTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/caseloads`}>{say('loadsTitle')}</a>
        </p>
        <p class="lead">{say('mapLead')}</p>
        {outlined ? (
          <>
            <p>
              <img src={`/${locale}/staff/caseloads/map.svg`} alt={say('mapAlt')} width={1000} height={1000} />
            </p>
            <p>
              <a href={`/${locale}/staff/caseloads/map.svg`}>{say('mapLarge')}</a>
            </p>
          </>
        ) : null}
        <TileMap scene={scene} places={places} marks={marks} />
        <section>
          <h2>{say('mapTable')}</h2>
          <HeldTable scene={scene} places={places} marks={marks} />
        </section>
      </>
    ),
  });
}

interface Props {
  scene: Scene;
  places: readonly MapPlace[];
  marks: Map<string, Mark>;
}

function HeldTable({ scene: { say }, places, marks }: Props) {
  return (
    <section class="figures" aria-label={say('mapTable')}>
      <table tabindex={0}>
        <thead>
          <tr>
            <th scope="col">{say('mapPlace')}</th>
            <th scope="col">{say('loadsAdvisor')}</th>
            <th scope="col">{say('loadsCustomers')}</th>
            <th scope="col">{say('mapCommunes')}</th>
          </tr>
        </thead>
        <tbody>
          {places.flatMap((place) =>
            place.held.map((each) => (
              <tr key={`${place.code}${each.advisorId}`}>
                <td>{place.name}</td>
                <td>
                  {each.name} ({marks.get(each.advisorId)?.letters})
                </td>
                <td class="num">{each.customers}</td>
                <td class="num">{each.communes}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}
