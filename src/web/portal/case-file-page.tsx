import { dueTime, longDay, pastTime } from '../../core/text/dates.ts';
import { closeCaseFile } from '../../desk/casefiles/close.ts';
import { type MyCaseFilePage, type MyPromise, myCaseFile } from '../../desk/views/my-case-file.ts';
import { myExchanges } from '../../desk/views/my-exchanges.ts';
import { facesOf } from '../../desk/views/my-page.ts';
import { readCursor } from '../../desk/views/page.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { ErrorSummary, type Problems } from '../ui/fields.tsx';
import { type Scene, showPage } from '../ui/page.tsx';
import type { Filled } from '../ui/uploads.ts';
import { readFilled } from '../ui/uploads.ts';
import { speak, type WordKey } from '../ui/words/words.ts';
import { Exchanges, type Faces, Pages } from './exchanges.tsx';
import { MessageForm, messageProblems, notStored, takeMessage } from './message-form.tsx';
import { PromiseSentence } from './promises.tsx';
import { readSelf, type Self } from './self.ts';

/** GET /:locale/my/case-files/:id — one matter: what is owed, what was said, and a place to answer. */
export async function showCaseFile(c: WebContext): Promise<Response> {
  return caseFilePage(c, await readSelf(c), {}, {});
}

/** POST …/reply — the answer joins this matter; then back to its page. */
export async function replyToCaseFile(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  const matter = await findMatter(c, self);
  if (!matter) return answerNotFound(c);
  const filled = await readFilled(c);
  const { problems, formId } = messageProblems(c, self.scene, filled, false);
  if (Object.keys(problems).length > 0) return caseFilePage(c, self, filled.fields, problems);
  return store(c, self, matter, filled, formId);
}

/** POST …/solved — "Est-ce réglé ?" A yes closes the matter, a no opens it again for its owner; nothing else is taken for either. */
export async function answerSolved(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  const matter = await findMatter(c, self);
  if (!matter) return answerNotFound(c);
  const filled = await readFilled(c);
  const { house, actor } = c.var;
  const say = speak(self.scene.operator.locale);
  if (filled.fields.solved === 'yes') {
    const words = say('solvedYesText');
    await house.transact((tx) => closeCaseFile(tx, actor, { caseFileId: matter.id, words, tell: false }));
    return c.redirect(`${addressOf(self.scene, matter.id)}?done=solved`, 303);
  }
  const problem =
    filled.fields.solved !== 'no' ? 'solvedWhich' : (await mayStillSayNo(c, self, matter)) ? null : 'solvedNotYet';
  if (problem) return caseFilePage(c, self, {}, { solved: self.scene.say(problem) });
  const text = say('solvedNoText');
  return store(c, self, matter, { ...filled, fields: { text }, files: [] }, filled.fields.moment ?? '');
}

/** A no is offered once the last word is ours, or the matter is closed. */
async function mayStillSayNo(c: WebContext, { me }: Self, matter: MyCaseFilePage): Promise<boolean> {
  const { items } = await myExchanges(c.var.house.db, me.id, { caseFileId: matter.id });
  return offersNo(matter, items[0]?.direction === 'out');
}

function offersNo({ closedAt }: MyCaseFilePage, answered: boolean): boolean {
  return answered || closedAt !== null;
}

async function store(
  c: WebContext,
  self: Self,
  matter: MyCaseFilePage,
  filled: Filled,
  formId: string,
): Promise<Response> {
  const received = await takeMessage(c, self.me.id, filled, formId, { caseFileId: matter.id, subject: matter.subject });
  if (!received) return caseFilePage(c, self, filled.fields, notStored(self.scene), 503);
  return c.redirect(`${addressOf(self.scene, matter.id)}?done=sent`, 303);
}

function findMatter(c: WebContext, { me, scene }: Self): Promise<MyCaseFilePage | undefined> {
  return myCaseFile(c.var.house.db, scene.now, me.id, c.req.param('id') ?? '');
}

function addressOf({ locale }: Scene, id: string): string {
  return `/${locale}/my/case-files/${id}`;
}

