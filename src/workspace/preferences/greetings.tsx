import { useWords } from '../words/use-words.tsx';
import { OwnSentence, useOwnSentences } from './own-sentence.tsx';

/** What callers hear in the advisor's own voice before they may leave a message, in each language. */
export function Greetings() {
  const say = useWords();
  const sentences = useOwnSentences();
  if (!sentences) return null;
  return (
    <section aria-labelledby="greetings">
      <h2 id="greetings">{say('greetingTitle')}</h2>
      <p className="soft">{say('greetingHint')}</p>
      {(['fr', 'en'] as const).map((locale) => (
        <OwnSentence
          key={locale}
          kind="greeting"
          locale={locale}
          kept={sentences.find((each) => each.kind === 'greeting' && each.locale === locale)}
          legend={say(locale === 'fr' ? 'voiceFr' : 'voiceEn')}
          removed={say('greetingRemoved')}
        />
      ))}
    </section>
  );
}
