import { longDay } from '../../../core/text/dates.ts';
import { allVoices, type ShownVoice } from '../../../desk/views/voices.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { VoiceEntries } from './voice-entries.tsx';

/** GET /:locale/voices — the outside voices, each under its own name, also those that no longer answer. */
export async function showVoices(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const voices = await allVoices(c.var.house.db);
  return showPage(c, scene, {
    title: scene.say('voicesTitle'),
    cache: 'public',
    body: (
      <>
        <h1>{scene.say('voicesTitle')}</h1>
        <p class="lead">{scene.say('voicesLead')}</p>
        {voices.length === 0 ? <p>{scene.say('voicesNone')}</p> : null}
        {voices.map((voice) => (
          <Voice key={voice.id} scene={scene} voice={voice} />
        ))}
      </>
    ),
  });
}

function Voice({ scene, voice }: { scene: Scene; voice: ShownVoice }) {
  const { say, now, style } = scene;
  const { failingSince, failingWhy } = voice;
  return (
    <section aria-labelledby={`voice-${voice.id}`}>
      <h2 id={`voice-${voice.id}`}>
        <bdi>{voice.name}</bdi>
      </h2>
      {voice.siteUrl ? (
        <p>
          <a href={voice.siteUrl} rel="noopener">
            {say('voiceSite')} <span class="unseen">{voice.name}</span>
          </a>
        </p>
      ) : null}
      {failingSince && failingWhy ? (
        <p class="away">
          {say('voiceFailing', { date: longDay(failingSince, now, style), why: say(failingKey(failingWhy)) })}
        </p>
      ) : null}
      <VoiceEntries scene={scene} entries={voice.entries} />
    </section>
  );
}

/** The sentence for why a feed does not answer. */
export function failingKey(why: string): WordKey {
  const key = `voiceFail_${why}`;
  return key in keys ? (key as WordKey) : 'voiceFail_unreachable';
}

const keys: Partial<Record<WordKey, true>> = {
  voiceFail_refused: true,
  voiceFail_unreachable: true,
  voiceFail_status: true,
  voiceFail_too_large: true,
  voiceFail_too_slow: true,
  voiceFail_not_a_feed: true,
  voiceFail_redirects: true,
};