async function caseFilePage(
  c: WebContext,
  self: Self,
  typed: Readonly<Record<string, string>>,
  problems: Problems,
  status: 422 | 503 = 422,
): Promise<Response> {
  const matter = await findMatter(c, self);
  if (!matter) return answerNotFound(c);
  const { scene, facing } = self;
  const failed = Object.keys(problems).length > 0;
  const before = readCursor(c.req.query('before') ?? '');
  const page = await myExchanges(c.var.house.db, self.me.id, { caseFileId: matter.id, before });
  const faces = await facesOf(
    c.var.house.db,
    page.items.map((exchange) => exchange.advisorId),
  );
  return showPage(c, scene, {
    title: matter.subject,
    facing,
    failed,
    status: failed ? status : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={scene.locale} />
        <p class="over">
          <a href={`/${scene.locale}/my`}>{scene.say('myTitle')}</a>
        </p>
        <h1>{matter.subject}</h1>
        <State scene={scene} matter={matter} done={c.req.query('done')} answered={page.items[0]?.direction === 'out'} />
        <section class="no-print">
          <h2>{scene.say('replyTitle', { name: matter.owner.name })}</h2>
          <MessageForm
            house={c.var.house}
            scene={scene}
            action={`${addressOf(scene, matter.id)}/reply`}
            label={scene.say('yourMessage')}
            typed={typed}
            problems={problems}
          />
        </section>
        <Talk scene={scene} matter={matter} page={page} faces={faces} earlier={before !== undefined} />
      </>
    ),
  });
}

interface StateProps {
  scene: Scene;
  matter: MyCaseFilePage;
  /** What was just done, from the address. */
  done: string | undefined;
  /** Whether the last word is ours. */
  answered: boolean;
}

/** Where the matter stands: what happened, what we do, when the next news comes. */
function State({ scene, matter, done, answered }: StateProps) {
  const { say, now, style } = scene;
  const open = matter.commitments.filter((promise) => promise.state === 'open');
  const { thirdParty, thirdPartySince, closedAt } = matter;
  return (
    <div class="state">
      {done ? (
        <p class="done" role="status">
          {say(done === 'solved' ? 'solvedThanks' : 'sentThanks', { name: matter.owner.name })}
        </p>
      ) : null}
      {closedAt ? (
        <p>{say('caseFileClosedAt', { when: pastTime(closedAt, now, style), words: matter.closingWords ?? '' })}</p>
      ) : null}
      {thirdParty && thirdPartySince ? (
        <p>{say('waitsFor', { who: thirdParty, since: longDay(thirdPartySince, now, style) })}</p>
      ) : null}
      {open.map((promise) => (
        <PromiseSentence key={promise.id} scene={scene} promise={promise} />
      ))}
      <Solved scene={scene} matter={matter} answered={answered} />
    </div>
  );
}

function Solved({ scene, matter, answered }: Omit<StateProps, 'done'>) {
  const { say, now } = scene;
  return (
    <form novalidate method="post" action={`${addressOf(scene, matter.id)}/solved`} class="solved no-print">
      <input type="hidden" name="moment" value={now.toISOString()} />
      <span id="solved">{say('solvedQuestion')}</span>
      {matter.closedAt ? null : (
        <button type="submit" name="solved" value="yes" class="quiet" aria-describedby="solved">
          {say('solvedYes')}
        </button>
      )}
      {offersNo(matter, answered) ? (
        <button type="submit" name="solved" value="no" class="quiet" aria-describedby="solved">
          {say('solvedNo')}
        </button>
      ) : null}
    </form>
  );
}

interface TalkProps {
  scene: Scene;
  matter: MyCaseFilePage;
  page: Awaited<ReturnType<typeof myExchanges>>;
  faces: Faces;
  earlier: boolean;
}

function Talk({ scene, matter, page, faces, earlier }: TalkProps) {
  const past = matter.commitments.filter((promise) => promise.state !== 'open');
  return (
    <section>
      <h2>{scene.say('timelineTitle')}</h2>
      <Exchanges scene={scene} exchanges={page.items} faces={faces} />
      <Pages scene={scene} path={addressOf(scene, matter.id)} page={page} earlier={earlier} />
      {past.length > 0 ? (
        <details>
          <summary>{scene.say('pastPromises')}</summary>
          <ul class="past">
            {past.map((promise) => (
              <PastPromise key={promise.id} scene={scene} promise={promise} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const states: Record<MyPromise['state'], WordKey> = {
  open: 'stateOpen',
  kept: 'stateKept',
  broken: 'stateBroken',
  withdrawn: 'stateWithdrawn',
};

function PastPromise({ scene, promise }: { scene: Scene; promise: MyPromise }) {
  const { say, now, style } = scene;
  return (
    <li class={promise.state}>
      {promise.owner}, {dueTime(promise.dueAt, now, style)} · <strong>{say(states[promise.state])}</strong>
      {promise.withdrawnWords ? <span class="soft"> {promise.withdrawnWords}</span> : null}
    </li>
  );
}
