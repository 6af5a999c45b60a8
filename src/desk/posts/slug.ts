import { slugOf } from '../../core/text/slug.ts';
import type { Tx } from '../tx.ts';

/** An address for a post from its title, with the end of the id when it is taken. */
export async function freeSlug({ db }: Tx, title: string, id: string): Promise<string> {
  const slug = slugOf(title) || 'note';
  const taken = await db.selectFrom('post').where('slug', '=', slug).select('id').executeTakeFirst();
  return taken ? `${slug}-${id.slice(-6)}` : slug;
}
