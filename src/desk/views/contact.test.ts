import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { plantDemo } from '../demo/plant.ts';
import { type FoundContact, findContact } from './contact.ts';

const db = testDatabase();
const find = (asked: Parameters<typeof findContact>[2]) => findContact(db.database.kysely, db.clock.now, asked);
const communesOf = (found: FoundContact) =>
  found.kind === 'found' ? found.communes.map((commune) => commune.name) : [];
const suggestionsOf = (found: FoundContact) =>
  'suggestions' in found ? found.suggestions.map((each) => each.name) : [];

beforeAll(async () => {
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 7, customers: 20 }));
});

describe('who serves a commune', () => {
  it('is found by postcode, with the person, their backups in order, and when they can be reached', async () => {
    const found = await find({ postcode: '39240' });
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(found.communes.length).toBeGreaterThan(3);
    for (const commune of found.communes) {
      expect(commune.postcodes).toContain('39240');
      expect(commune.areas).toHaveLength(1);
      expect(commune.areas[0]?.sector).toBeNull();
      expect(commune.areas[0]?.advisor.backups.length).toBeGreaterThanOrEqual(2);
      expect(commune.areas[0]?.advisor.phone).toMatch(/^\+3335301/);
    }
  });

  it('is found by name with or without accents, capitals, hyphens, or with St for Saint', async () => {
    for (const name of ['Besançon', 'besancon', 'BESANCON', '  Besançon '])
      expect(communesOf(await find({ name }))).toEqual(['Besançon']);
    for (const name of ['Lons-le-Saunier', 'lons le saunier', 'LONS LE SAUNIER'])
      expect(communesOf(await find({ where: name }))).toEqual(['Lons-le-Saunier']);
    expect(communesOf(await find({ name: 'St-Claude' }))).toContain('Saint-Claude');
  });

  it('is found by INSEE code', async () => {
    expect(communesOf(await find({ commune: '25056' }))).toEqual(['Besançon']);
    expect(communesOf(await find({ where: '25462' }))).toEqual(['Pontarlier']);
  });

  it('shows every sector of a large town with its person', async () => {
    const found = await find({ name: 'Besançon' });
    if (found.kind !== 'found') throw new Error(found.kind);
    const areas = found.communes[0]?.areas ?? [];
    expect(areas.length).toBeGreaterThan(20);
    expect(new Set(areas.map((area) => area.sector)).size).toBe(areas.length);
    expect(new Set(areas.map((area) => area.advisor.id)).size).toBeGreaterThan(2);
  });

  it('is found under the name and code a commune had before it merged', async () => {
    expect(communesOf(await find({ name: 'Morez' }))).toEqual(['Hauts de Bienne']);
    expect(communesOf(await find({ where: '13201' }))).toEqual(['Marseille']);
    expect(communesOf(await find({ commune: '20001' }))).toEqual(['Afa']);
  });

  it('tells namesakes apart by postcode or département, and puts the served one alone', async () => {
    expect(communesOf(await find({ where: '39 200 Saint-Claude' }))).toEqual(['Saint-Claude']);
    expect(communesOf(await find({ where: 'Saint-Claude (97)' }))).toEqual([]);
    const both = await find({ where: 'Saint-Claude' });
    expect(both.kind === 'found' && both.communes.every((commune) => commune.departementCode === '39')).toBe(true);
    expect(both.kind === 'found' && both.suggestions.map((each) => each.departementCode)).toEqual(
      expect.arrayContaining(['971']),
    );
  });

  it('knows Corsica and overseas, and says clearly that they are not served here', async () => {
    for (const [asked, name] of [
      [{ postcode: '20167' }, 'Afa'],
      [{ commune: '2A001' }, 'Afa'],
      [{ where: '2b033' }, 'Bastia'],
      [{ postcode: '97410' }, 'Saint-Pierre'],
      [{ where: 'Cayenne' }, 'Cayenne'],
      [{ where: 'Mamoudzou' }, 'Mamoudzou'],
    ] as const) {
      const found = await find(asked);
      expect(communesOf(found)).toContain(name);
      expect(
        found.kind === 'found' && found.communes.every((commune) => !commune.served && commune.areas.length === 0),
      ).toBe(true);
    }
  });

  it('suggests what sounds like it when nothing is called that, the served ones first', async () => {
    const misspelt = await find({ where: 'Pontarlié' });
    expect(misspelt.kind).toBe('unknown');
    expect(suggestionsOf(misspelt)[0]).toBe('Pontarlier');
    expect(suggestionsOf(await find({ where: 'Lons le Sonier' }))).toContain('Lons-le-Saunier');
    expect(suggestionsOf(await find({ where: 'Villers-le' }))).toContain('Villers-le-Lac');
  });

  it('answers nothing for nothing, and takes no harm from odd input', async () => {
    expect(await find({})).toEqual({ kind: 'nothing_asked' });
    expect(await find({ where: '   ' })).toEqual({ kind: 'nothing_asked' });
    for (const where of ['00000', "'; drop table commune; --", '%%%', '\\', 'x'.repeat(5_000), '🙂', '\u0000', '٣٩٢٤٠'])
      expect((await find({ where })).kind).not.toBe('found');
  });

  it('says since when and until when someone is away, and who answers instead', async () => {
    const away = await db.database.kysely
      .selectFrom('absence')
      .innerJoin('area', 'area.advisorId', 'absence.advisorId')
      .where('startsAt', '<=', db.clock.now)
      .where('endsAt', '>', db.clock.now)
      .select(['communeInsee', 'absence.advisorId', 'coverAdvisorId', 'endsAt'])
      .executeTakeFirstOrThrow();
    const found = await find({ commune: away.communeInsee });
    const advisor =
      found.kind === 'found'
        ? found.communes[0]?.areas.find((area) => area.advisor.id === away.advisorId)?.advisor
        : undefined;
    expect(advisor?.presence.now).toBe(false);
    expect(advisor?.presence.nextAt.getTime()).toBeGreaterThanOrEqual(away.endsAt.getTime());
    expect(advisor?.away?.cover.id).toBe(away.coverAdvisorId);
  });
});
