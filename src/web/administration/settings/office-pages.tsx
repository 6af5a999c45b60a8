import { spacedPhone } from '../../../core/text/phone.ts';
import { addOffice, addPod, type PodAdded } from '../../../desk/areas/add.ts';
import { editOffice, type PodRenamed, renamePod } from '../../../desk/areas/edit-office.ts';
import { type ListedOffice, listOffices } from '../../../desk/views/offices.ts';
import { answerNotFound } from '../../problems.ts';
import { communeTyped } from '../../public/commune-query.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { Input, type Problems } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { readWeek, typedWeek } from '../advisors/card-fields.tsx';
import { Done, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { OfficeForm } from './office-form.tsx';

/** GET /:locale/staff/offices — offices, their pods, and the public holidays each keeps. */
export async function listOfficePages(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const offices = await listOffices(c.var.house.db);
  return showStaffPage(c, scene, {
    title: say('officesTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ saved: 'adminSaved' }} />
        <ul class="matters">
          {offices.map(({ id, name, street, postcode, commune, pods }) => (
            <li key={id}>
              <div>
                <p class="tight">
                  <a href={`/${locale}/staff/offices/${id}`}>{name}</a>
                </p>
                <p class="soft tight">{`${street}, ${postcode} ${commune}`}</p>
              </div>
              <span class="soft">
                {pods.map((pod) => say('officePodLine', { name: pod.name, count: pod.advisors })).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        <p>
          <a href={`/${locale}/staff/offices/new`}>{say('officeAdd')}</a>
        </p>
      </>
    ),
  });
}

/** GET /:locale/staff/offices/:id — or `new`. */
export async function showOffice(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  if (c.req.param('id') === 'new') return officePage(c, scene, { typed: { holidayRegion: 'FR' }, problems: {} });
  const office = await findOffice(c);
  return office ? officePage(c, scene, { office, typed: typedOf(office), problems: {} }) : answerNotFound(c);
}

/** POST — saves the office; or adds or renames a pod, as the button says. */
export async function postOffice(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const typed = await readTyped(c);
  if (c.req.param('id') === 'new') return open(c, scene, typed);
  const office = await findOffice(c);
  if (!office) return answerNotFound(c);
  if (typed.do === 'pod') return savePod(c, scene, office, typed);
  const { actor, house } = c.var;
  const { hours, problems: unreadable } = readWeek(typed, scene);
  if (Object.keys(unreadable).length > 0) return officePage(c, scene, { office, typed, problems: unreadable });
  const { name = '', street = '', postcode = '', phone = '', holidayRegion = '' } = typed;
  const said = { officeId: office.id, name, street, postcode, phone, holidayRegion, openingHours: hours };
  const edited = await house.transact((tx) => editOffice(tx, actor, said));
  if (edited.ok) return goBack(c, '/staff/offices', 'saved');
  const problems = problemAt(scene, edited.why, officeProblems);
  return problems ? officePage(c, scene, { office, typed, problems }) : answerNotFound(c);
}

const officeProblems: Partial<Record<string, readonly [string, WordKey]>> = {
  name_missing: ['name', 'officeNoName'],
  phone_unreadable: ['phone', 'custPointBadPhone'],
  hours_unusable: ['hours1', 'hoursUnusable'],
  unknown_region: ['holidayRegion', 'officeRegionBad'],
  unknown_commune: ['commune', 'permanenceCommuneBad'],
};

async function open(c: WebContext, scene: Scene, typed: Typed): Promise<Response> {
  const { actor, house } = c.var;
  const { hours, problems } = readWeek(typed, scene);
  const commune = await communeTyped(house.db, typed.commune ?? '');
  const wrong = commune ? problems : { commune: scene.say('permanenceCommuneBad'), ...problems };
  if (!commune || Object.keys(wrong).length > 0) return officePage(c, scene, { typed, problems: wrong });
  const { name = '', street = '', postcode = '', phone = '' } = typed;
  const added = await house.transact(async (tx) => {
    const office = await addOffice(tx, actor, {
      name,
      street,
      postcode,
      phone,
      communeInsee: commune.insee,
      openingHours: hours,
    });
    // People belong to a pod: an office without one could take nobody in.
    if (office.ok) await addPod(tx, actor, { officeId: office.id, name });
    return office;
  });
  if (added.ok) return goBack(c, '/staff/offices', 'saved');
  const refused = problemAt(scene, added.why, officeProblems);
  return refused ? officePage(c, scene, { typed, problems: refused }) : answerNotFound(c);
}

async function savePod(c: WebContext, scene: Scene, office: ListedOffice, typed: Typed): Promise<Response> {
  const { actor, house } = c.var;
  const name = typed.podName ?? '';
  const pod = office.pods.find(({ id }) => id === typed.pod);
  const saved = await house.transact<PodAdded | PodRenamed>((tx) =>
    pod ? renamePod(tx, actor, { podId: pod.id, name }) : addPod(tx, actor, { officeId: office.id, name }),
  );
  if (saved.ok) return goBack(c, '/staff/offices', 'saved');
  if (saved.why !== 'name_missing') return answerNotFound(c);
  return officePage(c, scene, { office, typed: typedOf(office), problems: { podName: scene.say('officePodNoName') } });
}

async function findOffice(c: WebContext): Promise<ListedOffice | undefined> {
  return (await listOffices(c.var.house.db)).find(({ id }) => id === c.req.param('id'));
}

function typedOf(office: ListedOffice): Typed {
  const { name, street, postcode, holidayRegion } = office;
  const phone = office.phone ? spacedPhone(office.phone) : '';
  return { name, street, postcode, phone, holidayRegion, ...typedWeek(office.openingHours) };
}

interface OfficePage {
  office?: ListedOffice;
  typed: Typed;
  problems: Problems;
}

function officePage(c: WebContext, scene: Scene, { office, typed, problems }: OfficePage) {
  const { say, locale } = scene;
  return showForm(c, scene, {
    title: office?.name ?? say('officeAdd'),
    back: { href: `/${locale}/staff/offices`, label: say('officesTitle') },
    problems,
    body: (
      <>
        <OfficeForm scene={scene} typed={typed} problems={problems} isNew={!office} />
        {office ? <Pods scene={scene} office={office} problems={problems} /> : null}
      </>
    ),
  });
}

function Pods({
  scene: { say, locale },
  office,
  problems,
}: {
  scene: Scene;
  office: ListedOffice;
  problems: Problems;
}) {
  return (
    <section>
      <h2>{say('officePods')}</h2>
      <form novalidate method="post">
        <div class="field">
          <label for="pod">{say('officePodWhich')}</label>
          <select id="pod" name="pod">
            <option value="">{say('officePodNew')}</option>
            {office.pods.map((pod) => (
              <option key={pod.id} value={pod.id}>
                {say('officePodLine', { name: pod.name, count: pod.advisors })}
              </option>
            ))}
          </select>
        </div>
        <Input locale={locale} problems={problems} name="podName" label={say('officePodName')} />
        <button type="submit" class="quiet" name="do" value="pod">
          {say('officePodSave')}
        </button>
      </form>
    </section>
  );
}
