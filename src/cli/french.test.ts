import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliOf, inFrench, type Said } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { addTestCustomer, buildWorld } from '../../test/world.ts';
import { system } from '../desk/actor.ts';
import { receiveInteraction } from '../desk/interactions/receive.ts';

const db = testDatabase();
const visavis = cliOf(db);
let folder: string;
let reference: string;
let customerMail: string;

beforeAll(async () => {
  const world = await buildWorld(db);
  const customer = await addTestCustomer(db, world, { mail: 'claude@example.org', phone: '+33639980500' });
  reference = customer.lineReference;
  customerMail = customer.mail;
  folder = await mkdtemp(join(tmpdir(), 'visavis-french-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const mail = (name: string) => `${name}@regie.example.org`;

/** What somebody reads whose terminal speaks French, with ordinary spaces. Fails when it is not all French. */
async function read(...args: string[]): Promise<Said> {
  const said = await inFrench(() => visavis(...args));
  const [out, err] = [said.out, said.err].map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '));
  expect(englishWordsIn(`${out}${err}`), `${out}${err}`).toEqual([]);
  return { out: out ?? '', err: err ?? '', status: said.status };
}

describe('results are read in French where the terminal speaks French', () => {
  it('setup', async () => {
    const args = ['--name', 'Régie', '--phone', '03 53 01 00 00', '--mail', 'contact@regie.example.org'];
    const { out } = await read('setup', ...args);
    expect(out).toBe(
      'Régie est en place. Ensuite : visavis import advisors FICHIER.csv, puis visavis import customers FICHIER.csv\n',
    );
  });

  it('staff', async () => {
    const account = ['--mail', mail('zoe'), '--name', 'Zoé', '--role', 'moderator'];
    expect((await read('staff', 'invite', ...account)).out).toMatch(
      /^Rien n’est envoyé : aucun courriel ne peut partir \(VISAVIS_SMTP_URL\)\. Remettez ce lien à zoe@\S+ :\nhttp/,
    );
    expect((await read('staff', 'list')).out).toContain(`modérateur\t${mail('zoe')}\tZoé`);
    expect((await read('staff', 'leave', '--mail', mail('zoe'))).out).toContain('ne peut plus se connecter');
    expect((await read('staff', 'list')).out).toContain(`parti\t${mail('zoe')}\tZoé`);
  });

  it('advisor', async () => {
    const { out } = await read('advisor', 'list');
    expect(out).toMatch(/^nom +courriel +bureau +équipe +clients +binômes +identifiant\n/);
    const named = await read('advisor', 'backups', mail('ana'), mail('lea'), mail('chloe'));
    expect(named.out).toBe('Ana Perrin a désormais pour binômes : Léa Marandet, Chloé Vuillemin.\n');
    expect((await read('advisor', 'area', mail('chloe'), '39478')).out).toContain('vont désormais à chloe@');
    const { err, status } = await read('advisor', 'leave', mail('ana'));
    expect([status, err]).toEqual([1, expect.stringMatching(/ne peut pas encore partir[\s\S]*\n- clients .*: 1\n/)]);
  });

  it('customer', async () => {
    const contact = (...args: string[]) => read('customer', 'contact', reference, ...args);
    expect((await contact('--add', '06 39 98 05 01')).out).toBe(`+33639980501 est au dossier de ${reference}.\n`);
    expect((await contact('--add', '06 39 98 05 01')).err).toContain('l’a déjà au dossier');
    expect((await contact('--remove', '+33639980501')).out).toContain('n’est plus au dossier');
    const moved = await read('customer', 'move', reference, mail('bruno'), '--handover', 'Rappeler le soir.');
    expect(moved.out).toMatch(/est maintenant chez bruno@\S+\. Le client est prévenu par (courriel|SMS)\./);
  });

  it('alias', async () => {
    const { out } = await read('alias', 'list');
    expect(out).toMatch(/^interlocuteur +adresse\nAna Perrin +\S+@/m);
    const alias = /(\S+@\S+)$/m.exec(out)?.[1] ?? '';
    expect((await read('alias', 'replace', alias)).out).toMatch(/^C’est fait\. La page montre maintenant \S+@/);
    expect((await read('alias', 'replace', alias)).err).toContain('a déjà été remplacée');
    expect((await read('alias', 'replace', 'x@example.org')).err).toContain('n’est pas de nous');
  });

  it('route, without --lang', async () => {
    expect((await read('route', '--phone', '0639980500')).out).toMatch(/^- /);
    expect((await read('route', '--phone', '0639980099')).out).toContain('Personne n’est enregistré');
  });

  it('doctor, without --lang', async () => {
    const { out, err } = await inFrench(() => visavis('doctor'));
    // The server of the tests may forget what it has confirmed.
    expect(err + out).toMatch(/^✗ PostgreSQL peut perdre ce qu’il a confirmé[\s\S]*\n {2}→ Mettez fsync/);
  });

  it('figures, of everything, of one division, and of customers', async () => {
    for (let count = 0; count < 3; count += 1) {
      const from = { mail: customerMail };
      const text = `Bonjour ${count}`;
      await db.transact((tx) =>
        receiveInteraction(tx, system, { channel: 'mail', at: tx.now, from, proven: true, text, acknowledge: false }),
      );
    }
    const { out } = await read('figures');
    expect(out).toMatch(/^Ensemble\ngroupe +échanges +propre +ou binôme +UPC/);
    expect(out).toMatch(/Par équipe\n[\s\S]*Par intercommunalité\n[\s\S]*Par canal\n/);
    expect(out).toMatch(/Promesses tenues : trop peu de cas pour conclure/);
    expect((await read('figures', '--by', 'channel')).out).toMatch(/^groupe +échanges/);
    expect((await read('figures', '--by', 'customer')).out).toMatch(
      /^Clients non montrés, .*moins de 10 échanges : \d+\.\n$/,
    );
  });

  it('plan', async () => {
    const { out } = await read('plan', '--calls', '900', '--messages', '300', '--advisors', '3');
    expect(out).toMatch(/^Il faut \d/);
    expect(out).toMatch(/\nattente à l’heure la plus chargée, s +\d+,\d/);
    expect(out).toMatch(/\ninterlocuteurs : \S/);
  });

  it('telephony source and extension', async () => {
    expect((await read('telephony', 'extension', '203', mail('bruno'))).out).toBe(
      '203 est le poste de bruno@regie.example.org.\n',
    );
    await read('telephony', 'source', 'pbx-1');
    expect((await read('telephony', 'source', 'pbx-1', '--end')).out).toBe('pbx-1 ne peut plus rapporter d’appels.\n');
  });

  it('import and export, without --lang', async () => {
    const file = join(folder, 'clients.csv');
    await writeFile(file, 'name,commune,mail\nFoyer Noël,39478,noel@example.org\n');
    expect((await read('import', 'customers', file, '--dry-run')).out).toMatch(/^1 lignes? .*Rien n’a été gardé/);
    const out = join(folder, 'export.csv');
    expect((await read('export', 'customers', '--out', out)).out).toBe(`Lignes écrites dans ${out} : 1.\n`);
    expect(await readFile(out, 'utf8')).toMatch(/^kind,name,commune/);
  });

  it('restore, without --lang', async () => {
    const none = join(folder, 'none.visavis');
    expect(await read('restore', '--check', none)).toMatchObject({
      status: 1,
      err: `Aucun fichier ne peut être lu là : ${none}\n`,
    });
  });

  it('demo', async () => {
    expect((await read('demo', 'plant')).err).toContain('Cette installation a déjà un opérateur.');
    expect((await read('demo', 'remove')).out).toBe('Il n’y avait pas de démonstration.\n');
  });
});

describe('what programs read', () => {
  it.each([
    [['advisor', 'list']],
    [['staff', 'list']],
    [['alias', 'list']],
    [['customer', 'contact', 'NOPE', '--add', '0639980001']],
    [['caseloads', 'repair', '--without', 'bruno@regie.example.org']],
    [['caseloads', 'backups']],
    [['caseloads', 'mergers']],
    [['figures']],
    [['figures', '--by', 'channel']],
    [['figures', '--csv']],
    [['plan', '--calls', '900', '--messages', '300', '--advisors', '3']],
    [['route', '--phone', '0639980500']],
    [['import', 'contours', 'none.json']],
  ])('%j is the same in every language', async (args) => {
    const typed = args.includes('--csv') ? args : [...args, '--json'];
    const english = await visavis(...typed);
    expect(english.out).not.toBe('');
    expect(await inFrench(() => visavis(...typed))).toEqual(english);
  });
});
