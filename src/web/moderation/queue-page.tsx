import { pastTime } from '../../core/text/dates.ts';
import { reasons } from '../../desk/comments/moderate.ts';
import { can } from '../../desk/permissions.ts';
import {
  answersToPublish,
  decidedComments,
  moderationQueue,
  QUEUE,
  reportedComments,
} from '../../desk/views/moderation.ts';
import { reasonKey } from '../public/comments/reasons.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems, Select } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { AnswerForm, AnswersToPublish } from './answers.tsx';
import { Line, type LineProps } from './line.tsx';
import { Setting } from './setting.tsx';

const views = ['waiting', 'reported', 'answers', 'shown', 'hidden', 'setting'] as const;
export type View = (typeof views)[number];

/** Which list of the moderator's page is asked for. */
export function viewOf(value: unknown): View {
  return views.find((view) => view === value) ?? 'waiting';
}

/** GET /:locale/staff/moderation — what waits, what was reported, what to answer: plain forms, one key away each. */
/** Whoever asks for a page beyond is shown an empty one. */
const MOST_PAGES = 10_000;

export async function showModeration(c: WebContext): Promise<Response> {
  return showQueue(c, await setScene(c), viewOf(c.req.query('view')), {}, {});
}

/** One list of the moderator's page; with what was chosen and what is wrong when a decision could not be taken. */
export async function showQueue(
  c: WebContext,
  scene: Scene,
  view: View,
  problems: Problems,
  typed: Readonly<Record<string, string>>,
): Promise<Response> {
  const { db } = c.var.house;
  const { say } = scene;
  const page = Math.min(Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1), MOST_PAGES);
  const [queue, reported, answers] = await Promise.all([
    moderationQueue(db, view === 'waiting' ? page : 1),
    reportedComments(db),
    answersToPublish(db),
  ]);
  const done = c.req.query('done');
  return showStaffPage(c, scene, {
    title: say('moderationTitle'),
    problems,
    body: (
      <>
        {done ? (
          <p class="done" role="status">
            {say('moderationDone', { count: Number.parseInt(done, 10) || 0 })}
          </p>
        ) : null}
        <Views
          scene={scene}
          view={view}
          counts={{ waiting: queue.comments, reported: reported.length, answers: answers.length }}
        />
        {view === 'waiting' ? (
          <>
            <Decide
              scene={scene}
              view={view}
              lines={queue.lines.map(waitingLine(scene))}
              problems={problems}
              typed={typed}
            />
            {queue.groups > page * QUEUE ? (
              <p>
                <a href={`?view=waiting&page=${page + 1}`}>{say('moderationNext')}</a>
              </p>
            ) : null}
          </>
        ) : null}
        {view === 'reported' ? (
          <Decide
            scene={scene}
            view={view}
            lines={reported.map(reportedLine(scene))}
            problems={problems}
            typed={typed}
          />
        ) : null}
        {view === 'shown' || view === 'hidden' ? (
          <>
            <Decide
              scene={scene}
              view={view}
              lines={(await decidedComments(db, view)).map(decidedLine)}
              problems={problems}
              typed={typed}
            />
            {c.req.query('answer') ? <AnswerForm scene={scene} commentId={c.req.query('answer') ?? ''} /> : null}
          </>
        ) : null}
        {view === 'answers' ? <AnswersToPublish scene={scene} answers={answers} /> : null}
        {view === 'setting' ? <Setting c={c} scene={scene} may={can(c.var.actor, 'run the installation')} /> : null}
      </>
    ),
  });
}

function waitingLine({ say }: Scene) {
  return (line: Awaited<ReturnType<typeof moderationQueue>>['lines'][number]): LineProps['line'] => ({
    ...line,
    value: line.count > 1 && line.likenessId ? `like:${line.likenessId}` : line.id,
    notes: [
      ...(line.heldWhy ? [say(`held_${line.heldWhy}` as WordKey)] : []),
      ...(line.count > 1 ? [say('moderationAlike', { count: line.count })] : []),
    ],
  });
}

function reportedLine({ say }: Scene) {
  return (line: Awaited<ReturnType<typeof reportedComments>>[number]): LineProps['line'] => ({
    ...line,
    value: line.id,
    at: line.since,
    asked: false,
    notes: [...line.reasons.map((reason) => say(`reason_${reason}` as WordKey)), ...line.words],
  });
}

function decidedLine(line: Awaited<ReturnType<typeof decidedComments>>[number]): LineProps['line'] {
  const { id, name, text, slug, shownAt, askedAt } = line;
  return { id, value: id, name, text, slug, at: shownAt as Date, asked: askedAt !== null, notes: [] };
}

interface ViewsProps {
  scene: Scene;
  view: View;
  counts: { waiting: number; reported: number; answers: number };
}

function Views({ scene: { say }, view, counts }: ViewsProps) {
  const labels: Record<View, string> = {
    waiting: say('moderationWaiting', { count: counts.waiting }),
    reported: say('moderationReported', { count: counts.reported }),
    answers: say('moderationAnswers', { count: counts.answers }),
    shown: say('moderationShown'),
    hidden: say('moderationHidden'),
    setting: say('moderationSetting'),
  };
  return (
    <nav aria-label={say('moderationViews')}>
      <ul class="links">
        {views.map((each) => (
          <li key={each}>
            <a href={`?view=${each}`} aria-current={each === view ? 'page' : undefined}>
              {labels[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface DecideProps {
  scene: Scene;
  view: View;
  lines: readonly LineProps['line'][];
  problems: Problems;
  typed: Readonly<Record<string, string>>;
}

const buttons: Record<string, readonly (readonly [string, WordKey])[]> = {
  waiting: [
    ['publish', 'moderationPublish'],
    ['refuse', 'moderationRefuse'],
  ],
  reported: [
    ['keep', 'moderationKeep'],
    ['hide', 'moderationHide'],
  ],
  shown: [['hide', 'moderationHide']],
  hidden: [['restore', 'moderationRestore']],
};

/** Tick some, or all that resemble each other, and decide once. */
function Decide({ scene, view, lines, problems, typed }: DecideProps) {
  const { say, locale, now, style } = scene;
  const shared = { locale, problems };
  if (lines.length === 0) return <p>{say('moderationNone')}</p>;
  const negative = view !== 'hidden';
  return (
    <form novalidate class="prints" method="post" action={`/${locale}/staff/moderation`}>
      <input type="hidden" name="view" value={view} />
      <ol class="comments" id="chosen">
        {lines.map((line) => (
          <li key={line.id}>
            <Line scene={scene} line={line} view={view} when={pastTime(line.at, now, style)} />
          </li>
        ))}
      </ol>
      <section>
        <h2>{say('moderationChosen')}</h2>
        {negative ? (
          <div class="pair">
            <Select
              {...shared}
              name="reason"
              label={say('moderationReason')}
              value={typed.reason}
              choices={[
                { value: '', label: say('editorChoose') },
                ...reasons.map((value) => ({ value, label: say(reasonKey(value)) })),
              ]}
            />
            <Input {...shared} name="words" label={say('moderationWords')} optional value={typed.words} />
          </div>
        ) : null}
        <p class="buttons">
          {buttons[view]?.map(([value, label], index) => (
            <button key={value} type="submit" name="do" value={value} class={index > 0 ? 'quiet' : undefined}>
              {say(label)}
            </button>
          ))}
        </p>
      </section>
    </form>
  );
}
