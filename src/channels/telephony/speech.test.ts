import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { evenVoice } from '../../core/telephony/loudness.ts';
import { BEFORE_ANSWER_MS } from '../../core/telephony/sentence.ts';
import { offerWords, promiseWords, timesToCome } from '../../core/telephony/spoken-words.ts';
import { readWav } from '../../core/telephony/wav.ts';
import { openSpeech } from './speech.ts';

const folder = mkdtempSync(join(tmpdir(), 'visavis-speech-'));
const LOG = join(folder, 'said.txt');
/** A voice that notes what it was given to say, and hums as long as the words are: 40 ms a letter, between silences. */
const VOICE = [
  'node',
  '-e',
  `const w=process.argv.at(-1);require('node:fs').appendFileSync(${JSON.stringify(LOG)},w+'\\n');const n=w.length*320,s=new Int16Array(8000+n);for(let i=0;i<n;i++)s[4000+i]=6000*Math.sin(i*300*2*Math.PI/8000);const h=Buffer.alloc(44);h.write('RIFF');h.writeUInt32LE(36+s.length*2,4);h.write('WAVEfmt ',8);h.writeUInt32LE(16,16);h.writeUInt16LE(1,20);h.writeUInt16LE(1,22);h.writeUInt32LE(8000,24);h.writeUInt32LE(16000,28);h.writeUInt16LE(2,32);h.writeUInt16LE(16,34);h.write('data',36);h.writeUInt32LE(s.length*2,40);process.stdout.write(Buffer.concat([h,Buffer.from(s.buffer)]))`,
];
const said = () => readFileSync(LOG, 'utf8').trim().split('\n');
const zone = 'Europe/Paris';
const now = new Date('2026-11-30T09:00:00Z');
const at = (time: string) => new Date(`2026-11-30T${time}:00Z`);
const offer = (name: string, before: Date) =>
  offerWords('fr', { ownName: name, byName: name, ownIs: 'onCall', before, now, zone });

test('each name and each time is spoken once, not each name with each time', async () => {
  const speech = await openSpeech(folder, VOICE);
  for (const name of ['Ana', 'Léo'])
    for (const time of ['09:40', '09:45', '09:50']) {
      const prompt = await speech.speak('fr', offer(name, at(time)), BEFORE_ANSWER_MS);
      expect(prompt?.ms).toBeLessThanOrEqual(BEFORE_ANSWER_MS);
    }
  await expect
    .poll(() => said().sort())
    .toEqual(
      [
        // To see that the voice works: said beside the first of the others, and not always before it.
        'Bonjour.',
        '10 heures 40',
        '10 heures 45',
        '10 heures 50',
        'Ana est en ligne et vous rappelle avant',
        'Léo est en ligne et vous rappelle avant',
        'Raccrochez. Ou patientez, un collègue vous répond.',
      ].sort(),
    );
});

test('its parts are heard one after the other, without the silence the voice puts around each', async () => {
  const speech = await openSpeech(folder, VOICE);
  const [parts = []] = promiseWords('fr', { byName: 'Ana', before: at('09:40'), now, zone });
  const prompt = await speech.speak('fr', [parts], BEFORE_ANSWER_MS);
  const heard = readWav(readFileSync(join(folder, `${prompt?.id}.wav`)));
  const hums = parts.map((part) => {
    const words = String(part);
    const sound = new Int16Array(8_000 + words.length * 320);
    for (let index = 0; index < words.length * 320; index++)
      sound[4_000 + index] = 6_000 * Math.sin((index * 300 * 2 * Math.PI) / 8_000);
    return [...evenVoice(sound)];
  });
  expect([...(heard ?? [])]).toEqual(hums.flat());
});

test('the shorter sentence is heard when the fuller one is too long', async () => {
  const speech = await openSpeech(folder, VOICE);
  const name = 'Marie-Antoinette de la Tour du Pin-Gouvernet de Montgascon'.repeat(2);
  const prompt = await speech.speak('fr', offer(name, at('09:40')), BEFORE_ANSWER_MS);
  const shortest = 'Raccrochez, on vous rappelle avant10 heures 40'.length * 40;
  expect(prompt?.ms).toBeGreaterThan(shortest);
  expect(prompt?.ms).toBeLessThan(shortest + 500);
});

test('the times of the next hours are spoken ahead, a few at a time, and none twice', async () => {
  const speech = await openSpeech(folder, VOICE);
  const times = timesToCome('fr', { now: at('13:02'), zone, hours: 1, stepMinutes: 5 });
  expect(times).toHaveLength(12);
  expect(times.slice(0, 2)).toEqual(['14 heures 5', '14 heures 10']);
  const before = said().length;
  await speech.speakAhead('fr', times);
  expect(said().length).toBe(before + 6);
  for (let again = 0; again < 3; again++) await speech.speakAhead('fr', times);
  expect(said().slice(before).sort()).toEqual([...times].sort());
});

suiteNeeding(['espeak'], 'the voice of Debian', () => {
  test.each(['fr', 'en'] as const)('speaks what is offered (%s)', async (locale) => {
    const speech = await openSpeech(mkdtempSync(join(tmpdir(), 'visavis-speech-')));
    const words = offerWords(locale, {
      ownName: 'Ana',
      byName: 'Ana',
      ownIs: 'onCall',
      before: at('09:40'),
      now,
      zone,
    });
    const prompt = await speech.speak(locale, words, BEFORE_ANSWER_MS);
    expect(prompt?.ms).toBeGreaterThan(2_000);
    expect(prompt?.ms).toBeLessThanOrEqual(BEFORE_ANSWER_MS);
  });
});
