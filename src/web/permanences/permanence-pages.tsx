import { cancelPermanence } from '../../desk/permanences/cancel.ts';
import { enterPermanence, type NewPermanence, type PermanenceProblem, todayIn } from '../../desk/permanences/enter.ts';
import { can } from '../../desk/permissions.ts';
import { comingPermanences, type PermanenceRead } from '../../desk/views/permanences.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { answerNotFound } from '../problems.ts';
import { communeTyped } from '../public/commune-query.ts';
import { dateWords } from '../public/permanences/permanence-list.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems, Select } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

type Typed = Readonly<Record<string, string>>;

/** GET /:locale/staff/permanences — the dates to come, and a form for another. Leads see and enter everybody's. */
export async function showPermanences(c: WebContext): Promise<Response> {
  return showForm(c, await setScene(c), {}, {});
}

/** POST — enters one date or a series; what is wrong comes back beside its field, with everything typed. */
export async function enter(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = textsOf(await c.req.parseBody());
  const advisorId = await advisorFor(c, typed.advisor);
  if (!advisorId) return showForm(c, scene, typed, { advisor: scene.say('permanenceWho') });
  const commune = await communeTyped(house.db, typed.commune ?? '');
  if (!commune) return showForm(c, scene, typed, { commune: scene.say('permanenceCommuneBad') });
  const input = { ...inputOf(typed), advisorId, communeInsee: commune.insee };
  const entered = await house.transact((tx) => enterPermanence(tx, actor, input));
  if (!entered.ok) return showForm(c, scene, typed, problemsOf(scene, entered.why));
  return c.redirect(`/${scene.locale}/staff/permanences?entered=${entered.dates.length}`, 303);
}

/** POST /:locale/staff/permanences/:id/cancel */
export async function cancel(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const id = c.req.param('id') ?? '';
  const typed = textsOf(await c.req.parseBody());
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return answerNotFound(c);
  const input = { id, series: typed.all === '1', why: typed.why ?? '' };
  const count = await house.transact((tx) => cancelPermanence(tx, actor, input));
  if (count === 0) return answerNotFound(c);
  return c.redirect(`/${c.req.param('locale')}/staff/permanences?cancelled=${count}`, 303);
}

/** One's own, or for a lead the one chosen; null when it is nobody. */
async function advisorFor({ var: { actor, house } }: WebContext, chosen: string | undefined): Promise<string | null> {
  const own = actor.kind === 'staff' ? actor.advisorId : null;
  if (!chosen || chosen === own || !can(actor, 'enter any absence')) return own;
  const { advisors } = await readRoster(house.db, house.clock());
  return advisors.has(chosen) ? chosen : null;
}

function textsOf(body: Record<string, unknown>): Typed {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
}

function inputOf(typed: Typed): Omit<NewPermanence, 'advisorId' | 'communeInsee'> {
  const weeks = ([0, 1, 2, 4] as const).find((each) => String(each) === typed.weeks) ?? 0;
  const { place = '', date = '', from = '', to = '', until = '' } = typed;
  return { place, date, from, to, everyWeeks: weeks, until };
}

const fieldOf: Record<PermanenceProblem, [field: string, sentence: WordKey]> = {
  no_place: ['place', 'permanencePlaceBad'],
  bad_date: ['date', 'permanenceDateBad'],
  past_date: ['date', 'permanenceDatePast'],
  bad_times: ['to', 'permanenceTimesBad'],
  bad_until: ['until', 'permanenceUntilBad'],
  taken: ['date', 'permanenceTaken'],
};

function problemsOf({ say }: Scene, why: PermanenceProblem): Problems {
  const [field, sentence] = fieldOf[why];
  return { [field]: say(sentence) };
}

