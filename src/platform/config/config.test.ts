import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const mend = 'Correct this environment variable and start again.';

/** What the operator reads when these settings cannot be used. */
function complaint(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('what is accepted', () => {
  it('nothing at all: this machine only, everything in one process', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      origin: 'http://localhost:8080',
      smtpPort: 2525,
      databaseUrl: undefined,
      parts: ['web', 'jobs', 'mail'],
      oidc: undefined,
    });
  });

  it('an empty variable as one that is not set', () => {
    expect(readConfig({ HOST: '', PORT: '', VISAVIS_SECRET: '' })).toMatchObject({ host: '127.0.0.1', port: 8080 });
  });

  it('another host, which the origin then names', () => {
    expect(readConfig({ HOST: '192.0.2.7', PORT: '81' }).origin).toBe('http://192.0.2.7:81');
    expect(readConfig({ HOST: '192.0.2.7', VISAVIS_ORIGIN: 'https://visavis.example.org/' }).origin).toBe(
      'https://visavis.example.org',
    );
  });

  it('a database behind a Unix socket, whose URL has no host', () => {
    const url = 'postgresql://visavis@/visavis?host=/run/postgresql';
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it('some of the parts, and the ports at both ends', () => {
    expect(readConfig({ VISAVIS_PARTS: 'web, jobs' }).parts).toEqual(['web', 'jobs']);
    expect(readConfig({ PORT: '0', VISAVIS_SMTP_PORT: '65535' })).toMatchObject({ port: 0, smtpPort: 65_535 });
  });
});

