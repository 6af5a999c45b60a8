import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { spacedPhone } from '../../core/text/phone.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { Footer, type Way } from './footer.tsx';
import type { ShownOperator } from './operator.ts';
import { type Pictured, Portrait } from './portrait.tsx';
import { styleFor } from './style.ts';
import { speak } from './words/words.ts';

/** The contact person as every page shows them in the same place. */
export interface Facing extends Pictured {
  /** E.164. */
  phone: string;
  /** One line under the name: hours, or who answers until when. */
  line: string;
  /** Page of the person, or undefined when there is none to open. */
  href?: string;
}

export interface LayoutProps {
  locale: Locale;
  /** What the page is about; the operator's name is added in the title bar. */
  title: string;
  operator: ShownOperator;
  /** The person of this page; without one, the free number stands in the same place. */
  facing?: Facing | null;
  /** False on the person's own page, which shows all of this in full. */
  strip?: boolean;
  /** A field is to be corrected: the title says so first. */
  failed?: boolean;
  /** This page in the other language. */
  otherLanguage?: string | undefined;
  /** Keep out of search engines. */
  hidden?: boolean;
  printed: string;
  /** What this page adds to the head: social previews, feeds, canonical address. */
  head?: Child;
  /** Address of the one script of this page; everything works without it. */
  script?: string | undefined;
  /** Addresses the device keeps for the time without a network. */
  keep?: readonly string[];
  /** Ways on at its foot, where they are not a customer's. */
  ways?: readonly Way[] | undefined;
  children?: Child;
}

/** The frame of every public and customer page: landmarks, skip link, masthead, the person, the footer. */
export function Layout(props: LayoutProps) {
  const { locale, operator, title, failed, children, hidden, printed, head, script, keep = [], ways } = props;
  const say = speak(locale);
  const heading = `${title} · ${operator.name}`;
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <title>{failed ? say('errorTitle', { title: heading }) : heading}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        {hidden ? <meta name="robots" content="noindex" /> : null}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {head}
        {script ? <script src={script} defer></script> : null}
        {keep.length > 0 ? <script src="/offline.js" data-keep={keep.join(' ')} defer></script> : null}
        <style>{raw(styleFor(operator.accent).css)}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          {say('skip')}
        </a>
        <Masthead {...props} />
        {props.strip === false ? null : <Strip {...props} />}
        <main id="main" tabindex={-1} class="wrap">
          {children}
          <p class="printed soft">{printed}</p>
        </main>
        <Footer locale={locale} operator={operator} ways={ways} />
      </body>
    </html>
  );
}

function Masthead({ locale, operator, otherLanguage }: LayoutProps) {
  const say = speak(locale);
  const other = locale === 'fr' ? 'en' : 'fr';
  return (
    <header class="mast">
      <div class="wrap">
        <p class="house">
          <a href={`/${locale}`}>
            {operator.logo ? <OperatorLogo of={operator.logo} /> : null}
            {operator.name}
          </a>
        </p>
        {otherLanguage ? (
          <nav aria-label={say('languageLabel')}>
            <a href={otherLanguage} lang={other} hreflang={other}>
              {say('otherLanguage')}
            </a>
          </nav>
        ) : null}
      </div>
    </header>
  );
}

/** The operator's logo; decorative, because its name stands beside it. */
export function OperatorLogo({ of }: { of: NonNullable<ShownOperator['logo']> }) {
  return <img class="logo" src={`/logo/${of.key}.webp`} alt="" width={of.width} height={32} />;
}

function Strip({ locale, operator, facing }: LayoutProps) {
  const say = speak(locale);
  const phone = facing?.phone ?? operator.phone;
  if (!phone) return null;
  return (
    <aside class="facing" aria-label={say('yourContact')}>
      <div class="wrap">
        <div>
          {facing ? <Portrait of={facing} size="strip" /> : null}
          <div class="facing-who">
            <p class="name">{facing ? <PersonName {...facing} /> : say('aQuestion')}</p>
            <p class="soft">{facing ? facing.line : say('freeNumber')}</p>
          </div>
          <PhoneLink phone={phone} />
        </div>
      </div>
    </aside>
  );
}

function PersonName({ name, href }: Facing) {
  return href ? <a href={href}>{name}</a> : <span>{name}</span>;
}

/** A number to touch, spaced for the eye. */
export function PhoneLink({ phone, plain, itemprop }: { phone: string; plain?: boolean; itemprop?: 'telephone' }) {
  return (
    <a class={plain ? 'tel' : 'tel call'} href={`tel:${phone}`} itemprop={itemprop}>
      {spacedPhone(phone)}
    </a>
  );
}
