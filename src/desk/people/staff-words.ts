import { type Locale, typeset } from '../../core/text/typeset.ts';

interface Facts {
  name: string;
  link: string;
  hours: number;
}

/** The mail that invites somebody to the staff. */
export function invitationWords(locale: Locale, { name, link, hours }: Facts): { subject: string; text: string } {
  if (locale === 'en')
    return {
      subject: 'Your Visavis account',
      text: `Hello ${name},\n\nAn account has been made for you. Choose your password here:\n\n${link}\n\nThis link works once, within ${hours} hours.\n`,
    };
  return {
    subject: 'Votre compte Visavis',
    text: `Bonjour ${name},\n\n${typeset('Un compte a été créé pour vous. Choisissez votre mot de passe ici :', 'fr')}\n\n${link}\n\nCe lien sert une seule fois, dans les ${hours}\u00a0heures.\n`,
  };
}

/** The mail somebody of the staff asked for to set a new password. */
export function passwordMailWords(locale: Locale, { name, link, hours }: Facts): { subject: string; text: string } {
  if (locale === 'en')
    return {
      subject: 'A new password',
      text: `Hello ${name},\n\nYou asked for a new password. Choose it here:\n\n${link}\n\nThis link works once, within ${hours} hours. You did not ask? Do nothing: your password stays as it is.\n`,
    };
  return {
    subject: 'Un nouveau mot de passe',
    text: `Bonjour ${name},\n\n${typeset('Vous avez demandé un nouveau mot de passe. Choisissez-le ici :', 'fr')}\n\n${link}\n\n${typeset(`Ce lien sert une seule fois, dans les ${hours}\u00a0heures. Vous n'avez rien demandé ? Ne faites rien : votre mot de passe reste le même.`, 'fr')}\n`,
  };
}

/** The mail after an administrator has reset how somebody signs in. */
export function resetWords(locale: Locale, { name, link, hours }: Facts): { subject: string; text: string } {
  if (locale === 'en')
    return {
      subject: 'Sign in again to Visavis',
      text: `Hello ${name},\n\nYour administrator has reset how you sign in. Your old password and passkeys open nothing any more. Choose a new password here:\n\n${link}\n\nThis link works once, within ${hours} hours. Then add a passkey on the page of your account.\n`,
    };
  return {
    subject: 'Se reconnecter à Visavis',
    text: `Bonjour ${name},\n\n${typeset("L'administrateur a réinitialisé votre connexion. L'ancien mot de passe et les clés d'accès n'ouvrent plus rien. Choisissez un nouveau mot de passe ici :", 'fr')}\n\n${link}\n\n${typeset(`Ce lien sert une seule fois, dans les ${hours}\u00a0heures. Ajoutez ensuite une clé d'accès sur la page de votre compte.`, 'fr')}\n`,
  };
}
