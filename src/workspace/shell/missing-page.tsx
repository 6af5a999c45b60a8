import { Link } from 'react-router';
import { useWords } from '../words/use-words.tsx';
import { Title } from './title.tsx';

/** An address nobody knows. */
export function MissingPage() {
  const say = useWords();
  return (
    <div className="page">
      <Title>{say('notFound')}</Title>
      <p>
        <Link to="/">{say('backToCaseload')}</Link>
      </p>
    </div>
  );
}
