import type { Tx } from '../tx.ts';

const MOST_LETTERS = 70;

/** An address for a post from its title: "La coupure du 12" → "la-coupure-du-12", with the end of the id when it is taken. */
export async function freeSlug({ db }: Tx, title: string, id: string): Promise<string> {
  const slug = slugOf(title);
  const taken = await db.selectFrom('post').where('slug', '=', slug).select('id').executeTakeFirst();
  return taken ? `${slug}-${id.slice(-6)}` : slug;
}

function slugOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.slice(0, MOST_LETTERS).replace(/^-+|-+$/g, '') || 'note';
}
