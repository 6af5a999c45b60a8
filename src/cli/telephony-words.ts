import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis telephony` says of itself. */
export const telephonyHelp = {
  about: { fr: 'le système téléphonique à côté de Visavis', en: 'the phone system beside Visavis' },
  config: {
    fr: 'écrire un kamailio.cfg complet pour vos raccordements, et le faire vérifier par Kamailio',
    en: 'writes a complete kamailio.cfg for your trunks and has Kamailio check it',
  },
  listen: {
    fr: 'où Kamailio prend les appels, comme udp:192.0.2.10:5060 tls:192.0.2.10:5061',
    en: 'where Kamailio takes calls, like udp:192.0.2.10:5060 tls:192.0.2.10:5061',
  },
  trunk: {
    fr: "adresses ou réseaux d'où votre opérateur téléphonique envoie les appels",
    en: 'addresses or networks your carrier sends calls from',
  },
  fallback: {
    fr: 'qui sonne quand Visavis ne répond pas, comme sip:front@192.0.2.20',
    en: 'who is rung when Visavis is silent, like sip:front@192.0.2.20',
  },
  folder: {
    fr: "partagé avec Visavis (VISAVIS_CALLS_FOLDER) : listes de secours, postes, journal d'appels",
    en: 'shared with Visavis (VISAVIS_CALLS_FOLDER): held ring lists, phones, accounting',
  },
  registrar: {
    fr: "les postes des interlocuteurs s'enregistrent ici (VISAVIS_PHONES=registrar) ; avec --folder",
    en: 'advisors’ phones register here (VISAVIS_PHONES=registrar); needs --folder',
  },
  tlsCertificate: { fr: 'certificat des adresses tls:, en PEM', en: 'for tls: addresses, in PEM' },
  tlsKey: { fr: 'clé des adresses tls:, en PEM', en: 'for tls: addresses, in PEM' },
  number: {
    fr: 'pour les appels sortants : ce que voit la personne appelée, comme +33199001234',
    en: 'for calls to the outside: what whoever is called sees, like +33199001234',
  },
  carrier: {
    fr: 'pour les appels sortants : où ils vont',
    en: 'for calls to the outside: where they go',
  },
  phones: {
    fr: 'pour les appels sortants : le commutateur des postes des interlocuteurs ; sans --registrar',
    en: 'for calls to the outside: the switch the advisors’ phones are on; not with --registrar',
  },
  redirect: {
    fr: 'une porte pour les commutateurs qui ne savent que suivre des redirections, comme udp:192.0.2.10:5070',
    en: 'a door for switches that can only follow redirects, like udp:192.0.2.10:5070',
  },
  redirectFrom: {
    fr: 'les commutateurs qui peuvent demander à cette porte',
    en: 'the switches that may ask at that door',
  },
  country: {
    fr: 'indicatif de pays des numéros qui commencent par un seul 0',
    en: 'country code of numbers that begin with a single 0',
  },
  rate: {
    fr: 'appels pris par seconde, tous raccordements ensemble ; aux autres, on dit de rappeler',
    en: 'calls a second that are taken, over all trunks together; more are told to come back',
  },
  evapi: {
    fr: 'où Visavis se connecte ; laissez-la sur la boucle locale',
    en: 'where Visavis connects; keep it on loopback',
  },
  out: { fr: 'le fichier à écrire', en: 'the file to write' },
} as const satisfies Record<string, Both>;

/** What `visavis telephony source` and `visavis telephony extension` say of themselves. */
export const phoneSystemHelp = {
  source: {
    fr: 'laisser un autre système téléphonique rapporter ses appels, et montrer une fois son secret',
    en: 'let another phone system report its calls, and print its secret once',
  },
  sourceName: {
    fr: 'un nom de votre choix : minuscules, chiffres et tirets, comme pbx-1',
    en: 'a name of your choice: small letters, digits and hyphens, like pbx-1',
  },
  end: { fr: "il ne peut plus rapporter d'appels", en: 'it may report no longer' },
  extension: {
    fr: "noter comment un autre système téléphonique appelle le poste d'un interlocuteur",
    en: 'note what another phone system calls the phone of an advisor',
  },
  extensionName: {
    fr: 'le nom du poste dans ce système, comme 203',
    en: 'what that system calls the phone, like 203',
  },
  mail: { fr: "l'interlocuteur", en: 'the advisor' },
} as const satisfies Record<string, Both>;

/** What is wrong with the options of `visavis telephony config`, and how to mend it. */
export const configProblems = {
  word: (typed: string): Both => ({
    fr: `« ${typed} » ne peut pas figurer dans le fichier. Écrivez comme udp:192.0.2.10:5060.`,
    en: `"${typed}" cannot stand in the file. Write it like udp:192.0.2.10:5060.`,
  }),
  rate: (typed: string): Both => ({
    fr: `--rate ${typed} : écrivez un nombre d'appels par seconde, comme 50.`,
    en: `--rate ${typed}: write how many calls a second, like 50.`,
  }),
  registrar: {
    fr: '--registrar a besoin de --folder : les mots de passe des postes y sont rangés.',
    en: '--registrar needs --folder: the passwords of the phones lie there.',
  },
  outgoing: {
    fr: 'Les appels sortants ont besoin de --number et de --carrier.',
    en: 'Calls to the outside need --number and --carrier.',
  },
  number: (typed: string): Both => ({
    fr: `--number ${typed} : écrivez le numéro comme +33199001234.`,
    en: `--number ${typed}: write it like +33199001234.`,
  }),
  carrier: (typed: string): Both => ({
    fr: `--carrier ${typed} : écrivez une adresse comme 198.51.100.7:5060.`,
    en: `--carrier ${typed}: write an address like 198.51.100.7:5060.`,
  }),
  phones: {
    fr: 'Les appels sortants ont besoin de --phones, ou de --registrar.',
    en: 'Calls to the outside need --phones, or --registrar.',
  },
  both: (address: string): Both => ({
    fr: `${address} ne peut pas être à la fois un raccordement et le commutateur des postes : on ne saurait plus qui appelle qui.`,
    en: `${address} cannot be a trunk and the switch of the phones: nobody could tell who calls whom.`,
  }),
  redirect: {
    fr: "--redirect et --redirect-from vont ensemble : donnez l'une et l'autre.",
    en: '--redirect and --redirect-from go together.',
  },
  redirectPort: (typed: string): Both => ({
    fr: `--redirect ${typed} : choisissez un port qu'aucun --listen n'utilise.`,
    en: `--redirect ${typed}: choose a port that no --listen has.`,
  }),
  tls: {
    fr: 'Une adresse tls: a besoin de --tls-certificate et de --tls-key.',
    en: 'A tls: address needs --tls-certificate and --tls-key.',
  },
} as const satisfies Record<string, Both | ((typed: string) => Both)>;

