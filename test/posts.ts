import { system } from '../src/desk/actor.ts';
import type { PostInput } from '../src/desk/posts/post-input.ts';
import { publishPost } from '../src/desk/posts/publish.ts';
import { draftPost } from '../src/desk/posts/write.ts';
import type { TestDatabase } from './database.ts';

/** A notice for the whole territory; every part can be chosen. */
export function testPost(given: Partial<PostInput> = {}): PostInput {
  return {
    genre: 'notice',
    authorName: '',
    paidBy: '',
    wholeTerritory: true,
    communes: [],
    answers: '',
    clipping: { source: '', date: '', licence: '', link: '' },
    commentsOpen: true,
    texts: [{ locale: 'fr', title: 'Travaux à Saint-Claude', markdown: 'Lundi **matin**.' }],
    correction: '',
    ...given,
  };
}

/** The same, published now. */
export async function publishTestPost(db: TestDatabase, given: Partial<PostInput> = {}) {
  return db.transact(async (tx) => {
    const kept = await draftPost(tx, system, testPost(given));
    if (!kept.ok) throw new Error(kept.problems.join());
    await publishPost(tx, system, kept.id, tx.now);
    return kept;
  });
}
