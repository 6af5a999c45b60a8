import type { Child } from 'hono/jsx';
import { longDay } from '../../../core/text/dates.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { recordLook } from '../../../desk/people/record-look.ts';
import { can } from '../../../desk/permissions.ts';
import type { CustomerFile } from '../../../desk/views/customer-file.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import type { Scene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Done } from '../form-page.tsx';
import { findCustomer } from './found.tsx';

const done = {
  added: 'custAdded',
  saved: 'adminSaved',
  removed: 'adminRemoved',
  moved: 'custMoved',
  last: 'custPointLast',
  advisorTold: 'custAdvisorTold',
  advisorLetter: 'custAdvisorLetter',
} as const satisfies Record<string, WordKey>;

/** GET /:locale/staff/customers/:id — everything kept in the register about a customer, each part with its way to change it. */
export async function showCustomer(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  if (!found) return answerNotFound(c);
  const { scene, customer } = found;
  const { house, actor } = c.var;
  await house.transact((tx) => recordLook(tx, actor, customer.id, 'look at register'));
  const { say, locale } = scene;
  return showStaffPage(c, scene, {
    title: customer.name,
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/customers`}>{say('custListTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={done} />
        <p class="lead">
          {say(`custKind_${customer.kind}`)} · {customer.reference}
        </p>
        <Register c={c} scene={scene} customer={customer} />
        <p class="buttons">
          <a class="button quiet" href={`/workspace/customers/${customer.id}`}>
            {say('custTimeline')}
          </a>
        </p>
        <DataRights c={c} scene={scene} customer={customer} />
      </>
    ),
  });
}

interface Part {
  c: WebContext;
  scene: Scene;
  customer: CustomerFile;
}

function Register({ c, scene, customer }: Part) {
  const { say, locale } = scene;
  const at = `/${locale}/staff/customers/${customer.id}`;
  const { commune, sector, advisor, areaAdvisor, persons, points, lines } = customer;
  const mayLines = can(c.var.actor, 'change lines');
  const mayMove = can(c.var.actor, 'build caseloads');
  const change = (what: string, href: string) => <Change say={say} href={`${at}/${href}`} what={what} />;
  return (
    <dl class="notice">
      <Row label={say('custDetailsRow')}>
        <p class="tight">
          {say('custPrefers', {
            language: say(`custLanguage_${customer.locale}`),
            ringBack: say(`custRingBack_${customer.ringBack}`),
          })}
        </p>
        <p class="soft tight">{say('custSince', { date: longDay(customer.createdAt, scene.now, scene.style) })}</p>
        {change(say('custDetailsTitle'), 'details')}
      </Row>
      <Row label={say('custAdvisorRow')}>
        <p class="tight">{advisor.name}</p>
        {areaAdvisor.id === advisor.id ? null : (
          <p class="soft tight">{say('custAreaAdvisor', { name: areaAdvisor.name, place: commune.name })}</p>
        )}
        {mayMove ? change(say('custAdvisorTitle'), 'advisor') : null}
      </Row>
      <Row label={say('custPlaceTitle')}>
        <p class="tight">{[`${commune.postcode} ${commune.name}`, sector].filter(Boolean).join(' · ')}</p>
        {change(say('custPlaceTitle'), 'place')}
      </Row>
      <Row label={say('detailsPeople')}>
        {persons.map((person) => (
          <p class="tight" key={person.id}>
            <a href={`${at}/persons/${person.id}`}>{`${person.givenName} ${person.familyName}`.trim()}</a>
            {person.role ? `, ${person.role}` : ''}
          </p>
        ))}
        <More href={`${at}/persons/new`} words={say('custPersonAdd')} />
      </Row>
      <Row label={say('custReached')}>
        {points.map((point) => (
          <Point key={point.id} scene={scene} at={at} point={point} />
        ))}
        <More href={`${at}/contact-points/new`} words={say('custPointAdd')} />
      </Row>
      <Row label={say('detailsLines')}>
        {lines.length === 0 ? <p class="soft">{say('detailsNone')}</p> : null}
        {lines.map((line) => (
          <p class="tight" key={line.id}>
            {mayLines ? <a href={`${at}/lines/${line.id}`}>{line.reference}</a> : line.reference}, {line.product},{' '}
            {locale === 'fr' ? line.levelFr : line.levelEn}
          </p>
        ))}
        {mayLines ? <More href={`${at}/lines/new`} words={say('custLineAdd')} /> : null}
      </Row>
    </dl>
  );
}

function Point({ scene: { say }, at, point }: { scene: Scene; at: string; point: CustomerFile['points'][number] }) {
  const shown = point.kind === 'phone' ? spacedPhone(point.value) : point.value;
  return (
    <form novalidate method="post" action={`${at}/contact-points/${point.id}/remove`} class="keep">
      <div class="lines">
        {shown}
        {point.failing ? <span class="problem">{say('detailsFailing')}</span> : null}
      </div>
      <button type="submit" class="link">
        {say('custPointRemove')} <span class="unseen">{shown}</span>
      </button>
    </form>
  );
}

function Row({ label, children }: { label: string; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Change({ say, href, what }: { say: Scene['say']; href: string; what: string }) {
  return (
    <p class="tight">
      <a href={href}>
        {say('adminChange')} <span class="unseen">{what}</span>
      </a>
    </p>
  );
}

function More({ href, words }: { href: string; words: string }) {
  return (
    <p>
      <a href={href}>{words}</a>
    </p>
  );
}

/** Export and erasure, for those who may. */
function DataRights({ c, scene: { say, locale }, customer }: Part) {
  const at = `/${locale}/staff/customers/${customer.id}`;
  const { actor } = c.var;
  if (!can(actor, 'export a customer')) return null;
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{say('custRights')}</h2>
      <p>{say('custExportLead')}</p>
      <form novalidate method="post" action={`${at}/export`}>
        <button type="submit" class="quiet">
          {say('custExport')}
        </button>
      </form>
      {can(actor, 'erase a customer') ? (
        <p>
          <a href={`${at}/erase`}>{say('custEraseLink')}</a>
        </p>
      ) : null}
    </section>
  );
}
