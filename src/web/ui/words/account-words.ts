import type { Catalogue } from './catalogue.ts';

/** Words of the accounts of the staff, as an administrator keeps them. */
export const accountWords = {
  accountsTitle: { fr: 'Comptes', en: 'Accounts' },
  accountsLead: {
    fr: 'Qui se connecte : inviter, rôle, clé perdue, fermeture.',
    en: 'Who signs in: invite, role, lost passkey, closing.',
  },
  accountInvite: { fr: 'Inviter quelqu’un', en: 'Invite somebody' },
  accountInviteLead: {
    fr: 'Un lien part par courriel. Il sert une fois, dans les 72 heures.',
    en: 'A link leaves by email. It works once, within 72 hours.',
  },
  accountInviteButton: { fr: 'Envoyer l’invitation', en: 'Send the invitation' },
  accountInvited: { fr: 'L’invitation est partie.', en: 'The invitation has left.' },
  accountName: { fr: 'Prénom et nom', en: 'First and family name' },
  accountNoName: { fr: 'Écrivez le prénom et le nom.', en: 'Type the first and the family name.' },
  staffMailOf: { fr: 'Courriel professionnel', en: 'Work email' },
  accountHasOne: {
    fr: 'Cette personne a déjà un compte. Réinitialisez sa connexion si elle l’a perdue.',
    en: 'This person has an account already. Reset their sign-in if they lost it.',
  },
  accountRole: { fr: 'Rôle', en: 'Role' },
  accountRoleHint: {
    fr: 'La personne se reconnecte après un changement.',
    en: 'The person signs in again after a change.',
  },
  role_advisor: { fr: 'interlocuteur', en: 'advisor' },
  role_lead: { fr: 'responsable', en: 'lead' },
  role_moderator: { fr: 'modérateur', en: 'moderator' },
  role_administrator: { fr: 'administrateur', en: 'administrator' },
  accountAdvisor: { fr: 'Interlocuteur correspondant', en: 'Advisor this is' },
  accountAdvisorHint: {
    fr: 'Pour qui répond aux clients. Les personnes qui ont déjà un compte n’y sont pas.',
    en: 'For those who answer customers. People with an account are not listed.',
  },
  accountAdvisorNeeded: {
    fr: 'Ce rôle demande un interlocuteur de l’équipe. Choisissez-le, ou créez-le d’abord dans « Équipe ».',
    en: 'This role needs an advisor of the team. Choose one, or add one first in “Team”.',
  },
  accountAdvisorTaken: {
    fr: 'Cet interlocuteur a déjà un compte. Choisissez-en un autre.',
    en: 'This advisor has an account already. Choose another.',
  },
  accountReset: { fr: 'Clé ou mot de passe perdu', en: 'Lost passkey or password' },
  accountResetLead: {
    fr: 'L’ancien mot de passe et les clés n’ouvrent plus rien. Un lien part à son adresse.',
    en: 'The old password and passkeys open nothing any more. A link leaves to their address.',
  },
  accountResetButton: { fr: 'Réinitialiser la connexion', en: 'Reset the sign-in' },
  accountResetDone: {
    fr: 'La connexion est réinitialisée. Un lien est parti à son adresse.',
    en: 'The sign-in is reset. A link has left to their address.',
  },
  accountResetOwn: {
    fr: 'Pour vous-même, utilisez la page de votre compte.',
    en: 'For yourself, use the page of your account.',
  },
  accountClose: { fr: 'Fermer le compte', en: 'Close the account' },
  accountCloseLead: {
    fr: 'Tout accès s’arrête maintenant. Ce que la personne a écrit reste.',
    en: 'All access ends now. What the person wrote stays.',
  },
  accountCloseButton: { fr: 'Fermer ce compte', en: 'Close this account' },
  accountClosed: { fr: 'Le compte est fermé.', en: 'The account is closed.' },
  accountIsClosed: { fr: 'compte fermé', en: 'account closed' },
  accountLastAdministrator: {
    fr: 'C’est le dernier administrateur. Nommez-en un autre d’abord.',
    en: 'This is the last administrator. Name another one first.',
  },
  accountLinkTitle: { fr: 'Un lien à remettre', en: 'A link to hand over' },
  accountLink: {
    fr: 'Aucun courriel ne peut encore partir. Remettez ce lien, il sert une fois : {link}',
    en: 'No email can leave yet. Hand over this link, it works once: {link}',
  },
} as const satisfies Catalogue;
