import { useActs } from '../api/held.ts';
import { useConnected } from '../api/live.ts';
import { useWords } from '../words/use-words.tsx';

/** Says calmly that the server is not heard, and what waits for it. */
export function ConnectionBanner() {
  const connected = useConnected();
  const unsent = useActs().doing.filter((doing) => doing.state === 'unsent').length;
  const say = useWords();
  return (
    <div role="status" className="banner-place">
      {!connected && (
        <p className="banner">
          {say('offline')} {unsent > 0 && say('offlineUnsent', { n: unsent })}
        </p>
      )}
    </div>
  );
}
