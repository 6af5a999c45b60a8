import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis customer` says of itself. */
export const customerHelp = {
  about: {
    fr: 'qui suit un client, et comment le joindre',
    en: 'who looks after a customer, and how they are reached',
  },
  move: {
    fr: 'confier un client à un autre interlocuteur, qui lit le relais ; le client est prévenu',
    en: 'give a customer another advisor, who reads the handover; the customer is told',
  },
  reference: {
    fr: "numéro du client, ou de l'une de ses lignes",
    en: 'number of the customer, or of one of their lines',
  },
  advisor: { fr: 'courriel de qui le suit désormais', en: 'who looks after them from now on' },
  handover: { fr: 'ce que le nouvel interlocuteur doit savoir', en: 'what the new advisor must know' },
  contact: {
    fr: 'ajouter ou retirer un numéro ou une adresse de courriel sous lesquels un client est connu',
    en: 'add or remove a phone number or mail address by which a customer is known',
  },
  add: { fr: 'on le joint aussi ici', en: 'also reached here' },
  remove: { fr: 'on ne le joint plus ici', en: 'no longer reached here' },
} as const satisfies Record<string, Both>;

interface Moved {
  reference: string;
  mail: string;
  toldBy: 'mail' | 'sms' | null;
  caseFiles: number;
}

/** Who looks after the customer now, how they are told, and what went along. */
export function movedWords({ reference, mail, toldBy, caseFiles }: Moved): Both {
  const letter = {
    fr: "Aucune de ses adresses de courriel n'aboutit : écrivez-lui une lettre.",
    en: 'No mail address of theirs works: write them a letter.',
  };
  const told = {
    sms: { fr: 'Le client est prévenu par SMS.', en: 'They are told by SMS.' },
    mail: { fr: 'Le client est prévenu par courriel.', en: 'They are told by mail.' },
  };
  const { fr, en } = toldBy ? told[toldBy] : letter;
  const along = caseFiles > 0;
  return {
    fr: `${reference} est maintenant chez ${mail}. ${fr}${along ? ` Dossiers ouverts qui ont suivi : ${caseFiles}.` : ''}`,
    en: `${reference} is with ${mail} now. ${en}${along ? ` Open case files that went along: ${caseFiles}.` : ''}`,
  };
}

/** A number or an address is on file from now on, or is no longer. */
export function pointWords(value: string, reference: string, added: boolean): Both {
  return added
    ? { fr: `${value} est au dossier de ${reference}.`, en: `${value} is on file for ${reference}.` }
    : { fr: `${value} n'est plus au dossier de ${reference}.`, en: `${value} is no longer on file for ${reference}.` };
}

/** What cannot be added or removed as it was typed. */
export const pointProblems = {
  oneOfTwo: { fr: "Donnez --add ou --remove, l'un des deux.", en: 'Give --add or --remove, one of them.' },
  unreadable: (typed: string): Both => ({
    fr: `« ${typed} » n'est ni un numéro (+33 3 53 01 20 30), ni une adresse de courriel.`,
    en: `"${typed}" is neither a phone number (+33 3 53 01 20 30) nor a mail address.`,
  }),
};

/** No customer is known by what was typed. */
export const unknownCustomer = {
  fr: "Aucun client et aucune ligne n'a ce numéro. Copiez-le de la facture ou de l'espace de travail.",
  en: 'No customer and no line has this number. Copy it from the bill or the workspace.',
};
const notAllowed = { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' };

/** Why a customer stays with their advisor, and how to mend it. */
export const moveRefusals = {
  not_allowed: notAllowed,
  not_found: unknownCustomer,
  unknown_advisor: {
    fr: "Aucun interlocuteur présent n'a cette adresse. Voyez : visavis advisor list",
    en: 'No advisor who is present has this address. See: visavis advisor list',
  },
  same_advisor: {
    fr: "Cette personne s'en occupe déjà. Rien n'a changé.",
    en: 'This advisor looks after them already. Nothing has changed.',
  },
  no_handover: {
    fr: 'Le relais est vide. Écrivez ce que le nouvel interlocuteur doit savoir.',
    en: 'The handover is empty. Write what the new advisor must know.',
  },
} as const satisfies Record<string, Both>;

/** Why a number or an address stays as it was, and how to mend it. */
export const contactRefusals = {
  not_allowed: notAllowed,
  not_found: unknownCustomer,
  unreadable: {
    fr: "C'est illisible. Écrivez-le comme +33 3 53 01 20 30 ou nom@example.org.",
    en: 'This cannot be read. Write it like +33 3 53 01 20 30 or name@example.org.',
  },
  on_file: {
    fr: "Ce client l'a déjà au dossier. Rien n'a changé.",
    en: 'This customer has it on file already. Nothing has changed.',
  },
  not_on_file: {
    fr: "Ce client ne l'a pas au dossier. Rien n'a changé.",
    en: 'This customer does not have it on file. Nothing has changed.',
  },
  last_one: {
    fr: "C'est le dernier moyen de joindre ce client. Ajoutez-en d'abord un autre.",
    en: 'It is the last way to reach this customer. Add another one first.',
  },
} as const satisfies Record<string, Both>;
