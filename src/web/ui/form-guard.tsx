import type { House } from '../../desk/house.ts';
import { FORM, HONEYPOT, signForm } from './signed-form.ts';
import type { Say } from './words/words.ts';

/** The hidden parts of a form anyone may send: our signature, and a field that only programs fill in. */
export function FormGuard({ house, purpose, say }: { house: House; purpose: string; say: Say }) {
  return (
    <>
      <input type="hidden" name={FORM} value={signForm(house, purpose)} />
      <div class="unseen" aria-hidden="true">
        <label for={HONEYPOT}>{say('doNotFill')}</label>
        <input id={HONEYPOT} name={HONEYPOT} tabindex={-1} autocomplete="off" />
      </div>
    </>
  );
}
