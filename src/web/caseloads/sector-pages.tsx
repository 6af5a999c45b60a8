import { type CutPreview, cutCommune, previewCut, type SectorAsked } from '../../desk/caseloads/cut-commune.ts';
import { type LargeCommune, readLargeCommunes } from '../../desk/views/large-communes.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { Done, goBack, readTyped, showForm, type Typed } from '../administration/form-page.tsx';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems, Select, TextArea } from '../ui/fields.tsx';
import { listed } from '../ui/listed.ts';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

const MOST_PARTS = 24;

/** GET /:locale/staff/sectors — communes that are cut or should be. */
export async function listSectors(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const communes = await readLargeCommunes(c.var.house.db, scene.now);
  return showStaffPage(c, scene, {
    title: say('sectorsTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/caseloads`}>{say('loadsTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ cut: 'sectorsDone' }} />
        <p class="lead">{say('sectorsLead')}</p>
        {communes.length === 0 ? <p>{say('sectorsNone')}</p> : null}
        <ul class="matters">
          {communes.map((commune) => (
            <li key={commune.insee}>
              <div>
                <a href={`/${locale}/staff/sectors/${commune.insee}`}>{commune.name}</a>
                <p class="soft tight">
                  {commune.areas.length > 1 ? sectorsAndPeople(scene, commune) : adviceOn(scene, commune)}
                </p>
              </div>
              <span class="num">{say('sectorsCustomers', { count: commune.customers })}</span>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

function sectorsAndPeople({ say, locale }: Scene, { areas }: LargeCommune): string {
  const people = [...new Set(areas.map(({ advisor }) => advisor))];
  return say('sectorsCount', { count: areas.length, names: listed(people, locale) });
}

const adviceOn = ({ say }: Scene, { parts }: LargeCommune) =>
  parts > 1 ? say('sectorsAdvice', { count: parts }) : say('sectorsSmall');

/** GET /:locale/staff/sectors/:insee — its sectors; or, while it is whole, the form that cuts it. */
export async function showSectors(c: WebContext): Promise<Response> {
  const found = await findCommune(c);
  if (!found) return answerNotFound(c);
  const { scene, commune } = found;
  if (commune.areas.length > 1 || commune.areas[0]?.sector) return showCut(c, scene, commune);
  const asked = Number(c.req.query('parts'));
  const parts =
    Number.isInteger(asked) && asked >= 2
      ? Math.min(asked, MOST_PARTS)
      : Math.max(2, Math.min(commune.parts, MOST_PARTS));
  return cutForm(c, found, { typed: {}, parts, problems: {} });
}

/** POST — shows who would live where and who would change; or cuts. */
export async function postSectors(c: WebContext): Promise<Response> {
  const found = await findCommune(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { house, actor } = c.var;
  const { commune, scene } = found;
  const parts = Math.min(MOST_PARTS, Math.max(2, Number(typed.parts) || 2));
  const sectors = sectorsTyped(typed, parts, commune);
  const asked = { communeInsee: commune.insee, sectors };
  if (typed.do !== 'cut') {
    const problems = problemsOf(scene, sectors);
    const preview = Object.keys(problems).length === 0 ? await previewCut(house.db, asked) : undefined;
    return cutForm(c, found, { typed, parts, problems, preview });
  }
  const cut = await house.transact((tx) => cutCommune(tx, actor, asked));
  if (cut.ok)
    return cut.planId ? goBack(c, `/staff/caseloads/${cut.planId}`, 'cut') : goBack(c, '/staff/sectors', 'cut');
  if (cut.why === 'not_allowed' || cut.why === 'unknown_area') return answerNotFound(c);
  return cutForm(c, found, { typed, parts, problems: problemsOf(scene, sectors, cut.why) });
}

interface Found {
  scene: Scene;
  commune: LargeCommune;
}

async function findCommune(c: WebContext): Promise<Found | undefined> {
  const scene = await setScene(c);
  const insee = c.req.param('insee') ?? '';
  const [commune] = /^\w{5}$/.test(insee) ? await readLargeCommunes(c.var.house.db, scene.now, insee) : [];
  return commune && { scene, commune };
}

function sectorsTyped(typed: Typed, parts: number, { areas }: LargeCommune): SectorAsked[] {
  return Array.from({ length: parts }, (_, index) => ({
    name: typed[`name${index}`] ?? '',
    advisorId: typed[`advisor${index}`] || (areas[0]?.advisorId ?? ''),
    streets: typed[`streets${index}`] ?? '',
  }));
}

/** What stands in the way, beside the sector it is about. */
function problemsOf({ say }: Scene, sectors: readonly SectorAsked[], refused?: string): Problems {
  const problems: Record<string, string> = {};
  const seen = new Set<string>();
  sectors.forEach(({ name, advisorId }, index) => {
    const key = name.trim().toLowerCase();
    if (!key) problems[`name${index}`] = say('sectorsNoName');
    else if (seen.has(key)) problems[`name${index}`] = say('sectorsTwice');
    seen.add(key);
    if (!/^[0-9a-f-]{36}$/.test(advisorId)) problems[`advisor${index}`] = say('sectorsNoAdvisor');
  });
  const general: Partial<Record<string, WordKey>> = {
    already_cut: 'sectorsAlready',
    unknown_advisor: 'sectorsNoAdvisor',
  };
  const sentence = refused && general[refused];
  if (sentence) problems[refused === 'unknown_advisor' ? 'advisor0' : 'name0'] ??= say(sentence);
  return problems;
}

interface CutForm {
  typed: Typed;
  parts: number;
  problems: Problems;
  preview?: CutPreview | undefined;
}

async function cutForm(c: WebContext, { scene, commune }: Found, { typed, parts, problems, preview }: CutForm) {
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const people = [...(await readRoster(c.var.house.db, now)).advisors.values()]
    .map(({ id, fullName }) => ({ value: id, label: fullName }))
    .toSorted((one, other) => one.label.localeCompare(other.label, locale));
  const names = new Map(people.map(({ value, label }) => [value, label]));
  const own = commune.areas[0]?.advisorId ?? '';
  return showForm(c, scene, {
    title: say('sectorsCutTitle', { place: commune.name }),
    back: { href: `/${locale}/staff/sectors`, label: say('sectorsTitle') },
    lead: say('sectorsCutLead', { count: commune.customers, name: commune.areas[0]?.advisor ?? '' }),
    problems,
    body: (
      <>
        <p>{adviceOn(scene, commune)}</p>
        <form novalidate method="post" action={`/${locale}/staff/sectors/${commune.insee}`}>
          {preview ? <Preview scene={scene} preview={preview} names={names} /> : null}
          <input type="hidden" name="parts" value={String(parts)} />
          {Array.from({ length: parts }, (_, index) => index).map((index) => (
            <fieldset class="field" key={`sector${index}`}>
              <legend>
                <h2>{say('sectorsOne', { number: index + 1 })}</h2>
              </legend>
              <div class="pair">
                <Input {...shared} name={`name${index}`} label={say('sectorsName')} value={typed[`name${index}`]} />
                <Select
                  {...shared}
                  name={`advisor${index}`}
                  label={say('sectorsAdvisor')}
                  value={typed[`advisor${index}`] ?? own}
                  choices={people}
                />
              </div>
              <TextArea
                {...shared}
                name={`streets${index}`}
                label={say('sectorsStreets')}
                hint={say('sectorsStreetsHint')}
                optional
                value={typed[`streets${index}`]}
              />
            </fieldset>
          ))}
          <p class="buttons">
            <button type="submit" name="do" value="preview" class={preview ? 'quiet' : undefined}>
              {say('sectorsSee')}
            </button>
            {preview ? (
              <button type="submit" name="do" value="cut">
                {say('sectorsCut')}
              </button>
            ) : null}
          </p>
        </form>
        <p>
          <a href={`/${locale}/staff/sectors/${commune.insee}?parts=${Math.min(parts + 1, MOST_PARTS)}`}>
            {say('sectorsMore')}
          </a>
        </p>
      </>
    ),
  });
}

interface PreviewProps {
  scene: Scene;
  preview: CutPreview;
  names: ReadonlyMap<string, string>;
}

/** Sector by sector: how many customers, and who of them would be brought to another advisor. */
function Preview({ scene: { say }, preview, names }: PreviewProps) {
  const name = (id: string) => names.get(id) ?? '–';
  const all = preview.sectors.flatMap(({ changes }) => changes).reduce((sum, { customers }) => sum + customers, 0);
  return (
    <section class="field" aria-labelledby="preview">
      <h2 id="preview">{say('sectorsPreview')}</h2>
      <dl class="notice">
        {preview.sectors.map((sector) => (
          <div key={sector.name}>
            <dt>{sector.name}</dt>
            <dd>
              <p class="tight">{say('sectorsWith', { name: name(sector.advisorId), count: sector.customers })}</p>
              {sector.changes.map(({ fromAdvisorId, customers }) => (
                <p class="tight" key={fromAdvisorId}>
                  {say('sectorsChange', { count: customers, from: name(fromAdvisorId), to: name(sector.advisorId) })}
                </p>
              ))}
              {sector.changes.length === 0 ? <p class="soft tight">{say('sectorsNobody')}</p> : null}
            </dd>
          </div>
        ))}
      </dl>
      <p>{say(all > 0 ? 'sectorsThen' : 'sectorsThenNobody', { count: all })}</p>
    </section>
  );
}

/** A commune that is cut: its sectors, and where each gets another advisor. */
function showCut(c: WebContext, scene: Scene, commune: LargeCommune): Promise<Response> {
  const { say, locale } = scene;
  return showStaffPage(c, scene, {
    title: say('sectorsOf', { place: commune.name }),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/sectors`}>{say('sectorsTitle')}</a>
        </p>
        <p class="lead">{say('sectorsGive')}</p>
        <ul class="matters">
          {commune.areas.map(({ id, sector, advisorId, advisor, customers }) => (
            <li key={id}>
              <div>
                {sector}
                <p class="soft tight">
                  <a href={`/${locale}/staff/advisors/${advisorId}/areas`}>{advisor}</a>
                </p>
              </div>
              <span class="num">{say('sectorsCustomers', { count: customers })}</span>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}
