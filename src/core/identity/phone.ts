import parsePhoneNumber, { type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';

/** Territories that dial like the mainland (0692…) but have a country code of their own. */
const OVERSEAS: readonly CountryCode[] = ['RE', 'GP', 'MQ', 'GF', 'YT'];

/**
 * A number as typed, signalled or printed, in E.164; undefined when it cannot be one (withheld, `anonymous`, a short
 * code). National numbers are read as of `home`; for France also as of overseas, which share its ten digits.
 */
export function normalisePhone(typed: string, home: CountryCode = 'FR'): string | undefined {
  const trimmed = typed
    .trim()
    .replace(/^(tel|sips?):/i, '')
    .replace(/[;@].*$/, '');
  if (!/^[\d\s()+.\-/\u00a0\u202f\u2010-\u2015]+$/.test(trimmed)) return undefined;
  const atHome = parsePhoneNumber(trimmed, home);
  if (!atHome) return undefined;
  // Mainland ranges reserved for fiction are "possible" only, so validity decides just for overseas.
  const overseas = trimmed.startsWith('0') || !atHome.isValid() ? overseasOf(atHome) : undefined;
  return overseas ?? (atHome.isPossible() ? atHome.number : undefined);
}

function overseasOf(phone: PhoneNumber): string | undefined {
  if (phone.countryCallingCode !== '33') return undefined;
  for (const territory of OVERSEAS) {
    const there = parsePhoneNumber(`0${phone.nationalNumber}`, territory);
    if (there?.isValid()) return there.number;
  }
  return undefined;
}

/** Whether an SMS can reach this E.164 number: mobile ranges, never a landline. Abroad, as far as its ranges tell. */
export function takesSms(e164: string): boolean {
  // Those reserved for fiction are mobile too, though no telephone has them.
  if (/^\+33/.test(e164)) return /^\+33[67]\d{8}$/.test(e164);
  const type = parsePhoneNumber(e164)?.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}
