import type { Post } from '../tables.ts';

/** What kind of text a post is. Its label stands before the title wherever the title stands. */
export type Genre = Post['genre'];

/** What an account of the operator may publish as. Reporting comes from outside voices only. */
export const operatorGenres = ['notice', 'press-review', 'sponsored', 'right-of-reply'] as const satisfies Genre[];
export type OperatorGenre = (typeof operatorGenres)[number];

/** Whether this text names a genre at all, `reporting` included: to say why it is refused rather than that it is unknown. */
export function isGenre(value: string): value is Genre {
  return value === 'reporting' || isOperatorGenre(value);
}

export function isOperatorGenre(value: string): value is OperatorGenre {
  return (operatorGenres as readonly string[]).includes(value);
}
