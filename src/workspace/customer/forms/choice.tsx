import type { ReactNode } from 'react';

interface Props<Value extends string> {
  label: string;
  name: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value | null;
  onChange: (value: Value) => void;
  autoFocus?: boolean;
}

/** One of a few, all visible: radio buttons that look like words on a line. Arrow keys move between them. */
export function Choice<Value extends string>({ label, name, options, value, onChange, autoFocus }: Props<Value>) {
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      <div className="choice-options">
        {options.map((option, index) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              // biome-ignore lint/a11y/noAutofocus: the form was asked for by a key; the focus goes where it starts.
              autoFocus={autoFocus && (value === option.value || (value === null && index === 0))}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
