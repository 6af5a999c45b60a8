import { resolve } from 'node:path';
import { z } from 'zod';
import { type Language, operatorLanguage } from './language.ts';
import { type ConfigProblem, problemSentence, togetherSentence } from './words.ts';

// Messages are codes of words.ts, with a detail after a space.
const says = (problem: ConfigProblem, detail = '') => `${problem} ${detail}`.trim();
const notAPort = says('port');
const port = (fallback: number) =>
  z.coerce.number(notAPort).int(notAPort).min(0, notAPort).max(65535, notAPort).default(fallback);
const url = (protocol: RegExp, example: string) => z.url({ protocol, error: says('address', example) });
const flag = z.enum(['0', '1'], says('flag')).transform((value) => value === '1');
const partNames = z.enum(['web', 'jobs', 'mail'], says('parts'));
const parts = z
  .string()
  .default('web,jobs,mail')
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(partNames).nonempty());
const hostAndPort = z.string().regex(/^[\w.-]+:\d{1,5}$/, says('hostAndPort'));
const phones = z.union([hostAndPort, z.literal('registrar')], says('phones'));
const sipAddress = z.string().regex(/^sips?:[\w.+-]+@[\w.:-]+$/, says('address', 'sip:front@192.0.2.20'));
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const networks = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim() || []))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], says('networks'))));

// A short code, a name, or a number in full; never one of the ranges of people (06, 07).
const smsSender = z
  .string()
  .regex(/^(\d{3,8}|\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11})$/, says('smsSender'))
  .refine((from) => !/^(\+33[67]|0[67])/.test(from), says('smsPersonal'));

const olderSecrets = z
  .string()
  .default('')
  .transform((value) => value.split(/\s+/).filter(Boolean))
  .pipe(z.array(z.string().min(32, says('secrets'))));

/** Every setting Visavis reads from the environment. What an operator changes while it runs is in the database instead. */
const Environment = z.object({
  PORT: port(8080),
  HOST: z.string().default('127.0.0.1'),
  VISAVIS_DATA: z.string().default('./data'),
  // Not z.url(): PostgreSQL also takes URLs without a host, for a Unix socket (postgresql://user@/name?host=/run/postgresql).
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, says('postgres'))
    .optional(),
  VISAVIS_SMTP_PORT: port(2525),
  VISAVIS_ORIGIN: url(/^https?$/, 'https://contact.example.org').optional(),
  VISAVIS_DEMO: flag.optional(),
  VISAVIS_PARTS: parts,
  VISAVIS_SECRET: z.string().min(32, says('secret')).optional(),
  VISAVIS_OLDER_SECRETS: olderSecrets,
  VISAVIS_SMTP_URL: url(/^smtps?$/, 'smtp://user:password@host:587').optional(),
  VISAVIS_IMAP_URL: url(/^imaps?$/, 'imaps://user:password@host').optional(),
  VISAVIS_SMS_URL: url(/^(smpps?|https?)$/, 'smpp://user:password@host:2775').optional(),
  VISAVIS_SMS_FROM: smsSender.optional(),
  VISAVIS_SMS_SECRET: z.string().min(32, says('secret')).optional(),
  VISAVIS_TRUSTED_RELAYS: z.string().default(''),
  VISAVIS_TRUSTED_PROXIES: networks,
  VISAVIS_OIDC_ISSUER: url(/^https?$/, 'https://sign-in.example.org').optional(),
  VISAVIS_OIDC_CLIENT_ID: z.string().optional(),
  VISAVIS_OIDC_CLIENT_SECRET: z.string().optional(),
  VISAVIS_KAMAILIO: hostAndPort.optional(),
  VISAVIS_PHONES: phones.optional(),
  VISAVIS_CALLS_FALLBACK: sipAddress.optional(),
  VISAVIS_CALLS_FOLDER: z.string().optional(),
  VISAVIS_CALLER_NAMES: flag.default(false),
  VISAVIS_DIALS: flag.default(false),
  VISAVIS_MEDIA_ADDRESS: z.ipv4(says('address', '192.0.2.10')).default('127.0.0.1'),
  VISAVIS_VOICE: z.string().optional(),
  VISAVIS_VOICEMAIL: flag.default(false),
  VISAVIS_UNANSWERED_SECONDS: z.coerce.number().int().min(0).max(1_000).optional(),
  VISAVIS_LANGUAGE: z.enum(['fr', 'en'], says('oneOf', 'fr, en')).optional(),
  VISAVIS_LOG: z.enum(logLevels, says('oneOf', logLevels.join(', '))).default('info'),
});

