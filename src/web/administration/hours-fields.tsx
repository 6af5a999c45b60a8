import { WEEKDAYS } from '../../core/calendar/weekly-hours.ts';
import { Input, type Problems } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';
import type { Typed } from './form-page.tsx';

interface HoursProps {
  scene: Scene;
  typed: Typed;
  problems: Problems;
  label: string;
}

/** The week, a line a day, as people write hours. */
export function HoursFields({ scene: { say, locale }, typed, problems, label }: HoursProps) {
  return (
    <fieldset class="field">
      <legend class="label">{label}</legend>
      <p class="hint" id="hours-hint">
        {say('hoursHint')}
      </p>
      <div class="pair">
        {WEEKDAYS.map((day) => (
          <Input
            key={day}
            locale={locale}
            problems={problems}
            name={`hours${day}`}
            label={say(`hoursDay${day}`)}
            value={typed[`hours${day}`]}
          />
        ))}
      </div>
    </fieldset>
  );
}
