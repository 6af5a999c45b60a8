import { type Locale, typeset } from '../../core/text/typeset.ts';
import type { PostProblem } from './post-input.ts';

const sentences: Record<PostProblem, Record<Locale, string>> = {
  genre: {
    fr: 'Choisissez un genre : avis, revue de presse, contenu payé ou droit de réponse.',
    en: 'Choose a genre: notice, press-review, sponsored or right-of-reply.',
  },
  reporting: {
    fr: 'Un compte de l’opérateur ne signe pas de reportage. Choisissez un autre genre, ou ajoutez le flux d’une voix extérieure.',
    en: 'An account of the operator cannot sign reporting. Choose another genre, or add the feed of an outside voice.',
  },
  paid_by: { fr: 'Dites qui a payé ce contenu.', en: 'Say who paid for this content.' },
  place: {
    fr: 'Choisissez tout le territoire, ou nommez des communes.',
    en: 'Choose the whole territory, or name communes.',
  },
  commune: {
    fr: 'Une commune est introuvable. Écrivez son nom avec son code postal, ou son code INSEE.',
    en: 'A commune cannot be found. Write its name with its postcode, or its INSEE code.',
  },
  answers: {
    fr: 'Donnez l’adresse du texte auquel ce droit de réponse répond.',
    en: 'Give the address of the post that this right of reply answers.',
  },
  clipping: {
    fr: 'Une revue de presse dit sa source, sa date, sa licence et son lien (https://…).',
    en: 'A press review says its source, date, licence and link (https://…).',
  },
  text: { fr: 'Écrivez le texte, en français ou en anglais.', en: 'Write the text, in French or in English.' },
  title: { fr: 'Donnez un titre à chaque texte.', en: 'Give each text a title.' },
  length: {
    fr: 'Gardez le titre sous 200 caractères et le texte sous 60 000.',
    en: 'Keep the title under 200 characters and the text under 60,000.',
  },
  correction: {
    fr: 'Ce texte est déjà lu. Dites en une phrase ce que vous corrigez.',
    en: 'Readers have seen this text. Say in one sentence what you correct.',
  },
};

/** What is wrong with a post, as a sentence that says how to mend it; the same at every door. */
export function explainPostProblem(problem: PostProblem, locale: Locale): string {
  return typeset(sentences[problem][locale], locale);
}
