import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { evenVoice } from '../../core/telephony/loudness.ts';
import { BEFORE_ANSWER_MS, type Parts } from '../../core/telephony/sentence.ts';
import { type OwnIs, offerWords } from '../../core/telephony/spoken-words.ts';
import { readWav, writeWav } from '../../core/telephony/wav.ts';
import { prepareSentence, type SentenceKind, setSentence } from '../../desk/advisors/own-sentence.ts';
import { type OwnSentences, openOwnSentences, ownSentenceOf } from './own-sentences.ts';
import { openSpeech } from './speech.ts';

/** A voice that lasts as long as the words are: 40 ms a letter of 300 Hz, between a second of silence and another. */
const VOICE = [
  'node',
  '-e',
  `const n=process.argv.at(-1).length*320,s=new Int16Array(16000+n);for(let i=0;i<n;i++)s[8000+i]=6000*Math.sin(i*300*2*Math.PI/8000);const h=Buffer.alloc(44);h.write('RIFF');h.writeUInt32LE(36+s.length*2,4);h.write('WAVEfmt ',8);h.writeUInt32LE(16,16);h.writeUInt16LE(1,20);h.writeUInt16LE(1,22);h.writeUInt32LE(8000,24);h.writeUInt32LE(16000,28);h.writeUInt16LE(2,32);h.writeUInt16LE(16,34);h.write('data',36);h.writeUInt32LE(s.length*2,40);process.stdout.write(Buffer.concat([h,Buffer.from(s.buffer)]))`,
];

/** A voice of this pitch for so long, in silence. */
const hum = (seconds: number, hertz: number, loudness = 9_000) =>
  Int16Array.from({ length: 8_000 * (seconds + 1) }, (_, at) =>
    at < 4_000 || at >= 8_000 * seconds + 4_000 ? 0 : loudness * Math.sin((at * hertz * 2 * Math.PI) / 8_000),
  );

const db = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'visavis-own-sentences-'));
let own: OwnSentences;
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
  own = openOwnSentences({ db: db.database.kysely, log: db.log }, folder);
});

