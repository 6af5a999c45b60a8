import { type Locale, typeset } from '../../core/text/typeset.ts';
import type { Genre } from '../posts/genre.ts';
import type { Told } from './what-to-tell.ts';

const labels: Record<Genre, Record<Locale, string>> = {
  reporting: { fr: 'Reportage', en: 'Reporting' },
  'press-review': { fr: 'Revue de presse', en: 'Press review' },
  notice: { fr: 'Avis de l’opérateur', en: 'Notice by the operator' },
  sponsored: { fr: 'Contenu payé', en: 'Sponsored' },
  'right-of-reply': { fr: 'Droit de réponse', en: 'Right of reply' },
};

interface Around {
  origin: string;
  operator: string;
  /** The owner's link: it shows the alert, and ends it. */
  link: string;
}

/** A mail about a post or a comment. What the post is stands before its title here too. */
export function alertWords(
  locale: Locale,
  told: Told,
  { origin, operator, link }: Around,
): { subject: string; text: string } {
  const said = told.texts[locale] ?? told.texts.fr ?? told.texts.en ?? { title: '', summary: '' };
  const fr = locale === 'fr';
  const payer = told.paidBy ? (fr ? `, payé par ${told.paidBy}` : `, paid for by ${told.paidBy}`) : '';
  const label = `${labels[told.genre][locale]}${told.genre === 'sponsored' ? payer : ''}`;
  const titled = typeset(fr ? `${label} : ${said.title}` : `${label}: ${said.title}`, locale);
  const page = `${origin}/${locale}/posts/${told.slug}${told.comment ? `#c-${told.comment.id}` : ''}`;
  const end = fr ? `Ne plus recevoir ces messages :\n${link}` : `Stop receiving these messages:\n${link}`;
  if (!told.comment)
    return { subject: titled, text: `${titled}\n\n${said.summary}\n\n${page}\n\n--\n${operator}\n${end}\n` };
  const about = fr ? `Un commentaire sur « ${said.title} »` : `A comment on “${said.title}”`;
  const quoted = told.comment.text.slice(0, 1_000);
  return {
    subject: typeset(about, locale),
    text: `${typeset(about, locale)}\n\n${told.comment.name}${fr ? '\u00a0:' : ':'}\n${quoted}\n\n${page}\n\n--\n${operator}\n${end}\n`,
  };
}