async function showForm(c: WebContext, scene: Scene, typed: Typed, problems: Problems): Promise<Response> {
  const { house, actor } = c.var;
  const { say } = scene;
  const own = actor.kind === 'staff' ? actor.advisorId : null;
  const everybody = can(actor, 'enter any absence');
  const people = everybody ? [...(await readRoster(house.db, scene.now)).advisors.values()] : [];
  const coming = await comingPermanences(house.db, scene.now, everybody || !own ? {} : { advisorId: own });
  const { entered, cancelled } = c.req.query();
  return showStaffPage(c, scene, {
    title: say('permanencesStaffTitle'),
    problems,
    body: (
      <>
        {entered || cancelled ? (
          <p class="done" role="status">
            {say(entered ? 'permanenceEntered' : 'permanenceCancelledDone', {
              count: Number.parseInt(entered ?? cancelled ?? '', 10) || 0,
            })}
          </p>
        ) : null}
        <p class="lead">{say('permanencesStaffLead')}</p>
        <EnterForm scene={scene} typed={typed} problems={problems} people={people} own={own} />
        <section>
          <h2>{say('permanencesComing')}</h2>
          {coming.length === 0 ? <p>{say('permanencesNone')}</p> : null}
          <ul class="matters">
            {coming.map((each) => (
              <Coming key={each.id} scene={scene} permanence={each} />
            ))}
          </ul>
        </section>
      </>
    ),
  });
}

interface EnterProps {
  scene: Scene;
  typed: Typed;
  problems: Problems;
  people: readonly { id: string; fullName: string }[];
  own: string | null;
}

function EnterForm({ scene, typed, problems, people, own }: EnterProps) {
  const { say, locale, now, style } = scene;
  const shared = { locale, problems };
  const weeks = ([0, 1, 2, 4] as const).map((each) => ({ value: String(each), label: say(`permanenceWeeks${each}`) }));
  return (
    <form novalidate method="post" action={`/${locale}/staff/permanences`}>
      {people.length > 0 ? (
        <Select
          {...shared}
          name="advisor"
          label={say('permanenceAdvisor')}
          value={typed.advisor ?? own ?? ''}
          choices={people.map(({ id, fullName }) => ({ value: id, label: fullName }))}
        />
      ) : null}
      <div class="pair">
        <Input {...shared} name="commune" label={say('permanenceCommune')} value={typed.commune} />
        <Input
          {...shared}
          name="place"
          label={say('permanencePlace')}
          hint={say('permanencePlaceHint')}
          value={typed.place}
        />
        <Input
          {...shared}
          name="date"
          type="date"
          label={say('permanenceDate')}
          value={typed.date ?? todayIn(style.zone, now)}
        />
        <Select {...shared} name="weeks" label={say('permanenceRepeats')} value={typed.weeks ?? '0'} choices={weeks} />
        <Input {...shared} name="from" type="time" label={say('permanenceFrom')} value={typed.from ?? '09:00'} />
        <Input {...shared} name="to" type="time" label={say('permanenceTo')} value={typed.to ?? '11:30'} />
      </div>
      <Input
        {...shared}
        name="until"
        type="date"
        label={say('permanenceUntil')}
        hint={say('permanenceUntilHint')}
        optional
        value={typed.until}
      />
      <button type="submit">{say('permanenceEnter')}</button>
    </form>
  );
}

function Coming({ scene, permanence }: { scene: Scene; permanence: PermanenceRead }) {
  const { say, locale } = scene;
  const { id, advisor, commune, place, cancelledAt, why } = permanence;
  return (
    <li>
      <div>
        <p class="tight">{dateWords(scene, permanence)}</p>
        <p class="soft tight">
          {[advisor.name, commune.name, place].join(', ')}
          {cancelledAt ? ` · ${say('permanenceCancelled')}` : ''}
          {why ? `. ${why}` : ''}
        </p>
      </div>
      {cancelledAt ? null : (
        <details>
          <summary>{say('permanenceCancel')}</summary>
          <form novalidate method="post" action={`/${locale}/staff/permanences/${id}/cancel`}>
            <div class="field">
              <label for={`why-${id}`}>{say('permanenceWhy')}</label>
              <input id={`why-${id}`} name="why" />
            </div>
            <p class="buttons">
              <button type="submit" class="quiet">
                {say('permanenceCancelOne')}
              </button>
              <button type="submit" class="quiet" name="all" value="1">
                {say('permanenceCancelAll')}
              </button>
            </p>
          </form>
        </details>
      )}
    </li>
  );
}
