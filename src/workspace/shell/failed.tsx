import { Button } from '@mantine/core';
import { GoneError } from '../api/client.ts';
import { useWords } from '../words/use-words.tsx';

/** What could not be read, and the way to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const say = useWords();
  if (error instanceof GoneError) return <p className="empty">{say('notFound')}</p>;
  return (
    <div className="empty" role="alert">
      <p>{say('loadFailed')}</p>
      <Button variant="default" onClick={onRetry}>
        {say('retry')}
      </Button>
    </div>
  );
}
