import type { OperatorGenre } from '../posts/genre.ts';

interface Said {
  title: string;
  markdown: string;
}

export interface DemoPost {
  slug: string;
  genre: OperatorGenre;
  author: string;
  daysAgo: number;
  draft?: true;
  paidBy?: string;
  communes?: readonly string[];
  answers?: string;
  clipping?: { source: string; licence: string; link: string };
  fr?: Said;
  en?: Said;
  corrected?: { wrong: string; right: string; words: string };
}

/** The posts of the demo: the operator, the newspaper and the people are invented. */
export const demoPosts: readonly DemoPost[] = [
  {
    slug: 'un-nom-un-visage-un-numero',
    genre: 'press-review',
    author: 'Service communication',
    daysAgo: 9,
    clipping: {
      source: 'L’Écho des Combes (journal inventé)',
      licence: 'reproduit avec l’accord du journal',
      link: 'https://echo.example.org/un-nom-un-visage-un-numero',
    },
    fr: {
      title: 'Un nom, un visage, un numéro',
      markdown:
        'Le journal local a essayé nos interlocuteurs. Cliquez sur la page pour la lire en grand.\n\n![](image-1)\n\nNous la reproduisons entière, y compris la question de la fin.',
    },
    en: {
      title: 'A name, a face, a number',
      markdown:
        'The local paper tried our advisors. Click on the page to read it in full.\n\n![](image-1)\n\nWe reproduce all of it, including the question at the end.',
    },
  },
  {
    slug: 'droit-de-reponse-de-l-association-des-usagers',
    genre: 'right-of-reply',
    author: 'Association des usagers des Combes',
    daysAgo: 6,
    answers: 'un-nom-un-visage-un-numero',
    fr: {
      title: 'Ce que l’article ne dit pas',
      markdown:
        'Trois appels sur quatre, c’est bien. Mais les essais ont été faits un mardi matin.\n\nNous avons refait la mesure un **vendredi à 17 h** : deux appels sur quatre. Nous demandons que ces chiffres soient publiés chaque mois.',
    },
  },
  {
    slug: 'travaux-a-arbois',
    genre: 'notice',
    author: 'Équipe du Jura',
    daysAgo: 4,
    communes: ['39013', '39446'],
    fr: {
      title: 'Travaux à Arbois : une matinée sans internet',
      markdown:
        'Nous remplaçons une armoire **jeudi de 8 h à 12 h**.\n\n- Internet et le téléphone fixe sont coupés ce temps-là.\n- Les mobiles marchent.\n- Besoin d’aide ? [Trouvez votre contact](/fr/contact).',
    },
    corrected: { wrong: 'mercredi', right: 'jeudi', words: 'Les travaux ont lieu jeudi, et non mercredi.' },
  },
  {
    slug: 'une-journee-avec-nos-interlocuteurs',
    genre: 'sponsored',
    author: 'Agence Hautes Joux (inventée)',
    daysAgo: 15,
    paidBy: 'Fibre des Combes',
    fr: {
      title: 'Une journée avec nos interlocuteurs',
      markdown:
        'Huit heures, Pontarlier. Le premier appel vient d’un gîte. « Je reconnais votre voix », dit l’hôtelier.\n\nCe texte a été commandé et payé par l’opérateur. Il est donc écrit pour lui plaire.',
    },
  },
  {
    slug: 'appeler-la-meme-personne',
    genre: 'notice',
    author: 'Fibre des Combes',
    daysAgo: 30,
    fr: {
      title: 'Vous appelez, la même personne répond',
      markdown:
        'Chaque abonné a maintenant une personne à lui, et deux personnes nommées quand elle est absente.\n\nElle est occupée ? Elle vous dit quand elle rappelle, et elle rappelle. [Voici comment la trouver](/fr/contact).',
    },
    en: {
      title: 'You call, and the same person answers',
      markdown:
        'Every subscriber now has a person of their own, and two named people for when they are away.\n\nAre they busy? They tell you when they will call back, and they do. [Here is how to find them](/en/contact).',
    },
  },
  {
    slug: 'les-chiffres-de-novembre',
    genre: 'notice',
    author: 'Fibre des Combes',
    daysAgo: 0,
    draft: true,
    fr: { title: 'Les chiffres du mois', markdown: 'À compléter avec la part des appels pris par son interlocuteur.' },
  },
];
