import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { hummingVoice, listen, PITCH, pitchOf } from '../../../test/servers/ear.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { hangsUpAfter, sippCall } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_560;
const PHONES = 17_570;
const SPEAKS = { fr: '+33639980151', en: '+33639980152' };
const patience = { timeout: 15_000, interval: 50 };

suiteNeeding(['kamailio', 'sipp'], 'the language a caller hears', () => {
  const db = testDatabase(phoneTime());
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;

  beforeAll(async () => {
    const world = await buildWorld(db);
    for (const locale of ['fr', 'en'] as const) await addTestCustomer(db, world, { phone: SPEAKS[locale], locale });
    await db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: world.ana })
      .execute();
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:front@${phones.address}`, answerWithinMs: 3_000 });
    board = await startSwitchboard(db, { evapi: kamailio.evapi, phones: phones.address }, hummingVoice(1).command);
    await board.prepare();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });

  // Both are spoken ahead: only what arrives at the caller's ear tells which of them was played.
  test.each(['fr', 'en'] as const)(
    'a customer who speaks %s hears the offer in that language, and in no other',
    async (locale) => {
      const ear = await listen();
      await sippCall(
        KAMAILIO,
        { from: SPEAKS[locale], media: { port: ear.port, types: '8' } },
        hangsUpAfter(183, 2_200),
      );
      await vi.waitFor(async () => {
        const offers = db.database.kysely.selectFrom('callbackOffer').innerJoin('call', 'call.id', 'callId');
        const [offer] = await offers.where('fromPhone', '=', SPEAKS[locale]).select('acceptedAt').execute();
        expect(offer?.acceptedAt).toBeTruthy();
      }, patience);
      await pause(100);
      ear.close();
      expect(ear.packets.length).toBeGreaterThan(90);
      expect(Math.abs(pitchOf(ear) - PITCH[locale])).toBeLessThan(40);
      expect(phones.rung).toEqual([]);
    },
  );
});
