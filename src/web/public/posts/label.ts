import type { Genre } from '../../../desk/posts/genre.ts';
import type { Say, WordKey } from '../../ui/words/words.ts';

const words = {
  reporting: 'genreReporting',
  'press-review': 'genrePressReview',
  notice: 'genreNotice',
  sponsored: 'genreSponsored',
  'right-of-reply': 'genreRightOfReply',
} as const satisfies Record<Genre, WordKey>;

/** What stands before a title wherever it stands: what the text is, and who paid for it. */
export function genreLabel(say: Say, { genre, paidBy }: { genre: Genre; paidBy: string | null }): string {
  if (genre === 'sponsored' && paidBy) return say('genreSponsoredBy', { payer: paidBy });
  return say(words[genre]);
}

/** The title with its label, for feeds, mails, title bars and social previews. */
export function labelledTitle(say: Say, post: { genre: Genre; paidBy: string | null; title: string }): string {
  return say('labelled', { label: genreLabel(say, post), title: post.title });
}
