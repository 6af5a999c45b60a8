import type { Child } from 'hono/jsx';
import { currentAlias } from '../../desk/aliases/aliases.ts';
import { type AdvisorCard, readAdvisorCard } from '../../desk/views/advisor-card.ts';
import { type Presence, presenceOf } from '../../desk/views/contact.ts';
import { comingPermanences, type PermanenceRead } from '../../desk/views/permanences.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { hourLines } from '../ui/hours.ts';
import { PhoneLink } from '../ui/layout.tsx';
import { listed } from '../ui/listed.ts';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { communeNamed } from './commune-query.ts';
import { MailAddress } from './mail-address.tsx';
import { Permanences } from './permanences/permanence-list.tsx';
import { PersonHead } from './person-head.tsx';

/** GET /:locale/contact/:advisorId — the person: portrait, name, number, hours, who answers when away, place. */
export async function showContact(c: WebContext): Promise<Response> {
  return contactPage(c, false);
}

/** POST /:locale/contact/:advisorId/address — the same page with the mail address, for people and not for harvesters. */
export async function showAddress(c: WebContext): Promise<Response> {
  return contactPage(c, true);
}

async function contactPage(c: WebContext, withMail: boolean): Promise<Response> {
  const { house } = c.var;
  const card = await readAdvisorCard(house.db, house.clock(), c.req.param('advisorId') ?? '');
  if (!card) return answerNotFound(c);
  const scene = await setScene(c);
  const presence = await presenceOf(house.db, scene.now, card.id);
  const alias = await currentAlias({ db: house.db, now: scene.now, signingKey: house.signingKey }, card.id);
  const commune = await communeNamed(house.db, c.req.query('commune') ?? '');
  return showPage(c, scene, {
    title: scene.say('contactOf', { name: card.name }),
    cache: withMail ? 'private' : 'public',
    keep: true,
    strip: false,
    body: (
      <Contact
        scene={scene}
        card={{ ...card, presence }}
        commune={commune}
        withMail={withMail}
        alias={alias}
        permanences={await comingPermanences(house.db, scene.now, { advisorId: card.id, limit: MOST_DATES })}
      />
    ),
  });
}

const MOST_DATES = 6;

interface ContactProps {
  scene: Scene;
  card: AdvisorCard & { presence: Presence };
  commune: { insee: string; name: string } | undefined;
  withMail: boolean;
  /** The address of this month; undefined for somebody nobody can write to. */
  alias: string | undefined;
  permanences: readonly PermanenceRead[];
}

function Contact({ scene, card, commune, withMail, alias, permanences }: ContactProps) {
  const { locale, say } = scene;
  const place = commune?.name ?? card.office.commune;
  const write = `/${locale}/contact/${card.id}/write${commune ? `?commune=${commune.insee}` : ''}`;
  return (
    <>
      <PersonHead scene={scene} card={card} place={place} />
      <p class="buttons no-print">
        <a class="button" href={write}>
          {say('writeTitle', { name: card.name })}
        </a>
        <a class="button quiet" href={`/${locale}/contact/${card.id}/contact.vcf`}>
          {say('vcard')}
        </a>
      </p>
      <dl class="notice">
        <Hours {...scene} card={card} />
        <Row label={say('officeLabel')}>
          <address>
            {card.office.name}
            <br />
            {card.office.street}
            <br />
            {card.office.postcode} {card.office.commune}
          </address>
        </Row>
        {card.backups.length > 0 ? (
          <Row label={say('backupsLabel')}>
            <Backups scene={scene} backups={card.backups} />
          </Row>
        ) : null}
        <Row label={say('languagesLabel')}>{languageNames(card.languages, locale)}</Row>
        <Row label={say('mailLabel')}>
          <Mail scene={scene} card={card} shown={withMail} alias={alias} />
        </Row>
      </dl>
      <Permanences
        scene={scene}
        permanences={permanences}
        names="commune"
        calendar={`/${locale}/contact/${card.id}/permanences.ics`}
      />
      <Keep scene={scene} card={card} />
    </>
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

function Hours({ say, locale, card, operator }: Scene & { card: AdvisorCard }) {
  return (
    <Row label={say('hoursLabel')}>
      {hourLines(card.hours, locale).map((line) => (
        <p key={line} class="tight num">
          {line}
        </p>
      ))}
      {operator.phone && operator.phone !== card.phone ? (
        <p class="soft">
          {say('numberText', { phone: '' })}
          <PhoneLink phone={operator.phone} plain />
        </p>
      ) : null}
    </Row>
  );
}

function Backups({ scene, backups }: { scene: Scene; backups: AdvisorCard['backups'] }) {
  const { locale, say } = scene;
  const names = backups.map(({ name }) => name);
  const text = say(names.length > 1 ? 'backupsTextMany' : 'backupsText', { names: listed(names, locale) });
  return <p>{text}</p>;
}

interface MailProps {
  scene: Scene;
  card: AdvisorCard;
  shown: boolean;
  alias: string | undefined;
}

/**
 * The address of this month for everyone; the lasting one comes after a button, so that what reads pages by the thousand
 * does not find it.
 */
function Mail({ scene, card, shown, alias }: MailProps) {
  const { locale, say } = scene;
  if (shown) return <a href={`mailto:${card.mail}`}>{card.mail}</a>;
  return (
    <>
      {alias ? (
        <p>
          <MailAddress address={alias} />
          <br />
          <span class="soft">{say('aliasText')}</span>
        </p>
      ) : null}
      <form novalidate method="post" action={`/${locale}/contact/${card.id}/address`} class="no-print">
        <button type="submit" class="link">
          {say('showMail')}
        </button>
      </form>
    </>
  );
}

function Keep({ scene, card }: { scene: Scene; card: AdvisorCard }) {
  const { locale, say } = scene;
  return (
    <section class="keep">
      <img
        class="qr"
        src={`/${locale}/contact/${card.id}/qr.svg`}
        alt={say('qrAlt', { name: card.name })}
        width={152}
        height={152}
      />
      <div>
        <h2>{say('keepTitle')}</h2>
        <p>{say('qrText')}</p>
      </div>
    </section>
  );
}

function languageNames(codes: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const text = codes.map((code) => names.of(code) ?? code).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
