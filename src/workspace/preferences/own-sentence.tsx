import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OwnSentenceInfo } from '../../web/api/workspace/shapes.ts';
import { Refused, read, send, sendFiles } from '../api/client.ts';
import { useWhoIAm } from '../shell/me.ts';
import { refusalWords } from '../shell/refusal.ts';
import { useWords } from '../words/use-words.tsx';
import type { Say } from '../words/words.ts';
import { type TakingSound, takeSound, toWav } from './record-sound.ts';

const SENTENCES = ['ownSentences'];
const base = '/api/v1/workspace/own-sentences';

/** What the advisor recorded so far; undefined until it is known. */
export function useOwnSentences(): OwnSentenceInfo[] | undefined {
  const { data } = useQuery({
    queryKey: SENTENCES,
    queryFn: ({ signal }) => read<{ sentences: OwnSentenceInfo[] }>(base, signal),
  });
  return data?.sentences;
}

type Doing = { kind: 'nothing' } | { kind: 'recording'; sound: TakingSound } | { kind: 'listening'; file: File };

interface Props {
  kind: OwnSentenceInfo['kind'];
  locale: 'fr' | 'en';
  kept: OwnSentenceInfo | undefined;
  /** What is recorded here. */
  legend: string;
  /** Words that serve. */
  example?: string;
  /** What callers hear instead, once it was removed. */
  removed: string;
}

/** One sentence in one language: record or choose, listen, keep. Nothing is kept before it was heard. */
export function OwnSentence({ kind, locale, kept, legend, example, removed }: Props) {
  const say = useWords();
  const me = useWhoIAm();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [told, setTold] = useState('');
  const address = `${base}/${kind}/${locale}`;
  const attempt = (work: () => Promise<void>, wrong?: 'voiceNoMicrophone' | 'refusal_no_sound') => {
    setTold('');
    work().catch((error: unknown) => setTold(wrong ? say(wrong) : whyNot(error, me.locale, say)));
  };
  const begin = () =>
    attempt(async () => setDoing({ kind: 'recording', sound: await takeSound() }), 'voiceNoMicrophone');
  const stop = (sound: TakingSound) =>
    attempt(async () => setDoing({ kind: 'listening', file: await sound.stop() }), 'refusal_no_sound');
  const choose = (file: File) =>
    attempt(async () => {
      // The one before must not be kept by a press meant for this one.
      setDoing({ kind: 'nothing' });
      setDoing({ kind: 'listening', file: await toWav(file) });
    }, 'refusal_no_sound');
  const done = async (words: string) => {
    await queries.invalidateQueries({ queryKey: SENTENCES });
    setDoing({ kind: 'nothing' });
    setTold(words);
  };
  const keep = (file: File) =>
    attempt(async () => {
      await sendFiles(address, [file]);
      await done(say('voiceKept'));
    });
  const remove = () =>
    attempt(async () => {
      await send('POST', `${address}/remove`);
      await done(removed);
    });
  return (
    <fieldset className="own-sentence">
      <legend>{legend}</legend>
      {example && (
        <p className="soft" lang={locale}>
          {example}
        </p>
      )}
      {doing.kind === 'listening' && <Heard file={doing.file} label={say('voiceNew', { what: legend })} />}
      {doing.kind === 'nothing' && kept && (
        // biome-ignore lint/a11y/useMediaCaption: the advisor hears themselves
        <audio controls preload="none" aria-label={legend} src={`${address}?${kept.recordedAt}`} />
      )}
      <div className="own-sentence-keys">
        {doing.kind === 'recording' && (
          <button type="button" className="key-button" onClick={() => stop(doing.sound)}>
            {say('voiceStop')}
          </button>
        )}
        {doing.kind === 'listening' && (
          <button type="button" className="key-button" onClick={() => keep(doing.file)}>
            {say('voiceKeep')}
          </button>
        )}
        {doing.kind !== 'recording' && (
          <>
            <button type="button" className="key-button" onClick={begin}>
              {say(kept || doing.kind === 'listening' ? 'voiceAgain' : 'voiceRecord')}
            </button>
            <label className="key-button">
              {say('voiceChoose')}
              <input
                type="file"
                accept="audio/*"
                className="unseen"
                onChange={({ target }) => target.files?.[0] && choose(target.files[0])}
              />
            </label>
          </>
        )}
        {doing.kind === 'nothing' && kept && (
          <button type="button" className="key-button" onClick={remove}>
            {say('voiceRemove')}
          </button>
        )}
      </div>
      <p role="status">{doing.kind === 'recording' ? say('voiceRecording') : told}</p>
    </fieldset>
  );
}

/** What was just taken, to be heard before it is kept. */
function Heard({ file, label }: { file: File; label: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  // biome-ignore lint/a11y/useMediaCaption: the advisor hears themselves
  return <audio controls aria-label={label} src={address} />;
}

/** The server's refusal in our words; anything else may work the next time. */
function whyNot(wrong: unknown, locale: string, say: Say): string {
  if (!(wrong instanceof Refused)) return say('voiceFailed');
  const { problem } = wrong;
  const seconds = (Number(problem.about?.ms) / 1_000).toLocaleString(locale, { maximumFractionDigits: 1 });
  return refusalWords({ ...problem, about: { seconds } }, say);
}
