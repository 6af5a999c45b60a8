import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** An E.164 number as people of the country read it: "03 53 01 00 12"; foreign numbers keep their country code. */
export function spacedPhone(e164: string, home: 'FR' = 'FR'): string {
  const known = spaced.get(e164);
  if (known !== undefined) return known;
  if (spaced.size >= MOST_KEPT) spaced.clear();
  const words = inGroups(e164, home);
  spaced.set(e164, words);
  return words;
}

/** The operator's number stands on every page and in every mail. */
const MOST_KEPT = 1_000;
const spaced = new Map<string, string>();

function inGroups(e164: string, home: 'FR'): string {
  const phone = parsePhoneNumberFromString(e164, home);
  if (!phone) return e164;
  const shown = phone.countryCallingCode === '33' ? phone.formatNational() : phone.formatInternational();
  return shown.replaceAll(' ', '\u00a0');
}
