import { useState } from 'react';
import type { InteractionEntry } from '../../web/api/workspace/shapes.ts';
import { useWords } from '../words/use-words.tsx';

/** A mail as it was sent, in a frame that runs nothing and fetches nothing until asked. */
export function MailFrame({ entry, who }: { entry: InteractionEntry; who: string }) {
  const say = useWords();
  const [images, setImages] = useState(false);
  return (
    <div className="mail-frame">
      <iframe
        title={say('mailFrame', { name: who })}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        src={`/api/v1/workspace/interactions/${entry.id}/html${images ? '?images=1' : ''}`}
      />
      {!images && (
        <p className="entry-foot">
          <button type="button" className="quiet-link" onClick={() => setImages(true)}>
            {say('showImages')}
          </button>
          <span className="soft">{say('imagesWarning')}</span>
        </p>
      )}
    </div>
  );
}
