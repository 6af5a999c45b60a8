import type { Locale } from '../../core/text/typeset.ts';
import { speak } from '../ui/words/words.ts';

/** The one search field of the public site: a postcode or a commune. */
export function FindForm({ locale, typed, problem }: { locale: Locale; typed: string; problem?: string | undefined }) {
  const say = speak(locale);
  return (
    <search>
      <form novalidate action={`/${locale}/contact`} method="get" class={problem ? 'find bad' : 'find'}>
        <label for="where">{say('whereLabel')}</label>
        <span class="hint" id="where-hint">
          {say('whereHint')}
        </span>
        {problem ? (
          <span class="problem" id="where-problem">
            {problem}
          </span>
        ) : null}
        <div class="ask">
          <input
            id="where"
            name="where"
            value={typed}
            autocomplete="postal-code"
            enterkeyhint="search"
            aria-describedby={problem ? 'where-hint where-problem' : 'where-hint'}
            aria-invalid={problem ? 'true' : undefined}
          />
          <button type="submit">{say('find')}</button>
        </div>
      </form>
    </search>
  );
}
