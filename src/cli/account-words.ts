import type { StaffRole } from '../desk/actor.ts';
import type { Invited, Left } from '../desk/people/staff.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis staff` says of itself. */
export const staffHelp = {
  about: { fr: "qui se connecte à l'espace de travail", en: 'who signs in to the workspace' },
  invite: {
    fr: 'ouvrir un compte et donner le lien qui fixe son mot de passe, une fois, sous 72 heures',
    en: 'make an account and print the link that sets its password, once, within 72 hours',
  },
  mail: { fr: 'adresse de travail', en: 'work address' },
  name: { fr: 'prénom et nom', en: 'full name' },
  role: { fr: 'ce que la personne peut faire', en: 'what they may do' },
  advisor: {
    fr: "l'interlocuteur que cette personne est (nécessaire pour le rôle advisor)",
    en: 'the advisor this person is (needed for the role advisor)',
  },
  locale: { fr: 'sa langue', en: 'language' },
  list: { fr: "tous ceux qui se connectent, ou l'ont fait", en: 'everyone who signs in, or once did' },
  leave: {
    fr: "fermer les sessions, le mot de passe, les clés, liens et jetons de quelqu'un qui part",
    en: 'end every session, password, passkey, link and token of somebody who leaves',
  },
} as const satisfies Record<string, Both>;

/** What `visavis token` and `visavis sign-in-link` say of themselves. */
export const entryHelp = {
  token: {
    fr: "donner un jeton pour l'API ; il n'est montré que cette fois",
    en: 'print a bearer token for the API; it is shown this once',
  },
  tokenRole: {
    fr: "ce qu'il permet : advisor, lead, moderator, admin",
    en: 'what it may do: advisor, lead, moderator, admin',
  },
  tokenName: { fr: "quel système l'utilise", en: 'which system uses it' },
  days: {
    fr: "sa durée de validité ; sans elle, jusqu'à sa révocation",
    en: 'how long it may be used; without it, until it is revoked',
  },
  link: {
    fr: "donner un lien qui connecte un membre du personnel, une fois, dans l'heure",
    en: 'print a link that signs a member of staff in, once, within the hour',
  },
  linkMail: { fr: 'de qui', en: 'whose' },
  linkRole: {
    fr: 'de la première personne qui a ce rôle : advisor, lead, moderator, admin',
    en: 'of the first with this role: advisor, lead, moderator, admin',
  },
} as const satisfies Record<string, Both>;

/** What cannot be let in, and how to mend it. */
export const entryProblems = {
  days: { fr: 'Écrivez un nombre de jours, de 1 à 9999.', en: 'Write a number of days, from 1 to 9999.' },
  oneOfTwo: { fr: "Donnez --mail ou --role, l'un des deux.", en: 'Give --mail or --role, one of them.' },
  nobody: {
    fr: 'Personne ne se connecte ici ainsi. Voyez : visavis staff list',
    en: 'Nobody like that signs in here. See: visavis staff list',
  },
  role: (roles: readonly string[]): Both => ({
    fr: `Choisissez parmi ${roles.join(', ')}.`,
    en: `Choose one of ${roles.join(', ')}.`,
  }),
};

/** What somebody may do, in a list for people; `--role` and JSON have the English word. */
export const roleWords: Record<StaffRole | 'left', Both> = {
  advisor: { fr: 'interlocuteur', en: 'advisor' },
  lead: { fr: 'responsable', en: 'lead' },
  moderator: { fr: 'modérateur', en: 'moderator' },
  administrator: { fr: 'administrateur', en: 'administrator' },
  left: { fr: 'parti', en: 'left' },
};

/** What becomes of an invitation. */
export function inviteWords(invited: Invited, mail: string): Both {
  if (invited.kind === 'refused') return inviteRefusals[invited.why];
  return invited.mailed
    ? {
        fr: `Une invitation part à ${mail}. Le même lien :\n${invited.link}`,
        en: `An invitation to ${mail} is on its way. The same link:\n${invited.link}`,
      }
    : {
        fr: `Rien n'est envoyé : aucun courriel ne peut partir (VISAVIS_SMTP_URL). Remettez ce lien à ${mail} :\n${invited.link}`,
        en: `Nothing is sent, because no mail can leave (VISAVIS_SMTP_URL). Hand this link to ${mail}:\n${invited.link}`,
      };
}

const inviteRefusals: Record<Extract<Invited, { kind: 'refused' }>['why'], Both> = {
  'not allowed': { fr: 'Seul un administrateur peut inviter.', en: 'Only an administrator may invite.' },
  'wrong mail': {
    fr: "Cette adresse de courriel n'est pas complète. Écrivez-la comme nom@example.org.",
    en: 'This is not a complete mail address. Write it like name@example.org.',
  },
  'no name': { fr: 'Le nom est vide. Donnez-le avec --name.', en: 'The name is empty. Give it with --name.' },
  'has an account': {
    fr: 'Cette adresse se connecte déjà. Un mot de passe oublié se renouvelle sur la page de connexion.',
    en: 'This address signs in already. A forgotten password is renewed on the sign-in page.',
  },
  'advisor needed': {
    fr: "Ce compte est celui d'un interlocuteur. Nommez-le avec --advisor. Voyez : visavis advisor list",
    en: 'An advisor’s account belongs to an advisor. Name one with --advisor. See: visavis advisor list',
  },
  'unknown advisor': {
    fr: "Aucun interlocuteur n'a cette adresse ou cet identifiant. Voyez : visavis advisor list",
    en: 'No advisor has this address or id. See: visavis advisor list',
  },
  'advisor taken': {
    fr: "Un autre compte est déjà celui de cette personne. Fermez-le d'abord.",
    en: 'Another account belongs to this advisor already. Let that one leave first.',
  },
};

/** What becomes of an account that is to end. */
export function leaveWords(left: Left, mail: string): Both {
  if (left.kind === 'refused') return leaveRefusals[left.why];
  return {
    fr: `${mail} ne peut plus se connecter. Ce que cette personne a écrit reste.`,
    en: `${mail} cannot sign in any more. What they wrote stays.`,
  };
}

const leaveRefusals: Record<Extract<Left, { kind: 'refused' }>['why'], Both> = {
  'not allowed': { fr: 'Seul un administrateur peut le faire.', en: 'Only an administrator may do this.' },
  unknown: {
    fr: 'Personne ne se connecte avec cette adresse. Voyez : visavis staff list',
    en: 'Nobody signs in with this address. See: visavis staff list',
  },
  'last administrator': {
    fr: "C'est le dernier administrateur. Invitez-en d'abord un autre.",
    en: 'This is the last administrator. Invite another one first.',
  },
};