export interface Config {
  port: number;
  host: string;
  /** Absolute folder of everything this installation stores on disk. */
  dataFolder: string;
  /** Undefined: the embedded PostgreSQL is used. */
  databaseUrl: string | undefined;
  /** Port of the mail intake; 0 leaves the choice to the system. */
  smtpPort: number;
  /** Scheme, host and port that people type, without a trailing slash. */
  origin: string;
  /** True, false, or undefined when nobody has said. */
  demo: boolean | undefined;
  parts: readonly ('web' | 'jobs' | 'mail')[];
  /** Key of every signature; undefined: kept in the database, made at the first start. */
  secret: string | undefined;
  /** Keys that sign no more: what they have signed is still believed. */
  olderSecrets: readonly string[];
  smtpUrl: string | undefined;
  imapUrl: string | undefined;
  /** Undefined: SMS are shown in the outbox and do not leave. */
  sms: SmsConfig | undefined;
  /** Authserv-ids of relays whose Authentication-Results are believed. */
  trustedRelays: readonly string[];
  /** Addresses and networks of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined;
  /** Undefined: no telephony. */
  telephony: TelephonyConfig | undefined;
  /** Of what the operator reads at a terminal. */
  language: Language;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface SmsConfig {
  /** smpp(s): the SMSC; http(s): a gateway that takes signed JSON. */
  url: string;
  /** Who it comes from: a short code, a number that is not 06 or 07, or a name. */
  from: string;
  /** Signs what goes to and comes from a gateway; an SMSC has no use for it. */
  secret: string | undefined;
}

export interface TelephonyConfig {
  /** Kamailio's evapi, host:port. */
  evapi: string;
  /** The switch that knows the advisors' phones, host:port; or `registrar`, Kamailio itself. */
  phones: string;
  /** Where a caller goes whom nobody answered and who was promised nothing: a SIP address. */
  fallback: string | undefined;
  /** Folder shared with Kamailio. */
  folder: string | undefined;
  /** Whether phones show the customer's name. */
  showNames: boolean;
  /** Whether the phone system dials for the advisors; else the phone beside the screen does. */
  dials: boolean;
  /** Address the announcements leave from. */
  mediaAddress: string;
  /** Whether a customer nobody answers may leave a message. */
  voicemail: boolean;
  unansweredSeconds: number | undefined;
  /** Command that speaks, in words; undefined: espeak-ng. */
  voice: readonly string[] | undefined;
}

/** Thrown for a setting that cannot be used; the message names it and says how to mend it. */
export class ConfigError extends Error {}

/** Reads and validates the environment once, at the edge of the program. Throws ConfigError. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const language = operatorLanguage(given);
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    // A value can break several rules at once, with the same words for each.
    const sentences = new Set(parsed.error.issues.map((issue) => sentence(language, issue, given)));
    throw new ConfigError([...sentences].join('\n'));
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: resolve(env.VISAVIS_DATA),
    databaseUrl: env.DATABASE_URL,
    smtpPort: env.VISAVIS_SMTP_PORT,
    origin: (env.VISAVIS_ORIGIN ?? `http://${env.HOST === '127.0.0.1' ? 'localhost' : env.HOST}:${env.PORT}`).replace(
      /\/+$/,
      '',
    ),
    demo: env.VISAVIS_DEMO,
    parts: env.VISAVIS_PARTS,
    secret: env.VISAVIS_SECRET,
    olderSecrets: env.VISAVIS_OLDER_SECRETS,
    smtpUrl: env.VISAVIS_SMTP_URL,
    imapUrl: env.VISAVIS_IMAP_URL,
    sms: sms(env, language),
    trustedRelays: env.VISAVIS_TRUSTED_RELAYS.split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    trustedProxies: env.VISAVIS_TRUSTED_PROXIES,
    oidc: oidc(env, language),
    telephony: telephony(env, language),
    language,
    logLevel: env.VISAVIS_LOG,
  };
}

function telephony(env: z.infer<typeof Environment>, language: Language): Config['telephony'] {
  const { VISAVIS_KAMAILIO: evapi, VISAVIS_PHONES: phones } = env;
  if (!evapi && !phones) return undefined;
  if (!evapi || !phones) throw new ConfigError(togetherSentence(language, ['VISAVIS_KAMAILIO', 'VISAVIS_PHONES']));
  return {
    evapi,
    phones,
    fallback: env.VISAVIS_CALLS_FALLBACK,
    folder: env.VISAVIS_CALLS_FOLDER && resolve(env.VISAVIS_CALLS_FOLDER),
    showNames: env.VISAVIS_CALLER_NAMES,
    dials: env.VISAVIS_DIALS,
    mediaAddress: env.VISAVIS_MEDIA_ADDRESS,
    voicemail: env.VISAVIS_VOICEMAIL,
    unansweredSeconds: env.VISAVIS_UNANSWERED_SECONDS,
    voice: env.VISAVIS_VOICE?.trim().split(/\s+/),
  };
}

function sms(env: z.infer<typeof Environment>, language: Language): Config['sms'] {
  const { VISAVIS_SMS_URL: url, VISAVIS_SMS_FROM: from, VISAVIS_SMS_SECRET: secret } = env;
  if (!url && !from && !secret) return undefined;
  if (!url || !from) throw new ConfigError(togetherSentence(language, ['VISAVIS_SMS_URL', 'VISAVIS_SMS_FROM']));
  const names = ['VISAVIS_SMS_URL', 'VISAVIS_SMS_FROM', 'VISAVIS_SMS_SECRET'];
  if (/^http/.test(url) && !secret) throw new ConfigError(togetherSentence(language, names));
  return { url, from, secret };
}

function oidc(env: z.infer<typeof Environment>, language: Language): Config['oidc'] {
  const {
    VISAVIS_OIDC_ISSUER: issuer,
    VISAVIS_OIDC_CLIENT_ID: clientId,
    VISAVIS_OIDC_CLIENT_SECRET: clientSecret,
  } = env;
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret)
    throw new ConfigError(
      togetherSentence(language, ['VISAVIS_OIDC_ISSUER', 'VISAVIS_OIDC_CLIENT_ID', 'VISAVIS_OIDC_CLIENT_SECRET']),
    );
  return { issuer, clientId, clientSecret };
}

function sentence(language: Language, issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0] ?? '');
  const shown = /SECRET|URL/.test(name) ? undefined : given[name];
  return problemSentence(language, { name, shown }, issue.message);
}