describe('what is refused, in words', () => {
  it.each(['abc', '65536', '-1', '-1.5', '80.5'])('the port %s, once', (given) => {
    expect(complaint({ PORT: given })).toBe(`PORT: "${given}" is not a port number from 0 to 65535. ${mend}`);
  });

  it.each([
    ['VISAVIS_DEMO', 'yes', 'must be 0 or 1'],
    ['VISAVIS_PARTS', 'web,post,fax', 'must list web, jobs or mail, with commas between them'],
    ['VISAVIS_ORIGIN', 'visavis.example.org', 'must be an address like https://contact.example.org'],
    ['VISAVIS_LOG', 'loud', 'must be one of debug, info, warn, error, silent'],
    ['VISAVIS_TRUSTED_PROXIES', 'proxy', 'must list addresses or networks (10.0.0.0/8)'],
  ])('%s=%s', (name, given, words) => {
    expect(complaint({ [name]: given })).toBe(`${name}: "${given}" ${words}. ${mend}`);
  });

  it('a short secret and wrong addresses, without showing them', () => {
    expect(complaint({ VISAVIS_SECRET: 'far-too-short' })).toBe(
      `VISAVIS_SECRET: must have at least 32 characters. ${mend}`,
    );
    const wrong = complaint({
      DATABASE_URL: 'mysql://me:hidden@host/x',
      VISAVIS_SMTP_URL: 'http://me:hidden@host',
      VISAVIS_IMAP_URL: 'me:hidden',
    });
    expect(wrong.split('\n')).toEqual([
      `DATABASE_URL: must begin with postgresql://. ${mend}`,
      `VISAVIS_SMTP_URL: must be an address like smtp://user:password@host:587. ${mend}`,
      `VISAVIS_IMAP_URL: must be an address like imaps://user:password@host. ${mend}`,
    ]);
  });

  it('in French where the operator’s system or VISAVIS_LANGUAGE is French, and says how to mend it', () => {
    const wrong = { PORT: 'abc', VISAVIS_SECRET: 'short', VISAVIS_DEMO: 'yes', VISAVIS_SMTP_URL: 'http://me:hidden@h' };
    const french = [
      'PORT\u00a0: «\u00a0abc\u00a0» n’est pas un numéro de port de 0 à 65535.',
      'VISAVIS_DEMO\u00a0: «\u00a0yes\u00a0» doit être 0 ou 1.',
      'VISAVIS_SECRET\u00a0: la valeur doit avoir au moins 32 caractères.',
      'VISAVIS_SMTP_URL\u00a0: la valeur doit être une adresse comme smtp://user:password@host:587.',
    ].map((sentence) => `${sentence} Corrigez cette variable d’environnement et démarrez à nouveau.`);
    for (const language of [
      { LANG: 'fr_FR.UTF-8' },
      { LC_ALL: 'fr_CH', LANG: 'en_US' },
      { LC_MESSAGES: 'fr' },
      { VISAVIS_LANGUAGE: 'fr', LANG: 'C.UTF-8' },
    ])
      expect(complaint({ ...wrong, ...language }).split('\n')).toEqual(french);
    for (const language of [{ LANG: 'C.UTF-8' }, { LANG: 'de_DE' }, { LANG: 'fr_FR', VISAVIS_LANGUAGE: 'en' }])
      expect(complaint({ ...wrong, ...language })).toContain(mend);
    expect(readConfig({ LANG: 'fr_FR.UTF-8' }).language).toBe('fr');
    expect(complaint({ VISAVIS_LANGUAGE: 'de' })).toBe(`VISAVIS_LANGUAGE: "de" must be one of fr, en. ${mend}`);
    expect(complaint({ VISAVIS_PHONES: '192.0.2.1:5060', LANG: 'fr' })).toBe(
      'VISAVIS_KAMAILIO et VISAVIS_PHONES vont ensemble\u00a0: donnez les deux, ou aucune.',
    );
  });

  it('no setting with words that were meant for the program', () => {
    const all =
      'PORT VISAVIS_SMTP_PORT VISAVIS_DEMO VISAVIS_PARTS VISAVIS_LOG VISAVIS_LANGUAGE VISAVIS_ORIGIN DATABASE_URL';
    const more = 'VISAVIS_TRUSTED_PROXIES VISAVIS_SECRET VISAVIS_OLDER_SECRETS VISAVIS_KAMAILIO VISAVIS_OIDC_ISSUER';
    const names = `${all} ${more}`.split(' ');
    for (const LANG of ['fr', 'en']) {
      const lines = complaint({ ...Object.fromEntries(names.map((name) => [name, '!'])), LANG }).split('\n');
      expect(lines.map((line) => line.split(/\s?:/)[0]).sort()).toEqual([...names].sort());
      for (const line of lines)
        expect(line).toMatch(LANG === 'fr' ? / (doit|n’est) .*Corrigez/ : / (must|is) .*Correct/);
    }
  });

  it('a sender of SMS that belongs to people, and a gateway without a secret, in both languages', () => {
    const url = { VISAVIS_SMS_URL: 'smpp://visavis:hidden@127.0.0.1' };
    expect(complaint({ ...url, VISAVIS_SMS_FROM: '+33639980012' })).toMatch(
      /06 and 07 ranges, which machines may not use/,
    );
    expect(complaint({ ...url, VISAVIS_SMS_FROM: '+33639980012', LANG: 'fr' })).toMatch(/interdit aux automates/);
    expect(complaint({ ...url, VISAVIS_SMS_FROM: '0639980012' })).toContain('VISAVIS_SMS_FROM: "0639980012"');
    expect(complaint(url)).toMatch(/go together: set both, or none\.$/);
    expect(complaint({ VISAVIS_SMS_URL: 'https://gateway.example.org', VISAVIS_SMS_FROM: '36180' })).toMatch(
      /set all three/,
    );
    expect(complaint({ VISAVIS_SMS_URL: 'ftp://me:hidden@host', VISAVIS_SMS_FROM: '36180' })).not.toContain('hidden');
    for (const from of ['36180', '+33353010000', 'Regie Jura'])
      expect(readConfig({ ...url, VISAVIS_SMS_FROM: from }).sms).toMatchObject({ from });
  });

  it('one or two of the three settings of a sign-in server', () => {
    const all = {
      VISAVIS_OIDC_ISSUER: 'https://sign-in.example.org',
      VISAVIS_OIDC_CLIENT_ID: 'visavis',
      VISAVIS_OIDC_CLIENT_SECRET: 'hidden',
    };
    expect(readConfig(all).oidc).toEqual({
      issuer: 'https://sign-in.example.org',
      clientId: 'visavis',
      clientSecret: 'hidden',
    });
    for (const missing of Object.keys(all))
      expect(complaint({ ...all, [missing]: '' })).toMatch(/go together: set all three, or none\.$/);
  });
});
