import { createRequire } from 'node:module';
import type DateHolidays from 'date-holidays';

/** `FR`, Alsace-Moselle (`FR.57` …), overseas (`FR.RE` …): the words of date-holidays. */
export type HolidayRegion = string;

/** Twenty megabytes, in each thread that asks: read where it is needed. */
const holidaysOfTheWorld = () => createRequire(import.meta.url)('date-holidays') as typeof DateHolidays;

const found = new Map<string, readonly string[]>();

/** Public holidays of a region in one year, `YYYY-MM-DD` in order; throws RangeError for a region nobody knows. */
export function holidaysOf(region: HolidayRegion, year: number): readonly string[] {
  const key = `${region} ${year}`;
  let dates = found.get(key);
  if (!dates) {
    dates = workOut(region, year);
    found.set(key, dates);
  }
  return dates;
}

/** Public holidays of the year of `at`, the one before and the one after: what a calendar around `at` needs. */
export function holidaysAround(region: HolidayRegion, at: Date): readonly string[] {
  const year = at.getUTCFullYear();
  const key = `${region} around ${year}`;
  let dates = found.get(key);
  if (!dates) {
    dates = [year - 1, year, year + 1].flatMap((each) => holidaysOf(region, each));
    found.set(key, dates);
  }
  return dates;
}

/** What was worked out so far, for another thread: see `knowHolidays`. */
export const holidaysFound = (): ReadonlyMap<string, readonly string[]> => found;

/** Takes over what another thread has worked out. */
export function knowHolidays(known: ReadonlyMap<string, readonly string[]>): void {
  for (const [key, dates] of known) found.set(key, dates);
}

/** The holiday region of a French commune by its département: three départements of the East and the overseas differ. */
export function holidayRegionOf(departementCode: string): HolidayRegion {
  return REGION_BY_DEPARTEMENT[departementCode] ?? 'FR';
}

const REGION_BY_DEPARTEMENT: Readonly<Record<string, HolidayRegion>> = {
  57: 'FR.57',
  67: 'FR.67',
  68: 'FR.68',
  971: 'FR.GP',
  972: 'FR.MQ',
  973: 'FR.GF',
  974: 'FR.RE',
  976: 'FR.YT',
  975: 'PM',
  977: 'BL',
  978: 'MF',
};

/** Every region a French office may have. */
export const holidayRegions: readonly HolidayRegion[] = ['FR', ...Object.values(REGION_BY_DEPARTEMENT)];

function workOut(region: HolidayRegion, year: number): string[] {
  const Holidays = holidaysOfTheWorld();
  const [country = '', state] = region.split('.');
  if (state && !new Holidays().getStates(country)?.[state]) throw unknown(region);
  const calendar = state ? new Holidays(country, state) : new Holidays(country);
  const days = calendar.getHolidays(year) ?? [];
  if (days.length === 0) throw unknown(region);
  return [...new Set(days.filter((day) => day.type === 'public').map((day) => day.date.slice(0, 10)))].sort();
}

function unknown(region: HolidayRegion): RangeError {
  return new RangeError(`date-holidays knows no region "${region}"`);
}
