import type { Child } from 'hono/jsx';
import type { Locale } from '../../core/text/typeset.ts';
import { speak } from './words/words.ts';

/** What is wrong with a field, in words that say how to mend it, by the field's name. */
export type Problems = Readonly<Record<string, string>>;

interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  problems?: Problems | undefined;
  optional?: boolean;
  locale: Locale;
}

interface InputProps extends FieldProps {
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'file' | 'search' | 'url' | 'date' | 'time' | 'datetime-local';
  autocomplete?: string;
  inputmode?: 'text' | 'email' | 'tel' | 'numeric' | 'search' | 'url';
  multiple?: boolean;
}

/** One line to fill in, with its label, hint and what is wrong. */
export function Input(props: InputProps) {
  const { name, value, type = 'text', autocomplete, inputmode, multiple } = props;
  return (
    <Field {...props}>
      <input
        id={name}
        name={name}
        type={type === 'file' ? 'file' : type}
        value={type === 'file' ? undefined : (value ?? '')}
        autocomplete={autocomplete}
        inputmode={inputmode}
        multiple={multiple}
        aria-describedby={describedBy(props)}
        aria-invalid={props.problems?.[name] ? 'true' : undefined}
      />
    </Field>
  );
}

/** Several lines to fill in. */
export function TextArea(props: FieldProps & { value?: string | undefined }) {
  return (
    <Field {...props}>
      <textarea
        id={props.name}
        name={props.name}
        rows={7}
        aria-describedby={describedBy(props)}
        aria-invalid={props.problems?.[props.name] ? 'true' : undefined}
      >
        {props.value ?? ''}
      </textarea>
    </Field>
  );
}

interface SelectProps extends FieldProps {
  value?: string | undefined;
  choices: readonly { value: string; label: string }[];
}

/** One of a few. */
export function Select(props: SelectProps) {
  return (
    <Field {...props}>
      <select
        id={props.name}
        name={props.name}
        aria-describedby={describedBy(props)}
        aria-invalid={props.problems?.[props.name] ? 'true' : undefined}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value} selected={value === (props.value ?? '')}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A box to tick, its words beside it. */
export function CheckBox({
  name,
  label,
  hint,
  checked,
}: {
  name: string;
  label: string;
  hint?: string;
  checked: boolean;
}) {
  return (
    <div class="field">
      <label class="pick">
        <input type="checkbox" name={name} value="1" checked={checked} aria-describedby={hint && `${name}-hint`} />
        <span>{label}</span>
      </label>
      {hint ? (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      ) : null}
    </div>
  );
}

/** What is to be corrected, on top of the page, focused, each line leading to its field. */
export function ErrorSummary({ problems, locale }: { problems: Problems; locale: Locale }) {
  const entries = Object.entries(problems);
  if (entries.length === 0) return null;
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus aria-labelledby="summary-title">
      <h2 id="summary-title">{speak(locale)('errorSummary')}</h2>
      <ul>
        {entries.map(([name, sentence]) => (
          <li key={name}>
            <a href={`#${name}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Field({ name, label, hint, problems, optional, locale, children }: FieldProps & { children: Child }) {
  const problem = problems?.[name];
  return (
    <div class={problem ? 'field bad' : 'field'}>
      <label for={name}>
        {label} {optional ? <span class="optional">{speak(locale)('optional')}</span> : null}
      </label>
      {hint ? (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span class="problem" id={`${name}-problem`}>
          {problem}
        </span>
      ) : null}
      {children}
    </div>
  );
}

function describedBy({ name, hint, problems }: FieldProps): string | undefined {
  const ids = [hint && `${name}-hint`, problems?.[name] && `${name}-problem`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
