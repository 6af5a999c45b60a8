import type { Locale } from '../core/text/typeset.ts';

type Both = Record<Locale, string>;

/** How a time is written in a scenario. */
export const timeOfDay: Both = { fr: 'une heure comme 09:00', en: 'a time such as 09:00' };

/** Where a scenario contradicts itself, and how to mend it: each follows the name of the field. */
export const contradictions = {
  closesFirst: (from: string, to: string): Both => ({
    fr: `ferme à ${to}, avant d'ouvrir à ${from}`,
    en: `closes at ${to}, before it opens at ${from}`,
  }),
  weights: (weights: number, hours: number, from: string, to: string): Both => ({
    fr: `a ${weights} poids pour ${hours} heures, de ${from} à ${to} : donnez un poids par heure, ou un seul pour toutes`,
    en: `has ${weights} weights for ${hours} hours from ${from} to ${to}: one weight an hour, or one for all`,
  }),
  nobodyCalls: {
    fr: 'vaut 0 à toute heure : quand les gens appellent-ils ?',
    en: 'is 0 in every hour: when do people call?',
  },
  lunchOutside: (group: string, minutes: number, from: string, to: string): Both => ({
    fr: `${group}, pendant ${minutes} minutes, sort des heures de ${from} à ${to}`,
    en: `${group} with ${minutes} minutes lies outside the hours from ${from} to ${to}`,
  }),
  noLunch: { fr: 'est vide : quand déjeune-t-on ?', en: 'is empty: when is lunch?' },
  lunchAllDay: {
    fr: 'dure autant que la journée : personne ne travaillerait',
    en: 'is as long as the day: nobody would work',
  },
  noDay: (simulated: number, warmUp: number, dropped: number): Both => ({
    fr: `vaut ${simulated} : aucun jour ne compte après ${warmUp} de mise en route et ${dropped} laissés de côté`,
    en: `is ${simulated}, which leaves no day to count after ${warmUp} to warm up and ${dropped} dropped`,
  }),
  tooManyBackups: (backups: number, podSize: number): Both => ({
    fr: `vaut ${backups}, mais une équipe de ${podSize} n'a que ${podSize - 1} collègues au plus`,
    en: `is ${backups}, but a pod of ${podSize} has ${podSize - 1} colleagues at most`,
  }),
};
