import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { GreetingInfo } from '../../web/api/workspace/shapes.ts';
import { Refused, read, send, sendFiles } from '../api/client.ts';
import { useWords } from '../words/use-words.tsx';
import { type TakingSound, takeSound, toWav } from './record-sound.ts';

const GREETINGS = ['greetings'];

/** What callers hear in the advisor's own voice before they may leave a message, in each language. */
export function Greetings() {
  const say = useWords();
  const { data } = useQuery({
    queryKey: GREETINGS,
    queryFn: ({ signal }) => read<{ greetings: GreetingInfo[] }>('/api/v1/workspace/greetings', signal),
  });
  if (!data) return null;
  return (
    <section aria-labelledby="greetings">
      <h2 id="greetings">{say('greetingTitle')}</h2>
      <p className="soft">{say('greetingHint')}</p>
      {(['fr', 'en'] as const).map((locale) => (
        <Greeting key={locale} locale={locale} kept={data.greetings.find((each) => each.locale === locale)} />
      ))}
    </section>
  );
}

type Doing = { kind: 'nothing' } | { kind: 'recording'; sound: TakingSound } | { kind: 'listening'; file: File };

/** One language: record or choose, listen, keep. Nothing is kept before it was heard. */
function Greeting({ locale, kept }: { locale: 'fr' | 'en'; kept: GreetingInfo | undefined }) {
  const say = useWords();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [told, setTold] = useState('');
  const language = say(locale === 'fr' ? 'greetingFr' : 'greetingEn');
  const address = `/api/v1/workspace/greetings/${locale}`;
  const tell = (wrong: unknown) => setTold(say(sentenceFor(wrong)));
  const attempt = (work: () => Promise<void>, wrong?: 'greetingNoMicrophone' | 'greetingNoSound') => {
    setTold('');
    work().catch((error: unknown) => (wrong ? setTold(say(wrong)) : tell(error)));
  };
  const begin = () =>
    attempt(async () => setDoing({ kind: 'recording', sound: await takeSound() }), 'greetingNoMicrophone');
  const stop = (sound: TakingSound) =>
    attempt(async () => setDoing({ kind: 'listening', file: await sound.stop() }), 'greetingNoSound');
  const choose = (file: File) =>
    attempt(async () => {
      // The one before must not be kept by a press meant for this one.
      setDoing({ kind: 'nothing' });
      setDoing({ kind: 'listening', file: await toWav(file) });
    }, 'greetingNoSound');
  const done = async (words: 'greetingKept' | 'greetingRemoved') => {
    await queries.invalidateQueries({ queryKey: GREETINGS });
    setDoing({ kind: 'nothing' });
    setTold(say(words));
  };
  const keep = (file: File) =>
    attempt(async () => {
      await sendFiles(address, [file]);
      await done('greetingKept');
    });
  const remove = () =>
    attempt(async () => {
      await send('POST', `${address}/remove`);
      await done('greetingRemoved');
    });
  return (
    <fieldset className="greeting">
      <legend>{language}</legend>
      {doing.kind === 'listening' && <Heard file={doing.file} label={say('greetingNew', { language })} />}
      {doing.kind === 'nothing' && kept && (
        // biome-ignore lint/a11y/useMediaCaption: the advisor hears themselves
        <audio controls preload="none" aria-label={language} src={`${address}?${kept.recordedAt}`} />
      )}
      <div className="greeting-keys">
        {doing.kind === 'recording' && (
          <button type="button" className="key-button" onClick={() => stop(doing.sound)}>
            {say('greetingStop')}
          </button>
        )}
        {doing.kind === 'listening' && (
          <button type="button" className="key-button" onClick={() => keep(doing.file)}>
            {say('greetingKeep')}
          </button>
        )}
        {doing.kind !== 'recording' && (
          <>
            <button type="button" className="key-button" onClick={begin}>
              {say(kept || doing.kind === 'listening' ? 'greetingAgain' : 'greetingRecord')}
            </button>
            <label className="key-button">
              {say('greetingChoose')}
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
            {say('greetingRemove')}
          </button>
        )}
      </div>
      <p role="status">{doing.kind === 'recording' ? say('greetingRecording') : told}</p>
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

const SENTENCES = { no_sound: 'greetingNoSound', too_short: 'greetingShort', too_long: 'greetingLong' } as const;

function sentenceFor(wrong: unknown): (typeof SENTENCES)[keyof typeof SENTENCES] | 'greetingFailed' {
  const refusal = wrong instanceof Refused ? wrong.problem.refusal : undefined;
  return (refusal && SENTENCES[refusal as keyof typeof SENTENCES]) || 'greetingFailed';
}
