import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const mend = 'Correct this environment variable and start again.';

/** What the operator reads when these settings cannot be used. */
function complaint(environment: Record<string, string>): string {
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
