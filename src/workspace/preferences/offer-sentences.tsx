import { useState } from 'react';
import type { OwnSentenceInfo } from '../../web/api/workspace/shapes.ts';
import { useWhoIAm } from '../shell/me.ts';
import { useWords } from '../words/use-words.tsx';
import { sayIn } from '../words/words.ts';
import { OwnSentence, useOwnSentences } from './own-sentence.tsx';

/** What callers hear in the advisor's own voice while that advisor is on a call, around the time of the callback. */
export function OfferSentences({ name }: { name: string }) {
  const say = useWords();
  const me = useWhoIAm();
  const sentences = useOwnSentences();
  if (!sentences) return null;
  return (
    <section aria-labelledby="offer-sentences">
      <h2 id="offer-sentences">{say('offerTitle')}</h2>
      <p className="soft">{say('offerHint')}</p>
      {(['fr', 'en'] as const).map((locale) => (
        <details key={locale} className="own-language" open={locale === me.locale}>
          <summary>{say(locale === 'fr' ? 'voiceFr' : 'voiceEn')}</summary>
          <InOneLanguage locale={locale} name={name} sentences={sentences.filter((each) => each.locale === locale)} />
        </details>
      ))}
    </section>
  );
}

const KINDS = [
  { kind: 'opening', legend: 'offerOpening', example: 'offerOpeningExample' },
  { kind: 'ending', legend: 'offerEnding', example: 'offerEndingExample' },
] as const;

interface Props {
  locale: 'fr' | 'en';
  name: string;
  sentences: readonly OwnSentenceInfo[];
}

function InOneLanguage({ locale, name, sentences }: Props) {
  const say = useWords();
  const language = say(locale === 'fr' ? 'voiceInFr' : 'voiceInEn');
  return (
    <>
      {KINDS.map(({ kind, legend, example }) => (
        <OwnSentence
          key={kind}
          kind={kind}
          locale={locale}
          kept={sentences.find((each) => each.kind === kind)}
          legend={say(legend, { language })}
          example={sayIn(locale)(example, { name })}
          removed={say('offerRemoved')}
        />
      ))}
      <WholeOffer locale={locale} version={sentences.map(({ recordedAt }) => recordedAt).join()} />
    </>
  );
}

/** As a caller hears it now, what is spoken included. */
function WholeOffer({ locale, version }: { locale: 'fr' | 'en'; version: string }) {
  const say = useWords();
  const [silent, setSilent] = useState(false);
  return (
    <div className="own-sentence">
      <p id={`offer-${locale}`}>{say('offerWhole')}</p>
      {/* biome-ignore lint/a11y/useMediaCaption: the advisor hears themselves */}
      <audio
        controls
        preload="none"
        aria-labelledby={`offer-${locale}`}
        src={`/api/v1/workspace/own-sentences/offer/${locale}?${version}`}
        onError={() => setSilent(true)}
        onCanPlay={() => setSilent(false)}
      />
      <p role="status">{silent && say('offerSilent')}</p>
    </div>
  );
}
