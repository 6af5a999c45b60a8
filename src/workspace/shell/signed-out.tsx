import { useWords } from '../words/use-words.tsx';

/** The session is over: one sentence, one way on. */
export function SignedOut() {
  const say = useWords();
  return (
    <main className="alone">
      <h1>{say('signedOut')}</h1>
      <p>
        <a href="/fr/staff/sign-in">{say('signInAgain')}</a>
      </p>
    </main>
  );
}
