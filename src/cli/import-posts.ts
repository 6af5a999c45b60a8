import { system } from '../desk/actor.ts';
import type { PostInput } from '../desk/posts/post-input.ts';
import { explainPostProblem } from '../desk/posts/problems.ts';
import { publishPost } from '../desk/posts/publish.ts';
import { draftPost } from '../desk/posts/write.ts';
import { type CsvRow, several } from './csv.ts';
import type { ImportRows, RowProblem } from './import.ts';
import { importWords } from './import-words.ts';

export const postColumns = [
  'genre',
  'locale',
  'title',
  'markdown',
  'author',
  'paid_by',
  'communes',
  'answers',
  'clip_source',
  'clip_date',
  'clip_licence',
  'clip_link',
  'published_at',
] as const;
export const requiredPostColumns = ['genre', 'title', 'markdown'] as const;

/** One post a line, in one language; without a time it stays a draft. */
export const importPosts: ImportRows = async (tx, rows, lang, onRow) => {
  const problems: RowProblem[] = [];
  for (const [index, row] of rows.entries()) {
    const publishAt = row.values.published_at;
    const locale = row.values.locale || 'fr';
    const say = (problem: string) => problems.push({ line: row.line, problem });
    if (publishAt && Number.isNaN(Date.parse(publishAt))) say(importWords[lang].unreadableTime(publishAt));
    else if (locale !== 'fr' && locale !== 'en') say(importWords[lang].unknownLocale(locale));
    else {
      const kept = await draftPost(tx, system, postOf(row, locale));
      if (!kept.ok) for (const problem of kept.problems) say(explainPostProblem(problem, lang));
      else if (publishAt) await publishPost(tx, system, kept.id, new Date(publishAt));
    }
    onRow(index + 1);
  }
  return problems;
};

function postOf({ values }: CsvRow, locale: 'fr' | 'en'): PostInput {
  const communes = several(values.communes);
  return {
    genre: values.genre ?? '',
    authorName: values.author ?? '',
    paidBy: values.paid_by ?? '',
    wholeTerritory: communes.length === 0,
    communes,
    answers: values.answers ?? '',
    clipping: {
      source: values.clip_source ?? '',
      date: values.clip_date ?? '',
      licence: values.clip_licence ?? '',
      link: values.clip_link ?? '',
    },
    commentsOpen: true,
    texts: [{ locale, title: values.title ?? '', markdown: values.markdown ?? '' }],
    correction: '',
  };
}
