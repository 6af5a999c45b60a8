import { get, LOCALE, post, type Route } from '../route.ts';
import { accountPage, changePassword, endOtherSessions, removePasskey } from './account.tsx';
import { addPasskey, passkeyOptions, passkeyScript, passkeySignIn, passkeySignInOptions } from './passkeys.ts';
import { askForPassword, forgottenPage, passwordPage, savePassword } from './password.tsx';
import { enter, enterPage, finishWithOidc, signIn, signInPage, signOut, startWithOidc } from './sign-in.tsx';

const STAFF = `${LOCALE}/staff`;

/** Where the staff signs in and looks after its own account. There is no page to sign up. */
export const staffRoutes: readonly Route[] = [
  get(`${STAFF}/sign-in`, 'anyone', signInPage),
  post(`${STAFF}/sign-in`, 'anyone', signIn),
  post(`${STAFF}/sign-out`, 'anyone', signOut),
  get(`${STAFF}/enter/:token`, 'anyone', enterPage),
  post(`${STAFF}/enter/:token`, 'anyone', enter),
  get(`${STAFF}/forgotten`, 'anyone', forgottenPage),
  post(`${STAFF}/forgotten`, 'anyone', askForPassword),
  get(`${STAFF}/password/:token`, 'anyone', passwordPage),
  post(`${STAFF}/password/:token`, 'anyone', savePassword),
  get(`${STAFF}/account`, 'staff', accountPage),
  post(`${STAFF}/account/password`, 'staff', changePassword),
  post(`${STAFF}/account/passkeys/:id/remove`, 'staff', removePasskey),
  post(`${STAFF}/account/sessions/end`, 'staff', endOtherSessions),
  get(`${STAFF}/oidc`, 'anyone', startWithOidc),
  get('/api/auth/callback/operator', 'anyone', finishWithOidc),
  get('/staff/passkey.js', 'anyone', passkeyScript),
  get('/api/auth/passkey/generate-authenticate-options', 'anyone', passkeySignInOptions),
  post('/api/auth/passkey/verify-authentication', 'anyone', passkeySignIn),
  get('/api/auth/passkey/generate-register-options', 'staff', passkeyOptions),
  post('/api/auth/passkey/verify-registration', 'staff', addPasskey),
];
