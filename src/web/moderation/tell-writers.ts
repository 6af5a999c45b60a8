import type { Decided, Verdict } from '../../desk/comments/moderate.ts';
import { writeMail } from '../../desk/outbox/write-mail.ts';
import { signLink } from '../../desk/signed-link.ts';
import type { Tx } from '../../desk/tx.ts';
import { readPost, shownVersion } from '../../desk/views/post.ts';
import { reasonKey } from '../public/comments/reasons.ts';
import { speak } from '../ui/words/words.ts';

/**
 * Tells each writer what was decided and why, with the link that is theirs. Not for spam: ten thousand mails to whoever
 * a machine named would be spam of our own; the reason stands behind the writer's link all the same.
 */
export async function tellWriters(
  tx: Tx,
  decided: readonly Decided[],
  verdict: Verdict,
  operator: string,
): Promise<void> {
  if ('reason' in verdict && verdict.reason === 'spam') return;
  const titles = new Map<string, { title: string; slug: string }>();
  for (const { id, postId, mail, locale } of decided) {
    if (!mail) continue;
    const say = speak(locale);
    const post = titles.get(`${postId} ${locale}`) ?? (await titleOf(tx, postId, locale));
    titles.set(`${postId} ${locale}`, post);
    const facts = {
      operator,
      title: post.title,
      page: `${tx.origin}/${locale}/posts/${post.slug}#c-${id}`,
      link: `${tx.origin}/${locale}/comments/${signLink(tx.signingKey, 'comment', id)}`,
    };
    const [subject, text] =
      'reason' in verdict
        ? [
            say('verdictMailRefuseSubject'),
            say('verdictMailRefuse', { ...facts, reason: say(reasonKey(verdict.reason)), words: verdict.words }),
          ]
        : [say('verdictMailPublishSubject'), say('verdictMailPublish', facts)];
    await writeMail(tx, { kind: 'comment', to: mail, automatic: true, subject, text });
  }
}

async function titleOf(tx: Tx, postId: string, locale: 'fr' | 'en'): Promise<{ title: string; slug: string }> {
  const post = await readPost(tx.db, { id: postId }, locale, tx.now);
  return { title: (post && shownVersion(post, locale)?.title) ?? '', slug: post?.slug ?? '' };
}
