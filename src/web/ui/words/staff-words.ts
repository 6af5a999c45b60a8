import type { Catalogue } from './catalogue.ts';

/** Words of the pages where the staff signs in and looks after its accounts. */
export const staffWords = {
  staffSignInTitle: { fr: 'Connexion de l’équipe', en: 'Staff sign-in' },
  staffMail: { fr: 'Votre courriel professionnel', en: 'Your work email' },
  staffPassword: { fr: 'Mot de passe', en: 'Password' },
  staffSignIn: { fr: 'Se connecter', en: 'Sign in' },
  staffWithPasskey: { fr: 'Se connecter avec une clé d’accès', en: 'Sign in with a passkey' },
  staffWithOidc: { fr: 'Se connecter avec le compte de l’entreprise', en: 'Sign in with the company account' },
  staffForgotten: { fr: 'Mot de passe oublié', en: 'Forgotten password' },
  staffNotSignedIn: {
    fr: 'Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux, ou demandez un nouveau mot de passe.',
    en: 'This email and password do not belong together. Check both, or ask for a new password.',
  },
  staffTooOften: {
    fr: 'Trop d’essais. Attendez 15 minutes, ou utilisez une clé d’accès.',
    en: 'Too many attempts. Wait 15 minutes, or use a passkey.',
  },
  staffOidcFailed: {
    fr: 'Le compte de l’entreprise n’a pas ouvert de session. Connectez-vous par mot de passe, ou demandez une invitation à l’administrateur.',
    en: 'The company account did not sign you in. Use your password, or ask the administrator for an invitation.',
  },
  staffPasskeyFailed: {
    fr: 'La clé d’accès n’a pas fonctionné. Réessayez, ou utilisez votre mot de passe.',
    en: 'The passkey did not work. Try again, or use your password.',
  },
  staffForgottenLead: {
    fr: 'Nous envoyons un lien à votre courriel professionnel. Il vous permet de choisir un nouveau mot de passe.',
    en: 'We send a link to your work email. With it you choose a new password.',
  },
  staffForgottenSend: { fr: 'Envoyer le lien', en: 'Send the link' },
  staffForgottenDone: {
    fr: 'Si ce compte existe, un lien vient de partir. Il sert une fois, dans les 2 heures.',
    en: 'If this account exists, a link has just left. It works once, within 2 hours.',
  },
  staffLinkGone: {
    fr: 'Ce lien a déjà servi, ou il est trop ancien. Demandez un nouveau mot de passe, ou une nouvelle invitation à l’administrateur.',
    en: 'This link was used already, or it is too old. Ask for a new password, or ask the administrator for a new invitation.',
  },
  staffPasswordTitle: { fr: 'Choisir votre mot de passe', en: 'Choose your password' },
  staffPasswordHint: {
    fr: 'Au moins {least} caractères. Une phrase que vous retenez convient très bien.',
    en: 'At least {least} characters. A sentence you remember does very well.',
  },
  staffPasswordSave: { fr: 'Enregistrer le mot de passe', en: 'Save the password' },
  staffPasswordShort: {
    fr: 'Ce mot de passe est trop court. Il lui faut au moins {least} caractères.',
    en: 'This password is too short. It needs at least {least} characters.',
  },
  staffPasswordLong: {
    fr: 'Ce mot de passe est trop long. Il peut avoir jusqu’à {most} caractères.',
    en: 'This password is too long. It may have up to {most} characters.',
  },
  staffPasswordEasy: {
    fr: 'Ce mot de passe se devine. Choisissez plusieurs mots sans rapport avec votre nom.',
    en: 'This password can be guessed. Choose several words that have nothing to do with your name.',
  },
  staffEnterTitle: { fr: 'Ouvrir l’espace de travail', en: 'Open the workspace' },
  staffEnterButton: { fr: 'Entrer', en: 'Enter' },
  staffAccountTitle: { fr: 'Votre compte', en: 'Your account' },
  staffAccountOf: { fr: '{name}, {mail}', en: '{name}, {mail}' },
  staffToWorkspace: { fr: 'Aller à l’espace de travail', en: 'Go to the workspace' },
  staffSignOut: { fr: 'Se déconnecter', en: 'Sign out' },
  staffCurrentPassword: { fr: 'Mot de passe actuel', en: 'Current password' },
  staffNewPassword: { fr: 'Nouveau mot de passe', en: 'New password' },
  staffChangePassword: { fr: 'Changer de mot de passe', en: 'Change password' },
  staffPasswordChanged: {
    fr: 'Le mot de passe est changé. Les autres sessions sont fermées.',
    en: 'The password is changed. The other sessions are closed.',
  },
  staffWrongCurrent: {
    fr: 'Ce n’est pas votre mot de passe actuel. Corrigez-le, ou demandez-en un nouveau par courriel.',
    en: 'This is not your current password. Correct it, or ask for a new one by email.',
  },
  staffPasskeys: { fr: 'Clés d’accès', en: 'Passkeys' },
  staffPasskeysLead: {
    fr: 'Une clé d’accès ouvre la session avec votre appareil, sans mot de passe.',
    en: 'A passkey signs you in with your device, without a password.',
  },
  staffPasskeysNone: { fr: 'Aucune clé pour l’instant.', en: 'No passkey yet.' },
  staffPasskeyAdd: { fr: 'Ajouter une clé d’accès', en: 'Add a passkey' },
  staffPasskeyAdded: { fr: 'Clé ajoutée {when}', en: 'Passkey added {when}' },
  staffPasskeyRemove: { fr: 'Retirer cette clé', en: 'Remove this passkey' },
  staffPasskeyStale: {
    fr: 'Pour ajouter une clé, reconnectez-vous d’abord : votre session date de plus d’une heure.',
    en: 'To add a passkey, sign in again first: your session is more than an hour old.',
  },
  staffPasskeyScript: {
    fr: 'Cela demande JavaScript et un navigateur récent.',
    en: 'This needs JavaScript and a recent browser.',
  },
  staffSessions: { fr: 'Sessions ouvertes', en: 'Open sessions' },
  staffSessionThis: { fr: 'Cette session, ouverte {when}', en: 'This session, opened {when}' },
  staffSessionOther: { fr: 'Une autre session, ouverte {when}', en: 'Another session, opened {when}' },
  staffSessionsEnd: { fr: 'Fermer les autres sessions', en: 'Close the other sessions' },
  staffAgain: { fr: 'Se reconnecter', en: 'Sign in again' },
} as const satisfies Catalogue;