/** What became of the file. */
export const configWritten = {
  accepted: (file: string): Both => ({
    fr: `${file} est écrit, et Kamailio l'accepte.`,
    en: `${file} is written, and Kamailio accepts it.`,
  }),
  noKamailio: (file: string): Both => ({
    fr: `${file} est écrit, sans vérification. Kamailio n'est pas installé ici : apt install kamailio.`,
    en: `${file} is written and not checked. Kamailio is not installed here: apt install kamailio.`,
  }),
  refused: (file: string, why: string): Both => ({
    fr: `${file} est écrit, mais Kamailio ne l'accepte pas. Voici ce qu'il en dit : ${why}`,
    en: `${file} is written and not checked. ${why}`,
  }),
};

/** What other phone systems may do now, or why not. */
export const phoneSystemWords = {
  ended: (name: string): Both => ({
    fr: `${name} ne peut plus rapporter d'appels.`,
    en: `${name} may report no longer.`,
  }),
  noSource: (name: string): Both => ({
    fr: `Aucun système téléphonique nommé « ${name} » ne rapporte.`,
    en: `No phone system called "${name}" may report.`,
  }),
  noName: (name: string): Both => ({
    fr: `« ${name} » n'est pas un nom. Prenez des minuscules, chiffres et tirets, comme pbx-1.`,
    en: `"${name}" is no name. Use small letters, digits and hyphens, like pbx-1.`,
  }),
  noAdvisor: (mail: string): Both => ({
    fr: `Aucun interlocuteur n'a l'adresse ${mail}.`,
    en: `No advisor has the address ${mail}.`,
  }),
  noExtension: (extension: string): Both => ({
    fr: `« ${extension} » n'est pas un poste. Prenez des lettres et des chiffres, comme 203.`,
    en: `"${extension}" is no extension. Use letters and digits, like 203.`,
  }),
  set: (extension: string, mail: string): Both => ({
    fr: `${extension} est le poste de ${mail}.`,
    en: `${extension} is the phone of ${mail}.`,
  }),
};
