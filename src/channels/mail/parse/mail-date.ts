const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  met: 60,
  cest: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

const dayMonthYear =
  /(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\s*([AaPp][Mm]))?\s*([+-]\s*\d{1,2}:?\d{2}|[A-Za-z]{1,5})?/;
const monthDayYear =
  /([A-Za-z]{3})[A-Za-z]*\s+(\d{1,2})\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s+(?:([+-]\d{4}|[A-Z]{2,5})\s+)?(\d{4})/;
const isoDate = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** The instant a Date header names, leniently (RFC 5322, its old forms, asctime, ISO); null when it names none. */
export function readMailDate(value: string): Date | null {
  const text = value
    .slice(0, 200)
    .replace(/\([^)]*\)/g, ' ')
    .trim();
  const usual = dayMonthYear.exec(text);
  if (usual) {
    const [, day, month, year, hour, minute, second, half, zone] = usual;
    return instant(year, month, day, withHalf(hour, half), minute, second, zone);
  }
  const asctime = monthDayYear.exec(text);
  if (asctime) {
    const [, month, day, hour, minute, second, zone, year] = asctime;
    return instant(year, month, day, Number(hour), minute, second, zone);
  }
  if (!isoDate.test(text)) return null;
  const parsed = new Date(/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}

function withHalf(hour: string | undefined, half: string | undefined): number {
  const plain = Number(hour);
  if (half === undefined) return plain;
  return (plain % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

type Digits = string | undefined;

function instant(
  year: Digits,
  month: Digits,
  day: Digits,
  hour: number,
  minute: Digits,
  second: Digits,
  zone: Digits,
): Date | null {
  const index = months.indexOf((month ?? '').toLowerCase());
  const fields = { day: Number(day), minute: Number(minute), second: Number(second ?? 0) };
  if (index < 0 || fields.day < 1 || fields.day > 31 || hour > 23 || fields.minute > 59 || fields.second > 60)
    return null;
  const local = Date.UTC(fullYear(Number(year)), index, fields.day, hour, fields.minute, fields.second);
  return new Date(local - zoneMinutes(zone) * 60_000);
}

/** RFC 5322 §4.3: two digits below 50 are 20xx, other two or three digits count from 1900. */
function fullYear(year: number): number {
  if (year < 50) return year + 2000;
  return year < 1000 ? year + 1900 : year;
}

function zoneMinutes(zone: string | undefined): number {
  const numeric = /^([+-])\s*(\d{1,2}):?(\d{2})$/.exec(zone ?? '');
  if (!numeric) return zones[(zone ?? '').toLowerCase()] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return numeric[1] === '-' ? -minutes : minutes;
}
