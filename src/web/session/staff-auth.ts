import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, type BetterAuthPlugin, betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { genericOAuth } from 'better-auth/plugins';
import { z } from 'zod';
import type { House } from '../../desk/house.ts';
import { newId } from '../../desk/id.ts';
import { mayStillEnter, recordSignIn } from '../../desk/people/staff-sign-in.ts';
import type { Config } from '../../platform/config/config.ts';
import { isSecure, staffCookiePrefix } from './cookies.ts';
import { SESSION_DAYS, staffSecret } from './older-keys.ts';

/** Characters of a password: long enough to need no rules about digits and signs. */
export const passwordLength = { least: 12, most: 128 };
/** How many minutes after signing in a passkey may be added without signing in again. */
const FRESH_MINUTES = 60;
/** The operator's own sign-in server, in better-auth's words. */
export const oidcProvider = 'operator';

export type StaffAuth = ReturnType<typeof createStaffAuth>;
const made = new WeakMap<House, StaffAuth>();
const madeWithOidc = new WeakMap<House, StaffAuth>();

/** better-auth on this house's database: passwords, passkeys and sessions of the staff. Nobody can sign up. */
export function staffAuth(house: House): StaffAuth {
  const auth = made.get(house) ?? createStaffAuth(house, []);
  made.set(house, auth);
  return auth;
}

/**
 * The same with the operator's own sign-in server (OIDC), or undefined when none is set or it does not answer now. Kept
 * apart, so that a silent server never stops anyone from signing in with a password, and is asked again the next time.
 */
export async function oidcAuth(house: House): Promise<StaffAuth | undefined> {
  const { oidc } = house.config;
  if (!oidc) return undefined;
  const auth = madeWithOidc.get(house) ?? createStaffAuth(house, [operatorSignIn(oidc)]);
  madeWithOidc.set(house, auth);
  const { socialProviders } = await auth.$context;
  if (socialProviders.some((provider) => provider.id === oidcProvider)) return auth;
  madeWithOidc.delete(house);
  return undefined;
}

function createStaffAuth(house: House, more: ReturnType<typeof operatorSignIn>[]) {
  const { config, log } = house;
  return betterAuth({
    appName: 'Visavis',
    baseURL: config.origin,
    basePath: '/api/auth',
    secret: staffSecret(house.signingKey),
    database: { db: house.db.withoutPlugins(), type: 'postgres', transaction: true },
    ...tables,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ((await mayStillEnter(house.db, session.userId)) ? undefined : false),
          after: async (session) => house.transact((tx) => recordSignIn(tx, session.userId)),
        },
      },
    },
    plugins: [passkeys(config), linkSignIn(), ...more],
    // Attempts are counted by account and network in rate-limits.ts, for all ways in.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ part: 'staff sign-in' }, message) },
    advanced: {
      database: { generateId: () => newId() },
      cookiePrefix: staffCookiePrefix(config),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure(config), httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
    },
  });
}

const dates = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** Our tables (migrations 0001 and 0004) in better-auth's words. `input: false`: no request can set these. */
const tables = {
  user: {
    modelName: 'staff',
    fields: { emailVerified: 'email_verified', ...dates },
    additionalFields: {
      role: { type: 'string', required: true, input: false },
      advisorId: { type: 'string', required: false, input: false, fieldName: 'advisor_id' },
      locale: { type: 'string', required: false, input: false },
      leftAt: { type: 'date', required: false, input: false, fieldName: 'left_at' },
    },
  },
  session: {
    modelName: 'staff_session',
    fields: { userId: 'staff_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...dates },
    expiresIn: SESSION_DAYS * 86_400,
    updateAge: 86_400,
    freshAge: FRESH_MINUTES * 60,
  },
  account: {
    modelName: 'staff_account',
    fields: {
      userId: 'staff_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...dates,
    },
    encryptOAuthTokens: true,
  },
  verification: { modelName: 'staff_verification', fields: { expiresAt: 'expires_at', ...dates } },
} as const satisfies Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>;

function passkeys(config: Config) {
  return passkey({
    rpID: new URL(config.origin).hostname,
    rpName: 'Visavis',
    origin: config.origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    schema: {
      passkey: {
        modelName: 'staff_passkey',
        fields: {
          userId: 'staff_id',
          publicKey: 'public_key',
          credentialID: 'credential_id',
          deviceType: 'device_type',
          backedUp: 'backed_up',
          createdAt: 'created_at',
        },
      },
    },
  });
}

/** Opens a session for who has just used a one-time link. Has no address of its own: only our pages call it. */
function linkSignIn() {
  return {
    id: 'link-sign-in',
    endpoints: {
      openStaffSession: createAuthEndpoint(
        { method: 'POST', body: z.object({ staffId: z.uuid() }) },
        async (ctx): Promise<{ opened: boolean }> => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.staffId);
          const session = user && (await ctx.context.internalAdapter.createSession(user.id));
          if (session) await setSessionCookie(ctx, { session, user });
          return ctx.json({ opened: Boolean(session) });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/** Matches a verified mail address to an existing member of staff; never makes an account. */
function operatorSignIn(oidc: NonNullable<Config['oidc']>) {
  return genericOAuth({
    config: [
      {
        providerId: oidcProvider,
        discoveryUrl: `${oidc.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        disableSignUp: true,
      },
    ],
  });
}