async function record(kind: SentenceKind, sound: Int16Array | null) {
  const sentence = sound && prepareSentence(kind, writeWav(sound));
  if (typeof sentence === 'string') return sentence;
  const actor = { kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' } as const;
  const set = await db.transact((tx) => setSentence(tx, actor, { advisorId: world.ana, kind, locale: 'fr', sentence }));
  await own.refresh();
  return set.ok ? (sentence && readWav(sentence.sound)) || new Int16Array() : set.why;
}
const facts = {
  ownName: 'Ana Perrin',
  byName: 'Ana Perrin',
  ownIs: 'onCall' as OwnIs,
  now: new Date('2026-11-30T09:00:00Z'),
  before: new Date('2026-11-30T09:40:00Z'),
  zone: 'Europe/Paris',
};
const offer = (changed: Partial<typeof facts> = {}): Parts[] =>
  offerWords('fr', { ...facts, ...changed }, { opening: recorded('opening'), ending: recorded('ending') });
const recorded = (kind: SentenceKind) => ownSentenceOf(own.files(), kind, world.ana, 'fr');
async function heard(sentences: readonly Parts[]): Promise<Int16Array> {
  const speech = await openSpeech(folder, VOICE);
  const prompt = await speech.speak('fr', sentences, BEFORE_ANSWER_MS);
  expect(prompt?.ms).toBeLessThanOrEqual(BEFORE_ANSWER_MS);
  const samples = readWav(readFileSync(join(folder, `${prompt?.id}.wav`))) ?? new Int16Array();
  expect(prompt?.ms).toBe(Math.ceil(samples.length / 160) * 20);
  return samples;
}
/** What the voice says, as it is in a sentence of parts. */
const spoken = (words: string) => evenVoice(hum((words.length * 40) / 1_000, 300, 6_000));

test('nothing is recorded: the whole offer is spoken', async () => {
  await own.refresh();
  const [words] = offer();
  expect(words).toEqual([
    'Ana Perrin est en ligne et vous rappelle avant',
    '10 heures 40',
    'Raccrochez. Ou patientez, un collègue vous répond.',
  ]);
});

test('what was recorded is heard sample by sample, around the spoken time, and nothing is louder than the rest', async () => {
  const opening = await record('opening', hum(1.5, 700, 1_200));
  const ending = await record('ending', hum(0.8, 500, 20_000));
  if (typeof opening === 'string' || typeof ending === 'string') throw new Error('not kept');
  const samples = await heard(offer());
  const time = spoken('10 heures 40');
  expect(samples.length).toBe(opening.length + time.length + ending.length);
  expect(samples.subarray(0, opening.length)).toEqual(opening);
  expect(samples.subarray(opening.length + time.length)).toEqual(ending);
  // The silence around the recording has gone, and each part is as loud as the others.
  expect(opening.length / 8_000).toBeLessThan(1.6);
  const peaks = [opening, samples.subarray(opening.length, opening.length + time.length), ending].map((part) =>
    part.reduce((most, each) => Math.max(most, Math.abs(each)), 0),
  );
  for (const peak of peaks) expect(peak / (peaks[0] ?? 1)).toBeCloseTo(1, 1);
});

test('with another who calls back, or away, only the end is in the own voice: the beginning would not be true', async () => {
  const other = { byName: 'Bruno Cattin' };
  for (const changed of [
    other,
    { ownIs: 'away' as const },
    { ownIs: 'notAnswering' as const },
    { ...other, ownIs: 'away' as const },
  ]) {
    const [first, second] = offer(changed);
    expect(first).toEqual([
      expect.stringContaining('vous rappelle avant'),
      '10 heures 40',
      'Raccrochez.',
      { recorded: recorded('ending') },
    ]);
    expect(second?.every((part) => typeof part === 'string')).toBe(true);
  }
});

test('what does not fit into six seconds leaves its end out, and never the time', async () => {
  expect(await record('ending', null)).toEqual(new Int16Array());
  const opening = await record('opening', hum(4.4, 700));
  if (typeof opening === 'string') throw new Error(opening);
  const samples = await heard(offer());
  expect(samples.length).toBe(opening.length + spoken('10 heures 40').length);
  expect(samples.subarray(0, opening.length)).toEqual(opening);
});

test('too long together, no voice in it, and no sound are not kept', async () => {
  expect(await record('ending', hum(0.6, 500))).toBe('offer_too_long');
  expect(await record('opening', new Int16Array(24_000).fill(3))).toBe('nobody_speaks');
  expect(prepareSentence('opening', Buffer.from('no sound at all, but long enough to be a header of one'))).toBe(
    'no_sound',
  );
  expect(await record('opening', hum(5, 700))).toBe('offer_too_long');
  const kept = await db.database.kysely.selectFrom('ownSentence').select(['kind', 'ms']).execute();
  expect(kept).toEqual([{ kind: 'opening', ms: 4_480 }]);
});

test('what an advisor removes is gone from the folder too, with every prompt made of it', async () => {
  const recordedFile = `${recorded('opening')}.wav`;
  const mark = recordedFile.slice(0, 12);
  const copies = () => readdirSync(folder).filter((name) => name.includes(mark));
  expect(copies().length).toBeGreaterThan(1);
  const others = readdirSync(folder).filter((name) => !name.includes(mark));
  await record('opening', null);
  // A call that was just answered with it may still play it.
  expect(copies().length).toBeGreaterThan(1);
  await own.refresh();
  expect(readdirSync(folder)).toEqual(others);
  expect(await db.database.kysely.selectFrom('blob').select('sha256').execute()).toEqual([]);
  expect(
    offer()
      .flat()
      .every((part) => typeof part === 'string'),
  ).toBe(true);
});
