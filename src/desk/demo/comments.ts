import { createHash } from 'node:crypto';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { hours, type MadeAdvisor, type Making } from './world.ts';

interface Said {
  name: string;
  text: string;
  hoursAgo: number;
  /** Which of those before it is answered. */
  to?: number;
  ours?: true;
  waits?: 'first' | 'alike';
  hidden?: 'insult';
}

const said: readonly Said[] = [
  {
    name: 'Odette, Levier',
    text: 'Cinq jours sans téléphone en février. J’ai eu la même dame du début à la fin. Merci à elle.',
    hoursAgo: 180,
  },
  { name: 'Un abonné de Morez', text: 'Et le samedi ? Personne ne répond le samedi.', hoursAgo: 150 },
  {
    name: '',
    text: 'Bonjour,\n\nLe samedi, le numéro gratuit est ouvert de 9 h à 12 h. Ce n’est pas votre interlocuteur qui répond, mais il lit le message lundi à 9 h.',
    hoursAgo: 146,
    to: 1,
    ours: true,
  },
  { name: 'J.-P.', text: 'La question de la fin est la bonne : qui paie ? Au moins ici c’est écrit.', hoursAgo: 120 },
  { name: 'Odette, Levier', text: 'C’est vrai que c’est rare.', hoursAgo: 100, to: 3 },
  { name: 'Anonyme', text: 'Bande d’incapables, et celle de l’accueil en premier.', hoursAgo: 90, hidden: 'insult' },
  { name: 'Mathilde', text: 'Peut-on demander à changer d’interlocuteur sans le vexer ?', hoursAgo: 5, waits: 'first' },
  {
    name: 'Crédits Faciles',
    text: 'Votre crédit en 5 minutes : https://credit.example.com https://credit.example.com/2',
    hoursAgo: 3,
    waits: 'alike',
  },
  {
    name: 'Crédit Facile',
    text: 'Votre crédit en 4 minutes : https://credit.example.com https://credit.example.com/3',
    hoursAgo: 2,
    waits: 'alike',
  },
];

/** What readers say below the press review: shown, answered by the operator, removed, and waiting for the moderator. */
export async function makeComments(
  tx: Tx,
  { dice, now }: Making,
  postId: string,
  advisors: readonly MadeAdvisor[],
): Promise<void> {
  const advisor = advisors[0]!;
  const alike = dice.id(now);
  await tx.db
    .insertInto('likeness')
    .values({ id: alike, simhash: '01'.repeat(32), seen: 2, lastSeenAt: now })
    .execute();
  const ids = said.map(({ hoursAgo }) => dice.id(new Date(now.getTime() - hours(hoursAgo))));
  const rows = said.map((each, index) => {
    const at = new Date(now.getTime() - hours(each.hoursAgo));
    return {
      id: ids[index]!,
      postId,
      parentId: each.to === undefined ? null : (ids[each.to] ?? null),
      locale: 'fr' as const,
      name: each.ours ? advisor.name : each.name,
      mail: each.ours ? null : `lecteur${index}@example.org`,
      text: each.text,
      byStaff: each.ours ? advisor.staffId : null,
      byAdvisor: each.ours ? advisor.id : null,
      writtenAt: at,
      confirmedAt: at,
      heldWhy: each.waits ?? null,
      shownAt: each.waits ? null : at,
      hiddenAt: each.hidden ? new Date(at.getTime() + hours(2)) : null,
      asksOperator: false,
      answerPublicly: false,
      likenessId: each.waits === 'alike' ? alike : null,
      contentHash: createHash('sha256').update(`demo ${index} ${each.text}`).digest(),
    };
  });
  // Those that are answered stand first: a reply needs its comment.
  await insertAll(
    tx,
    'comment',
    rows.filter(({ parentId }) => !parentId),
  );
  await insertAll(
    tx,
    'comment',
    rows.filter(({ parentId }) => parentId),
  );
  await insertAll(
    tx,
    'moderation',
    rows.flatMap((row, index) => {
      const reason = said[index]?.hidden;
      if (!reason || !row.hiddenAt) return [];
      return [
        {
          id: dice.id(row.hiddenAt),
          commentId: row.id,
          at: row.hiddenAt,
          byStaff: advisor.staffId,
          verdict: 'hide' as const,
          reason,
          words: 'Une personne de l’accueil est visée.',
          wasShown: true,
        },
      ];
    }),
  );
}
