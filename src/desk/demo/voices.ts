import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { days, type Making } from './world.ts';

/** The demo asks nothing of the internet: its voices are never due. */
const NEVER_DUE = new Date('2999-01-01T00:00:00Z');

/** Two voices that are not the operator's: a blog, and one whose feed no longer answers. Both invented. */
export async function makeVoices(tx: Tx, { dice, now }: Making): Promise<void> {
  const [blog, association] = [dice.id(now), dice.id(now)];
  const voice = (id: string, host: string, name: string, failingSince: Date | null) => ({
    id,
    name,
    url: `https://${host}/feed`,
    siteUrl: `https://${host}/`,
    addedAt: new Date(now.getTime() - days(60)),
    nextFetchAt: NEVER_DUE,
    failingSince,
    failingWhy: failingSince ? 'unreachable' : null,
    demo: true,
  });
  await insertAll(tx, 'voice', [
    voice(blog, 'carnet.example.org', 'Le Carnet du plateau (blog inventé)', null),
    voice(
      association,
      'usagers.example.org',
      'Usagers des Combes (association inventée)',
      new Date(now.getTime() - days(3)),
    ),
  ]);
  const entry = (voiceId: string, ago: number, title: string, html: string) => {
    const at = new Date(now.getTime() - days(ago));
    const link = `https://${voiceId === blog ? 'carnet' : 'usagers'}.example.org/${ago}`;
    return { id: dice.id(at), voiceId, entryKey: link, title, link, html, publishedAt: at, seenAt: at };
  };
  await insertAll(tx, 'voiceEntry', [
    entry(
      blog,
      2,
      'Article ou publicité ?',
      '<p>L’opérateur dit maintenant qui paie ses textes. J’attends de voir s’il publie aussi les mauvaises nouvelles.</p>',
    ),
    entry(blog, 20, 'Cinq jours sans ligne', '<p>Récit d’une semaine de février, à 900 m d’altitude.</p>'),
    entry(
      association,
      12,
      'Nos mesures du vendredi soir',
      '<p>Deux appels sur quatre ont abouti chez la bonne personne.</p>',
    ),
  ]);
}
