import { longDay } from '../../../core/text/dates.ts';
import { holidayRegions, holidaysOf } from '../../../desk/areas/holidays.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import type { Scene } from '../../ui/page.tsx';
import { regionNames } from '../../ui/words/policy-words.ts';
import { Buttons, type Typed } from '../form-page.tsx';
import { HoursFields } from '../hours-fields.tsx';

interface OfficeFormProps {
  scene: Scene;
  typed: Typed;
  problems: Problems;
  isNew: boolean;
}

/** What is said of an office, when it is open, and the public holidays it keeps. */
export function OfficeForm({ scene, typed, problems, isNew }: OfficeFormProps) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return (
    <form novalidate method="post">
      <Input {...shared} name="name" label={say('officeName')} value={typed.name} />
      {isNew ? <Input {...shared} name="commune" label={say('permanenceCommune')} value={typed.commune} /> : null}
      <div class="pair">
        <Input {...shared} name="street" label={say('officeStreet')} value={typed.street} />
        <Input {...shared} name="postcode" label={say('officePostcode')} value={typed.postcode} />
      </div>
      <Input {...shared} name="phone" type="tel" label={say('officePhone')} optional value={typed.phone} />
      <HoursFields scene={scene} typed={typed} problems={problems} label={say('officeHours')} />
      {isNew ? null : (
        <>
          <Select
            {...shared}
            name="holidayRegion"
            label={say('officeRegion')}
            hint={say('officeRegionHint')}
            value={typed.holidayRegion}
            choices={holidayRegions.map((region) => ({ value: region, label: regionNames[region] ?? region }))}
          />
          <Holidays scene={scene} region={typed.holidayRegion ?? 'FR'} />
        </>
      )}
      <Buttons save={say('adminSave')} />
    </form>
  );
}

/** The days nobody is expected to answer, this year and the next, from today on. */
function Holidays({ scene: { say, now, style }, region }: { scene: Scene; region: string }) {
  if (!holidayRegions.includes(region)) return null;
  const year = now.getUTCFullYear();
  const today = now.toISOString().slice(0, 10);
  const days = [...holidaysOf(region, year), ...holidaysOf(region, year + 1)].filter((day) => day >= today);
  return (
    <details>
      <summary>{say('officeHolidays', { count: days.length })}</summary>
      <ul>
        {days.map((day) => (
          <li key={day}>
            <time datetime={day}>{longDay(new Date(`${day}T12:00:00Z`), new Date(0), style)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
}
