import type { Locale } from '../../core/text/typeset.ts';
import type { ShownOperator } from './operator.ts';
import { speak } from './words/words.ts';

/** A way on from the foot of a page. */
export interface Way {
  href: string;
  label: string;
}

/** Where a customer may want to go next; whoever works here has other ways. */
function customersWays(locale: Locale): Way[] {
  const say = speak(locale);
  return [
    { href: `/${locale}/contact`, label: say('footerFind') },
    { href: `/${locale}/card`, label: say('footerCard') },
    { href: `/${locale}/my`, label: say('footerMy') },
    { href: `/${locale}/posts`, label: say('footerPosts') },
    { href: `/${locale}/figures`, label: say('footerFigures') },
  ];
}

interface FooterProps {
  locale: Locale;
  operator: ShownOperator;
  /** Other ways than a customer's. */
  ways?: readonly Way[] | undefined;
}

/** The foot of every page: ways on, and what this operator promises. */
export function Footer({ locale, operator, ways = customersWays(locale) }: FooterProps) {
  const say = speak(locale);
  return (
    <footer>
      <div class="wrap">
        <div>
          {ways.length > 0 ? <Ways ways={ways} label={say('footerLabel')} /> : null}
          <p class="soft">{say(operator.demo ? 'demo' : 'promise')}</p>
        </div>
      </div>
    </footer>
  );
}

function Ways({ ways, label }: { ways: readonly Way[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ul>
        {ways.map((way) => (
          <li key={way.href}>
            <a href={way.href}>{way.label}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
