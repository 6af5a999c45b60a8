import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words.tsx';

const LATE_MS = 300;
const shapes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The shape of what is coming, the same size, and only when it is late. */
export function Skeleton({ rows }: { rows: number }) {
  const say = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={say('loading')}>
      {late && shapes.slice(0, rows).map((shape) => <div key={shape} className="skeleton-row" />)}
    </div>
  );
}
