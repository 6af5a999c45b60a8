import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import type { House } from '../desk/house.ts';
import { findOneTimeLink } from '../desk/people/one-time-links.ts';
import { readConfig } from '../platform/config/config.ts';
import { sentenceOf } from '../platform/config/said-in-both.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
});

/** Runs a command line in this process, on the test's database; answers what a shell would see. */
async function visavis(...args: string[]): Promise<{ out: string; err: string; status: number }> {
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const house: House = {
    config: readConfig({}),
    log: db.log,
    clock: () => db.clock.now,
    db: db.database.kysely,
    transact: db.transact,
    events: db.events,
    signingKey: Buffer.alloc(32),
    olderKeys: [],
  };
  const program = createProgram((work) => work(house));
  const quiet = (command: typeof program): void => {
    command.configureOutput({
      writeOut: (text) => {
        seen.out += text;
      },
      writeErr: (text) => {
        seen.err += text;
      },
    });
    for (const each of command.commands) quiet(each);
  };
  quiet(program);
  let status = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
    status = Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    status = error.exitCode === 0 ? 0 : 2;
  }
  return { ...seen, status };
}

async function file(name: string, text: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const count = async (table: string) => (await db.database.pool.query(`select 1 from ${table}`)).rowCount;

const advisors = [
  'office,office_commune,office_postcode,pod,given_name,family_name,phone,mail,hours,backups,areas',
  'Ornans,25434,25290,Loue,Ada,Bredelois,03 53 01 00 01,ada@lac.example.org,Mo-Fr 09:00-12:00 13:00-18:00,bea@lac.example.org|cyr@lac.example.org,25434',
  'Ornans,25434,25290,Loue,Bea,Charmirey,03 53 01 00 02,bea@lac.example.org,Mo-Fr 09:00-18:00,cyr@lac.example.org|ada@lac.example.org,25462|25411',
  'Ornans,25434,25290,Loue,Cyr,Daguemey,03 53 01 00 03,cyr@lac.example.org,"Mo-Th 09:00-18:00; Fr 09:00-12:00",ada@lac.example.org|bea@lac.example.org,',
];

describe('the command line', () => {
  it('explains itself, command by command, and answers 2 to what it does not know', async () => {
    const help = await visavis('--help');
    expect(help.status).toBe(0);
    for (const name of [
      'setup',
      'demo',
      'staff',
      'advisor',
      'customer',
      'sign-in-link',
      'token',
      'import',
      'export',
      'route',
    ]) {
      expect(help.out).toContain(name);
      expect((await visavis(name, '--help')).status).toBe(0);
    }
    expect(await visavis('fly')).toMatchObject({ status: 2, out: '' });
    expect(await visavis('token')).toMatchObject({ status: 2 });
    expect(await visavis('token', '--role', 'king')).toMatchObject({ status: 2 });
    expect(await visavis('route', '--phone', 'soon')).toMatchObject({ status: 2 });
    expect(await visavis('sign-in-link')).toMatchObject({ status: 2 });
    expect(await visavis('demo', 'plant', '--customers', 'many')).toMatchObject({ status: 2 });
    expect(await visavis('setup', '--name', 'X', '--phone', '12', '--mail', 'contact@lac.example.org')).toMatchObject({
      status: 2,
    });
    expect(await count('operator')).toBe(0);
  });

  it('sets an operator up and changes it, keeping one', async () => {
    const setup = (name: string) =>
      visavis('setup', '--name', name, '--phone', '03 53 01 00 00', '--mail', 'Contact@lac.example.org');
    expect((await setup('Regie')).status).toBe(0);
    expect((await setup('Régie du Lac')).status).toBe(0);
    expect(
      await db.database.kysely.selectFrom('operator').select(['name', 'phone', 'mailDomain', 'demo']).execute(),
    ).toEqual([{ name: 'Régie du Lac', phone: '+33353010000', mailDomain: 'lac.example.org', demo: false }]);
    expect(await visavis('demo', 'plant')).toMatchObject({ status: 1 });
  });
});

const setUp = ['--phone', '03 53 01 00 00', '--mail', 'a@example.org'];

describe('wrong usage', () => {
  const wrong = [
    ['nonsense'],
    ['doctr'],
    ['doctor', '--nonsense'],
    ['doctor', '--lang', 'de'],
    ['doctor', 'extra'],
    ['import', 'customers'],
    ['token'],
    ['token', '--role'],
    ['token', '--role', 'king'],
    ['token', '--role', 'lead', '--days', '0'],
    ['demo', 'plant', '--seed', 'x'],
    ['plan', '--advisors', 'x'],
    ['simulate', 'V85', '--seeds', '0'],
    ['simulate', 'V85', '--acceptance', '2'],
    ['sign-in-link'],
    ['setup', '--name', 'A', '--phone', '1', '--mail', 'a@example.org'],
    ['route', '--phone', 'abc'],
    ['customer', 'contact', 'C1', '--add', '06'],
    ['customer', 'contact', 'C1'],
    ['advisor', 'backups'],
    ['caseloads', 'undo', 'x'],
    ['figures', '--by', 'advisor'],
    ['plan', '--calls', '0'],
    ['plan', '--absence', '99'],
    ['simulate', 'V85', '--first-seed', '0'],
    ['route', '--mail', 'nobody'],
    ['setup', '--name', ' ', ...setUp],
    ['setup', '--name', 'A', ...setUp, '--accent', 'red'],
    ['setup', '--name', 'A', ...setUp, '--time-zone', 'Mars'],
    ['setup', '--name', 'A', '--phone', '03 53 01 00 00', '--mail', 'a'],
    ['telephony', 'config'],
    ['import'],
  ];

  it.each(wrong)('%s %s %s %s is refused with a sentence in the language of whoever typed it', async (...args) => {
    const typed = args.filter((each) => each !== undefined);
    for (const [language, foreign] of [
      ['fr', /\b(error|unknown|missing|required|option '|argument|invalid|write|give|choose|the|not|says)\b/i],
      ['en', /[éèàùç«»]/],
    ] as const) {
      vi.stubEnv('VISAVIS_LANGUAGE', language);
      const { status, err } = await visavis(...typed);
      expect([status, err.split('\n').length > 1], err).toEqual([2, true]);
      expect(err).not.toMatch(foreign);
      expect(err).not.toMatch(/ {4}at |node:/);
    }
    vi.unstubAllEnvs();
  });

  it.each([
    [['import', 'customers'], 'erreur : il manque « fichier » après la commande.'],
    [['advisor', 'backups', 'ana@example.org'], 'erreur : il manque « binôme » après la commande.'],
    [['token'], 'erreur : il manque l’option « --role <rôle> ».'],
    [['doctor', '--lang'], 'erreur : l’option « --lang <langue> » attend une valeur.'],
  ])('%j: what is missing is called as the French help calls it', async (args, sentence) => {
    vi.stubEnv('VISAVIS_LANGUAGE', 'fr');
    const { err } = await visavis(...args);
    vi.unstubAllEnvs();
    expect(err.replaceAll(/[\u00a0\u202f]/g, ' ').split('\n')[0]).toBe(sentence);
  });

  const refused = [
    ['advisor', 'backups', 'nobody@example.org', 'x@example.org'],
    ['advisor', 'area', 'nobody@example.org', '39999'],
    ['advisor', 'leave', 'nobody@example.org'],
    ['customer', 'move', 'NOPE', 'nobody@example.org', '--handover', 'x'],
    ['customer', 'contact', 'NOPE', '--add', '0639980001'],
    ['staff', 'leave', '--mail', 'nobody@example.org'],
    ['caseloads', 'show', 'nope'],
    ['caseloads', 'undo', 'nope', '--why', 'x'],
    ['caseloads', 'pin', 'NOPE', '--why', 'x'],
    ['telephony', 'source', 'BAD NAME'],
    ['telephony', 'extension', '203', 'nobody@example.org'],
    ['sign-in-link', '--mail', 'nobody@example.org'],
    ['figures', '--from', '2026-13-01'],
    ['simulate'],
    ['simulate', 'NOPE'],
    ['import', 'contours', 'none.json'],
    ['demo', 'plant'],
    ['staff', 'invite', '--mail', 'x', '--name', 'X', '--role', 'lead'],
    ['staff', 'invite', '--mail', 'x@example.org', '--name', ' ', '--role', 'lead'],
    ['staff', 'invite', '--mail', 'x@example.org', '--name', 'X', '--role', 'advisor'],
    ['staff', 'invite', '--mail', 'x@example.org', '--name', 'X', '--role', 'advisor', '--advisor', 'y@example.org'],
    ['customer', 'contact', 'NOPE', '--remove', '0639980001'],
    ['caseloads', 'cancel', 'nope'],
    ['caseloads', 'unpin', 'NOPE'],
    ['caseloads', 'repair', '--without', 'nobody@example.org'],
    ['caseloads', 'repair', '--apply'],
    ['caseloads', 'repair', '--apply', '--why', 'x'],
    ['caseloads', 'design', '--with', 'nobody@example.org'],
    ['telephony', 'source', 'pbx-9', '--end'],
    ['simulate', 'V85', '--replay', '2026-11-16'],
    ['plan', '--calls', '90000', '--advisors', '2', '--simulate'],
    ['import', 'customers', 'none.csv'],
  ];

  it.each(refused)('%s %s %s %s: what cannot be done is said in that language too', async (...args) => {
    const typed = args.filter((each) => each !== undefined);
    const said = async (language: string) => {
      vi.stubEnv('VISAVIS_LANGUAGE', language);
      const { status, err, out } = await visavis(...typed);
      expect(status, err).toBe(1);
      return err + out;
    };
    const [french, english] = [await said('fr'), await said('en')];
    vi.unstubAllEnvs();
    expect(englishWordsIn(french), french).toEqual([]);
    expect(english).not.toMatch(/[éèàùç«»]/);
    expect(french).not.toBe(english);
  });
});

it.each([
  [['alias', 'list']],
  [['alias', 'replace', 'nobody@example.org']],
  [['route', '--phone', '0639980001']],
  [['simulate', '--replay', '2026-11-16']],
])('%j before anybody could answer: what to do first, in both languages', async (args) => {
  const error: unknown = await visavis(...args).catch((thrown: unknown) => thrown);
  expect(sentenceOf(error, 'en')).toMatch(/^Nobody can answer yet: .*Run "visavis setup" or plant the demo\.$/);
  expect(sentenceOf(error, 'fr')).toMatch(
    /^Personne ne peut encore répondre\u00a0: .*Lancez «\u00a0visavis setup\u00a0»/,
  );
});

describe('importing', () => {
  it('takes over offices, pods, advisors, backups that stand further down, and areas', async () => {
    const path = await file('advisors.csv', advisors.join('\n'));
    expect(await visavis('import', 'advisors', path, '--dry-run')).toMatchObject({
      status: 0,
      out: '3 lines are fine. Nothing was kept (--dry-run).\n',
    });
    expect(await count('advisor')).toBe(0);
    expect(await visavis('import', 'advisors', path)).toMatchObject({ status: 0, err: '' });
    expect([
      await count('office'),
      await count('pod'),
      await count('advisor'),
      await count('backup'),
      await count('area'),
    ]).toEqual([1, 1, 3, 6, 3]);
  });

  it('says what is wrong with which line, and keeps nothing of the file', async () => {
    const path = await file(
      'bad.csv',
      `${advisors[0]}\n${advisors[1]?.replaceAll('ada@', 'eve@').replace('Mo-Fr', 'Always')}\n`,
    );
    const result = await visavis('import', 'advisors', path);
    expect(result.status).toBe(1);
    expect(result.err).toMatch(/^Line 2: "Always .*Write hours like/);
    const said = await visavis('import', 'advisors', path, '--lang', 'fr');
    expect(said.err).toMatch(/^Ligne 2\s: «\sAlways .*Écrivez les horaires comme/u);
    expect(said.err).toContain('Rien n’a été repris.');
    const castle = await file('castle.csv', 'kind,name,commune\ncastle,Bad,Ornans\nhousehold,Bad,Nowhereville\n');
    const customers = await visavis('import', 'customers', castle, '--lang', 'fr');
    expect(customers.err).toMatch(/Le type «\scastle\s» est inconnu/u);
    expect(customers.err).not.toMatch(/Write|unknown/);
    expect(await count('advisor')).toBe(3);
  });

  it('takes over customers as a French spreadsheet writes them, with the advisor of their commune', async () => {
    const text =
      'kind;name;commune;family_name;phone;mail;address;line;product\nhousehold;Élise Béquenay;Pontarlier;Béquenay;06 39 98 00 01;elise@example.org;"1 rue du Fil-Tendu\n25300 PONTARLIER";L25000001;Fibre\ntown_hall;Mairie d’Ornans;25434;;;mairie@example.org;;;\n';
    const path = await file('clients.csv', Buffer.from(text.replace('’', "'"), 'latin1'));
    expect(await visavis('import', 'customers', path)).toMatchObject({ status: 0, out: '2 lines taken over.\n' });
    const rows = await db.database.kysely
      .selectFrom('customer')
      .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
      .select(['customer.name', 'givenName', 'kind'])
      .orderBy('customer.name')
      .execute();
    expect(rows).toEqual(
      [
        { name: "Mairie d'Ornans", givenName: 'Ada', kind: 'town_hall' },
        { name: 'Élise Béquenay', givenName: 'Bea', kind: 'household' },
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('keeps nothing when one line of many is wrong, and names every wrong line at once', async () => {
    const good = Array.from({ length: 30 }, (_, n) => `household,"Good ${n}",Ornans,good${n}@example.org,`);
    good[4] = 'household,"Two\nlines",Nowhereville,x@example.org,';
    good[9] = 'castle,Bad,Ornans,y@example.org,';
    good[20] = 'household,Bad,Ornans,nonsense,L25000001';
    const path = await file('mixed.csv', `kind,name,commune,mail,line\n${good.join('\n')}\n`);
    const before = await count('customer');
    const result = await visavis('--json', 'import', 'customers', path);
    expect(result.status).toBe(1);
    const said = JSON.parse(result.out) as { ok: boolean; problems: { line: number; problem: string }[] };
    expect(said.ok).toBe(false);
    expect(said.problems.map((each) => each.line)).toEqual([6, 12, 23, 23]);
    expect(await count('customer')).toBe(before);
  });

  it.each([
    ['missing', null, /^Il n’y a pas de fichier .*none\.csv\. Vérifiez/, /^There is no file .*none\.csv\. Check/],
    ['a workbook', Buffer.from('PK\u0003\u0004\0\0'), /« CSV \(UTF-8\) »/, /“CSV \(UTF-8\)”/],
    ['empty', ' \r\n', /^Le fichier est vide.*name, commune/, /^The file is empty.*name, commune/],
    ['without a line', 'name,commune\n', /rien en dessous/, /nothing below it/],
    ['unclosed', 'name,commune\n"open,Ornans\n', /^Ligne \d : Un guillemet/, /^Line \d: A quote/],
    ['of another separator', 'name/commune\nX/Ornans\n', /^Ligne 1 : .*tabulation/, /^Line 1: .*a tab/],
    ['with a typo', 'name,comune\nX,Ornans\n', /Colonne inconnue : « comune »/, /Unknown column "comune"/],
    [
      'with a column twice',
      'name,commune,phone,phone\nX,Ornans,1,2\n',
      /phone est là deux fois/,
      /phone is there twice/,
    ],
    ['without a column', 'name\nX\n', /Il manque la colonne commune/, /Column commune is missing/],
    ['with too many values', 'name,commune\nX,Ornans,25290\n', /^Ligne 2 : .*3 valeurs/, /^Line 2: .*3 values/],
  ])('takes nothing of a file %s, and says how to mend it in both languages', async (_, text, french, english) => {
    const before = await count('customer');
    const path = text === null ? join(folder, 'none.csv') : await file('whole.csv', text);
    for (const [lang, sentence] of [
      ['fr', french],
      ['en', english],
    ] as const) {
      const { err, status } = await visavis('import', 'customers', path, '--lang', lang);
      expect([status, err.replaceAll(/[\u00a0\u202f]/g, ' ')]).toEqual([1, expect.stringMatching(sentence)]);
      expect(err).toMatch(lang === 'fr' ? /Rien n’a été repris\.\n$/ : /Nothing was taken over\.\n$/);
    }
    expect(await count('customer')).toBe(before);
  });

  it('reads what a spreadsheet saves: tabs, and the UTF-16 of "Unicode text"', async () => {
    const text = 'name\tcommune\treference\nFoyer Noël\t25434\tU-0016\n';
    const path = await file('unicode.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    expect(await visavis('import', 'customers', path)).toMatchObject({ status: 0, err: '' });
    const { rows } = await db.database.pool.query(`select name from customer where reference = 'U0016'`);
    expect(rows).toEqual([{ name: 'Foyer Noël' }]);
  });
});

describe('exporting', () => {
  it('writes customers that can be imported again, and no formulas', async () => {
    await visavis(
      'import',
      'customers',
      await file('evil.csv', `name,commune,family_name\n"=HYPERLINK(""http://x"")",Ornans,"@SUM(1)"\n`),
    );
    const out = join(folder, 'customers.csv');
    expect(await visavis('export', 'customers', '--out', out)).toMatchObject({ status: 0 });
    const written = await readFile(out, 'utf8');
    expect(written.split('\r\n')[0]).toMatch(/^kind,name,commune/);
    expect(written).not.toMatch(/(^|[,"])[=@]/m);
    const before = await db.database.kysely
      .selectFrom('customer')
      .select(['reference', 'name', 'kind', 'advisorId'])
      .orderBy('reference')
      .execute();
    await db.database.kysely.deleteFrom('customer').execute();
    expect(await visavis('import', 'customers', out)).toMatchObject({ status: 0, err: '' });
    expect(
      await db.database.kysely
        .selectFrom('customer')
        .select(['reference', 'name', 'kind', 'advisorId'])
        .orderBy('reference')
        .execute(),
    ).toEqual(before);
  });

  it('writes every event once, in order, without names', async () => {
    const out = join(folder, 'events.ndjson');
    const result = await visavis('--json', 'export', 'events', '--out', out);
    const events = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; type: string });
    expect(JSON.parse(result.out)).toMatchObject({ ok: true, rows: await count('event') });
    expect(events).toHaveLength((await count('event')) ?? 0);
    expect(events.every((event, index) => index === 0 || event.seq > events[index - 1]!.seq)).toBe(true);
    expect(JSON.stringify(events)).not.toContain('Béquenay');
  });
});

describe('entering', () => {
  it('prints a token that the API takes, and keeps only its hash', async () => {
    const { out, status } = await visavis('token', '--role', 'admin', '--name', 'billing');
    expect(status).toBe(0);
    expect(out).toMatch(/^[\w-]{43}\n$/);
    const rows = await db.database.kysely.selectFrom('apiToken').selectAll().execute();
    expect(rows).toMatchObject([{ role: 'administrator', name: 'billing', revokedAt: null }]);
    expect(JSON.stringify(rows)).not.toContain(out.trim());
  });

  it('prints a link that signs a member of staff in, or says that nobody is like that', async () => {
    expect(await visavis('sign-in-link', '--mail', 'nobody@lac.example.org')).toMatchObject({ status: 1, out: '' });
    await visavis('staff', 'invite', '--mail', 'chief@lac.example.org', '--name', 'Chief', '--role', 'administrator');
    const { out } = await visavis('--json', 'sign-in-link', '--role', 'admin');
    const { link } = JSON.parse(out) as { link: string };
    expect(link).toMatch(/\/fr\/staff\/enter\/[\w-]{43}$/);
    const found = await findOneTimeLink(
      db.database.kysely,
      db.clock.now,
      'staff_sign_in',
      link.split('/').at(-1) ?? '',
    );
    expect(found?.staffId).toBeTruthy();
  });

  it('shows a decision with its reasons in words, without doing anything', async () => {
    const events = await count('event');
    const fr = await visavis('route', '--phone', '06 39 98 00 01', '--lang', 'fr');
    expect(fr.status).toBe(0);
    expect(fr.out).toContain('Bea Charmirey');
    const stranger = await visavis('route', '--channel', 'mail', '--mail', 'stranger@example.com', '--lang', 'en');
    expect(stranger.out).toContain('Nobody on file has this number or address.');
    const inconnu = await visavis('route', '--phone', '0639980099', '--lang', 'fr');
    expect(inconnu.out).toContain('Personne n’est enregistré sous ce numéro ou cette adresse.');
    const wrong = await visavis('route', '--phone', 'abc', '--lang', 'fr');
    expect(wrong.err).toContain('n’est pas un numéro de téléphone');
    expect(await count('event')).toBe(events);
  });
});
