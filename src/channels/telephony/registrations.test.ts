import { createSocket } from 'node:dgram';
import { appendFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { phoneTime } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeHeldLists } from './held-lists.ts';
import { readRegistrations } from './registrations.ts';

const KAMAILIO = 17_160;
const CALLER = '+33639980111';
const [ANA, BRUNO] = ['+33353010010', '+33353010011'] as const;
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite', 'sipp'], 'phones that registered before Kamailio was killed', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-registrations-'));
  const proxy = `127.0.0.1:${KAMAILIO}`;
  let world: World;
  let kamailio: TestKamailio;
  const phones: DeskPhone[] = [];

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    appendFileSync(join(folder, 'lists/phones'), `1:${ANA}:0:0:of-ana:0\n2:${BRUNO}:0:0:of-bruno:0\n`);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: 'sip:front@127.0.0.1:17179',
      registrar: { realm: '127.0.0.1' },
      folder,
    });
    const at = { proxy, host: '127.0.0.3' };
    phones.push(await startDeskPhone(17_172, { ...at, number: ANA, password: 'of-ana' }));
    phones.push(await startDeskPhone(17_174, { ...at, number: BRUNO, password: 'of-bruno' }));
  });
  afterEach(() => {
    for (const each of phones) each.heard.length = 0;
  });
  afterAll(async () => {
    await kamailio?.stop();
    for (const each of phones) each.stop();
  });
  /** Kamailio writes down within about a second who registered. */
  const inTheFile = (...numbers: string[]) =>
    vi.waitFor(() => expect(readRegistrations(folder)).toEqual(new Set(numbers)), patience);
  const restart = async () => {
    await kamailio.kill();
    await kamailio.start();
  };
  const wasRung = (phone: DeskPhone | undefined) => phone?.heard.some((each) => each.startsWith('INVITE')) ?? false;
  // Without Visavis: the own advisor first, then her backups.
  const call = () => vi.waitFor(() => sippCall(KAMAILIO, { from: CALLER }, talks(50)), patience);

  test('they are rung afterwards without registering again', async () => {
    const [ana, bruno] = phones;
    for (const each of phones) expect(await each.register()).toBe(200);
    await inTheFile(ANA, BRUNO);
    await restart();
    await call();
    expect([wasRung(ana), wasRung(bruno)]).toEqual([true, false]);
  });

  test('one that had left is passed over; with nobody left the caller is told so', async () => {
    const [ana, bruno] = phones;
    expect(await ana?.register(0)).toBe(200);
    expect(await bruno?.register()).toBe(200);
    await inTheFile(BRUNO);
    await restart();
    await call();
    expect([wasRung(ana), wasRung(bruno)]).toEqual([false, true]);
    expect(await bruno?.register(0)).toBe(200);
    await inTheFile();
    await restart();
    for (const each of phones) each.heard.length = 0;
    await sippCall(KAMAILIO, { from: CALLER }, isRefused(480));
    expect(phones.map(wasRung)).toEqual([false, false]);
  });

  test('the folder made again, as after every start of Visavis, keeps what is in it', async () => {
    const [ana] = phones;
    expect(await ana?.register()).toBe(200);
    await inTheFile(ANA);
    const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    expect(existsSync(join(folder, 'registered/phones.sqlite'))).toBe(true);
    await kamailio.kill();
    await kamailio.start();
    await call();
    expect(wasRung(ana)).toBe(true);
  });

  test('one that registered and says nothing any more is given up after a second and a half; the next one rings', async () => {
    const [ana, bruno] = phones;
    for (const each of phones) await each.register(0);
    const at = { port: 17_176, host: '127.0.0.3' };
    const dead = await startDeskPhone(at.port, { proxy, host: at.host, number: ANA, password: 'of-ana' });
    expect(await dead.register()).toBe(200);
    expect(await bruno?.register()).toBe(200);
    dead.stop();
    // Its address takes everything and answers nothing, as behind a cut cable.
    const silent = createSocket('udp4');
    const heard: string[] = [];
    silent.on('message', (bytes) => void heard.push(bytes.toString()));
    await new Promise<void>((resolve) => silent.bind(at.port, at.host, resolve));
    await sippCall(KAMAILIO, { from: CALLER }, talks(50));
    silent.close();
    expect(heard[0]).toMatch(/^INVITE /);
    expect([wasRung(ana), wasRung(bruno)]).toEqual([false, true]);
  });
});
