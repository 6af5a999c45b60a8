import { checkNames } from '../desk/views/doctor/finding.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis doctor` says of itself, where it is, and that nothing is wrong. What it finds has words of its own. */
export const doctorWords = {
  about: {
    fr: "vérifier tout ce qui doit toujours être vrai dans la base, les réglages, le disque, l'horloge et les serveurs de courriel ; ne change rien",
    en: 'check every invariant that rows can show, the configuration, disk, clock and mail servers; changes nothing',
  },
  checking: (number: number): Both => ({
    fr: `vérification ${number} sur ${checkNames.length} …`,
    en: `check ${number} of ${checkNames.length} …`,
  }),
  allIsWell: {
    fr: `${checkNames.length} vérifications : tout va bien.`,
    en: `${checkNames.length} checks: all is well.`,
  },
};
