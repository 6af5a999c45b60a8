import { longDay, pastTime } from '../../core/text/dates.ts';
import { myExchanges } from '../../desk/views/my-exchanges.ts';
import {
  comingAdvisor,
  facesOf,
  type MyCaseFile,
  type MyCommitment,
  myCaseFiles,
  myCommitments,
} from '../../desk/views/my-page.ts';
import { readCursor } from '../../desk/views/page.ts';
import type { WebContext } from '../route.ts';
import { listed } from '../ui/listed.ts';
import { type Scene, showPage } from '../ui/page.tsx';
import { Exchanges, type Faces, Pages } from './exchanges.tsx';
import { PromiseSentence } from './promises.tsx';
import { readSelf, type Self } from './self.ts';

/** GET /:locale/my — what is owed to me, and everything that was said. */
export async function showMyPage(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const self = await readSelf(c);
  const { me, scene, facing } = self;
  const before = readCursor(c.req.query('before') ?? '');
  const [promises, caseFiles, page, coming] = await Promise.all([
    myCommitments(db, scene.now, me.id),
    myCaseFiles(db, me.id),
    myExchanges(db, me.id, { before }),
    comingAdvisor(db, me.id),
  ]);
  const faces = await facesOf(db, [...page.items.map((item) => item.advisorId), coming?.advisorId ?? null]);
  const next = coming && faces.get(coming.advisorId);
  return showPage(c, scene, {
    title: scene.say('myTitle'),
    facing,
    body: (
      <>
        <p class="over soft">{scene.say('myTitle')}</p>
        <h1>{me.name}</h1>
        <Actions self={self} />
        <Backups self={self} />
        {coming && next ? <Coming self={self} name={next.name} from={coming.from} /> : null}
        {before ? null : <Promises scene={scene} promises={promises} />}
        <Timeline scene={scene} page={page} faces={faces} caseFiles={caseFiles} earlier={before !== undefined} />
        {before ? null : <Closed scene={scene} caseFiles={caseFiles.filter(({ closedAt }) => closedAt)} />}
        <Leave {...scene} />
      </>
    ),
  });
}

function Actions({ self: { scene, me, card } }: { self: Self }) {
  const { locale, say } = scene;
  return (
    <p class="buttons no-print">
      <a class="button" href={`/${locale}/my/write`}>
        {say('writeNew', { name: card.name })}
      </a>
      {me.kind === 'town_hall' ? (
        <a class="button quiet" href={`/${locale}/my/report`}>
          {say('reportTitle')}
        </a>
      ) : null}
    </p>
  );
}

/** Who answers when the own contact is away: named before it happens. */
function Backups({ self: { scene, card } }: { self: Self }) {
  if (card.backups.length === 0) return null;
  const names = card.backups.map(({ name }) => name);
  return <p class="soft">{scene.say('backupsOfMine', { name: card.name, names: listed(names, scene.locale) })}</p>;
}

/** A change of contact is known before it happens. */
function Coming({ self: { scene, card }, name, from }: { self: Self; name: string; from: Date }) {
  const { say, now, style } = scene;
  return (
    <p>
      <time datetime={from.toISOString()}>
        {say('contactChanges', { day: longDay(from, now, style), name, now: card.name })}
      </time>
    </p>
  );
}

function Promises({ scene, promises }: { scene: Scene; promises: readonly MyCommitment[] }) {
  const { locale, say } = scene;
  return (
    <section>
      <h2>{say('promisesTitle')}</h2>
      {promises.length === 0 ? <p class="soft">{say('promisesNone')}</p> : null}
      <ul class="owed">
        {promises.map((promise) => (
          <li key={promise.id}>
            <h3>
              <a href={`/${locale}/my/case-files/${promise.caseFileId}`}>{promise.subject}</a>
            </h3>
            <PromiseSentence scene={scene} promise={promise} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Closed({ scene, caseFiles }: { scene: Scene; caseFiles: readonly MyCaseFile[] }) {
  const { locale, say, now, style } = scene;
  if (caseFiles.length === 0) return null;
  return (
    <section>
      <h2>{say('closedTitle')}</h2>
      <ul class="matters">
        {caseFiles.map(({ id, subject, lastAt, closedAt }) => (
          <li key={id}>
            <a href={`/${locale}/my/case-files/${id}`}>{subject}</a>{' '}
            <span class="soft">
              <time datetime={(closedAt ?? lastAt).toISOString()}>{pastTime(closedAt ?? lastAt, now, style)}</time>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TimelineProps {
  scene: Scene;
  page: Awaited<ReturnType<typeof myExchanges>>;
  faces: Faces;
  caseFiles: readonly MyCaseFile[];
  earlier: boolean;
}

function Timeline({ scene, page, faces, caseFiles, earlier }: TimelineProps) {
  const { locale, say } = scene;
  const subjects = new Map(caseFiles.map(({ id, subject }) => [id, subject]));
  return (
    <section>
      <h2>{say('timelineTitle')}</h2>
      {page.items.length === 0 ? <p class="soft">{say('timelineNone')}</p> : null}
      <Exchanges scene={scene} exchanges={page.items} faces={faces} subjects={subjects} />
      <Pages scene={scene} path={`/${locale}/my`} page={page} earlier={earlier} />
    </section>
  );
}

function Leave({ locale, say }: Scene) {
  return (
    <section class="buttons no-print">
      <a class="button quiet" href={`/${locale}/my/details`}>
        {say('detailsTitle')}
      </a>
      <form novalidate method="post" action={`/${locale}/my/leave`}>
        <button type="submit" class="quiet">
          {say('leave')}
        </button>
      </form>
    </section>
  );
}
