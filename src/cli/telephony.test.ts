import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { suiteNeeding } from '../../test/servers/needs.ts';
import { createProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'visavis-telephony-config-'));
const out = join(folder, 'kamailio.cfg');
const USUAL = ['--listen', 'udp:127.0.0.1:15560', '--trunk', '127.0.0.9', '--fallback', 'sip:front@127.0.0.1'];
const TO_OUTSIDE = ['--number', '+33199001234', '--carrier', '127.0.0.1:15570'];

afterEach(() => {
  process.exitCode = 0;
});

/** `visavis telephony config`, as a shell would see it. */
async function configure(...more: string[]): Promise<{ status: number; out: string; err: string; written: string }> {
  process.exitCode = 0;
  let said = '';
  let err = '';
  const program = createProgram(() => Promise.reject(new Error('no house is needed')));
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (text) => (said += text), writeErr: (text) => (err += text) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  const args = ['telephony', 'config', ...(more.includes('--listen') ? more : [...USUAL, ...more]), '--out', out];
  const status = await program.parseAsync(args, { from: 'user' }).then(
    () => Number(process.exitCode),
    (error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? 0 : 2;
    },
  );
  return { status, out: said, err, written: existsSync(out) ? readFileSync(out, 'utf8') : '' };
}

suiteNeeding(['kamailio', 'kamailioSqlite'], 'visavis telephony config', () => {
  const [key, certificate, shared] = ['key.pem', 'certificate.pem', 'shared'].map((name) => join(folder, name));

  beforeAll(() => {
    const names = ['-subj', '/CN=sip.example.org', '-days', '2', '-nodes'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', `${key}`, '-out', `${certificate}`, ...names],
      {
        stdio: 'ignore',
      },
    );
    // Kamailio looks at the tables it is told of.
    mkdirSync(join(`${shared}`, 'lists'), { recursive: true });
    mkdirSync(join(`${shared}`, 'calls'));
    const columns = 'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)\n';
    writeFileSync(
      join(`${shared}`, 'lists/version'),
      'table_name(string) table_version(int)\nown:2\nring:2\nphones:2\n',
    );
    for (const table of ['own', 'ring', 'phones']) writeFileSync(join(`${shared}`, 'lists', table), columns);
  });

  const tls = () => ['--tls-certificate', `${certificate}`, '--tls-key', `${key}`];
  const variants: [string, () => string[]][] = [
    ['one trunk over UDP', () => []],
    [
      'trunks as networks, another country, a rate',
      () => ['--trunk', '198.51.100.0/24', '203.0.113.7', '--country', '41', '--rate', '5'],
    ],
    ['TLS beside UDP', () => ['--listen', 'udp:127.0.0.1:15560', 'tls:127.0.0.1:15561', ...USUAL.slice(2), ...tls()]],
    ['TLS alone', () => ['--listen', 'tls:127.0.0.1:15561', ...USUAL.slice(2), ...tls()]],
    ['a shared folder', () => ['--folder', `${shared}`]],
    ['phones that register', () => ['--folder', `${shared}`, '--registrar', 'phones.example.org']],
    ['calls to the outside from another switch', () => [...TO_OUTSIDE, '--phones', '192.0.2.20', '192.0.2.21']],
    [
      'calls to the outside from phones that register',
      () => [...TO_OUTSIDE, '--folder', `${shared}`, '--registrar', 'phones.example.org'],
    ],
    [
      'calls to the outside over TLS alone',
      () => ['--listen', 'tls:127.0.0.1:15561', ...USUAL.slice(2), ...tls(), ...TO_OUTSIDE, '--phones', '192.0.2.20'],
    ],
    ['a door for redirects', () => ['--redirect', 'udp:127.0.0.1:15562', '--redirect-from', '192.0.2.20']],
    [
      'everything at once',
      () => [
        ...['--listen', 'udp:127.0.0.1:15560', 'tls:127.0.0.1:15561', ...USUAL.slice(2), ...tls(), ...TO_OUTSIDE],
        ...['--folder', `${shared}`, '--registrar', 'phones.example.org'],
        ...['--redirect', 'udp:127.0.0.1:15562', '--redirect-from', '192.0.2.20'],
      ],
    ],
  ];
  test.each(variants)('%s: Kamailio accepts what is written', async (_, settings) => {
    const { status, err, written } = await configure(...settings());
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(written).not.toMatch(/undefined|\[object/);
  });

  test('written again it keeps its keys, so that calls under way can be ended; a new file has others', async () => {
    const keys = (config: string) => config.match(/CALL_KEY "[0-9a-f]{32}"|"mask_key","[0-9a-f]{32}"/g);
    const wish = [...TO_OUTSIDE, '--phones', '192.0.2.20'];
    const { written } = await configure(...wish);
    expect(keys(written)).toHaveLength(2);
    expect(keys((await configure(...wish, '--rate', '7')).written)).toEqual(keys(written));
    rmSync(out);
    for (const key of keys((await configure(...wish)).written) ?? []) expect(keys(written)).not.toContain(key);
  });

  test.each([
    ['a word that would end the line', ['--fallback', 'sip:x@y"\nmodparam("evapi"'], 'cannot stand in the file'],
    ['TLS without a certificate', ['--listen', 'tls:127.0.0.1:15561', ...USUAL.slice(2)], 'needs --tls-certificate'],
    ['a registrar without a folder', ['--registrar', 'phones.example.org'], 'needs --folder'],
    ['a number without a carrier', ['--number', '+33199001234'], 'need --number and --carrier'],
    [
      'a number as people write it',
      [...TO_OUTSIDE.slice(2), '--number', '01 99 00 12 34', '--phones', '192.0.2.20'],
      'write it like',
    ],
    [
      'a carrier by its name',
      ['--number', '+33199001234', '--carrier', 'sip.example.org', '--phones', '192.0.2.20'],
      'write an address',
    ],
    ['nobody who may dial', TO_OUTSIDE, 'need --phones, or --registrar'],
    ['phones behind the address of the trunk', [...TO_OUTSIDE, '--phones', '127.0.0.9'], 'nobody could tell'],
    [
      'redirects on the port of the calls',
      ['--redirect', 'udp:127.0.0.1:15560', '--redirect-from', '192.0.2.20'],
      'choose a port',
    ],
    ['redirects for nobody', ['--redirect', 'udp:127.0.0.1:15562'], 'go together'],
    ['a rate that is none', ['--rate', 'many'], 'write how many'],
  ])('%s is refused, with how to mend it, in the language of whoever typed it', async (_, settings, words) => {
    for (const [language, foreign] of [
      ['en', /[éèàùç«»]/],
      ['fr', /\b(cannot|write it|write how|needs?|the|go together|choose|nobody)\b/i],
    ] as const) {
      vi.stubEnv('VISAVIS_LANGUAGE', language);
      const { status, err } = await configure(...settings);
      expect(err).not.toMatch(foreign);
      if (language === 'en') expect(err).toContain(words);
      else expect(err).toMatch(/[éèàùç«»’]|besoin|choisissez/);
      expect(status).toBe(2);
    }
    vi.unstubAllEnvs();
  });

  test('a file Kamailio refuses is written, and not called checked', async () => {
    const wrong = [
      ...['--folder', join(folder, 'nowhere')],
      ...['--listen', 'udp:192.0.2.300:5060', ...USUAL.slice(2)],
    ];
    const { status, err } = await configure(...wrong);
    expect(err).toContain('is written and not checked');
    expect(status).toBe(1);
    vi.stubEnv('VISAVIS_LANGUAGE', 'fr');
    const french = await configure(...wrong);
    expect(french).toMatchObject({
      status: 1,
      err: expect.stringContaining('est écrit, mais Kamailio ne l’accepte pas'),
    });
    expect((await configure()).out).toContain('est écrit, et Kamailio l’accepte.');
    vi.unstubAllEnvs();
  });
});
