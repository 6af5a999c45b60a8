import { isGenre, isOperatorGenre } from './genre.ts';

export interface PostText {
  locale: 'fr' | 'en';
  title: string;
  markdown: string;
}

/** A cutting from a newspaper or another site, and the right to show it. */
export interface Clipping {
  source: string;
  /** YYYY-MM-DD. */
  date: string;
  licence: string;
  link: string;
}

/** A post as any door hands it in: the page, the API, the import. Nothing in it is trusted yet. */
export interface PostInput {
  genre: string;
  /** Who signs; empty: the account that writes. */
  authorName: string;
  paidBy: string;
  wholeTerritory: boolean;
  /** INSEE codes. */
  communes: readonly string[];
  /** Address (slug) of the post that this one answers. */
  answers: string;
  clipping: Clipping;
  commentsOpen: boolean;
  /** One language or both; an empty title and text mean: not in this language. */
  texts: readonly PostText[];
  /** What is put right, once readers have seen the post. */
  correction: string;
}

export const postProblems = [
  'genre',
  'reporting',
  'paid_by',
  'place',
  'commune',
  'answers',
  'clipping',
  'text',
  'title',
  'length',
  'correction',
] as const;
/** What keeps a post from being kept, as a code; each door has words for it. */
export type PostProblem = (typeof postProblems)[number];

const MOST_TITLE = 200;
const MOST_MARKDOWN = 60_000;

/** What is wrong with a post in itself, whoever hands it in. Nobody of the operator can sign reporting. */
export function checkPost(input: PostInput): PostProblem[] {
  const texts = writtenTexts(input);
  const { source, date, licence, link } = input.clipping;
  const rules: Record<Exclude<PostProblem, 'commune' | 'correction'>, boolean> = {
    genre: !isGenre(input.genre),
    reporting: isGenre(input.genre) && !isOperatorGenre(input.genre),
    paid_by: input.genre === 'sponsored' && !input.paidBy.trim(),
    place: !input.wholeTerritory && input.communes.length === 0,
    answers: input.genre === 'right-of-reply' && !input.answers.trim(),
    clipping:
      (input.genre === 'press-review' && !(source && isDay(date) && licence && link)) ||
      (link !== '' && !/^https?:\/\/[^/\s]+/.test(link)) ||
      (date !== '' && !isDay(date)),
    text: texts.length === 0,
    title: texts.some(({ title }) => !title.trim()),
    length: texts.some(({ title, markdown }) => title.length > MOST_TITLE || markdown.length > MOST_MARKDOWN),
  };
  return postProblems.filter((code) => rules[code as keyof typeof rules]);
}

/** The languages that were written at all. */
export function writtenTexts({ texts }: Pick<PostInput, 'texts'>): PostText[] {
  return texts.filter(({ title, markdown }) => title.trim() !== '' || markdown.trim() !== '');
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}
