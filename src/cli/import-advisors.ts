import {
  CLOSED_WEEK,
  type HoursSpan,
  WEEKDAYS,
  type Weekday,
  type WeeklyHours,
} from '../core/calendar/weekly-hours.ts';
import type { Locale } from '../core/text/typeset.ts';
import { system } from '../desk/actor.ts';
import { addAdvisor } from '../desk/advisors/add.ts';
import { setBackups } from '../desk/advisors/backups.ts';
import { addArea, addOffice, addPod } from '../desk/areas/add.ts';
import { findCommunes } from '../desk/areas/find-communes.ts';
import type { Tx } from '../desk/tx.ts';
import { type CsvRow, several } from './csv.ts';
import type { ImportRows, RowProblem } from './import.ts';
import { importWords } from './import-words.ts';

export const advisorColumns = [
  'office',
  'office_commune',
  'office_street',
  'office_postcode',
  'office_hours',
  'pod',
  'given_name',
  'family_name',
  'shown_as',
  'phone',
  'mail',
  'languages',
  'hours',
  'share',
  'backups',
  'areas',
] as const;
export const requiredAdvisorColumns = [
  'office',
  'office_commune',
  'pod',
  'given_name',
  'family_name',
  'phone',
  'mail',
  'hours',
  'backups',
  'areas',
] as const;

type Words = (typeof importWords)[Locale];

interface Added {
  row: CsvRow;
  id: string;
  officeId: string;
}

/** One advisor a line; offices and pods are made when first named, backups are named by their mail address. */
export const importAdvisors: ImportRows = async (tx, rows, lang, onRow) => {
  const problems: RowProblem[] = [];
  const added: Added[] = [];
  const words = importWords[lang];
  for (const [index, row] of rows.entries()) {
    const result = await addOne(
      tx,
      row,
      added.map((each) => each.id),
      words,
    );
    if (typeof result === 'string') problems.push({ line: row.line, problem: result });
    else added.push(result);
    onRow(index + 1);
  }
  // Backups may stand further down in the file, so they and the areas come second.
  for (const each of problems.length > 0 ? [] : added)
    for (const problem of [await nameBackups(tx, each, rows, added, words), ...(await serve(tx, each, words))])
      if (problem) problems.push({ line: each.row.line, problem });
  return problems;
};

async function addOne(tx: Tx, row: CsvRow, before: readonly string[], words: Words): Promise<Added | string> {
  const { values } = row;
  const hours = readHours(values.hours ?? '');
  if (!hours) return words.hours('hours', values.hours ?? '');
  const officeId = await officeNamed(tx, values, words);
  if (!('id' in officeId)) return officeId.problem;
  const podId = await podNamed(tx, officeId.id, values.pod ?? '');
  if (!podId) return words.noPod;
  if (values.shown_as && values.shown_as !== 'full' && values.shown_as !== 'first')
    return words.shownAs(values.shown_as);
  const result = await addAdvisor(tx, system, {
    podId,
    givenName: values.given_name ?? '',
    familyName: values.family_name ?? '',
    shownAs: values.shown_as === 'first' ? 'first' : 'full',
    phone: values.phone ?? '',
    mail: values.mail ?? '',
    languages: several(values.languages || 'fr'),
    workingHours: hours,
    share: values.share ? Number(values.share.replace(',', '.')) : 1,
    // Until the whole file is read; then the ones it names.
    backups: before.slice(0, 2),
  });
  return result.ok ? { row, id: result.id, officeId: officeId.id } : words.advisor[result.why];
}

async function nameBackups(
  tx: Tx,
  { row, id }: Added,
  rows: readonly CsvRow[],
  added: readonly Added[],
  words: Words,
): Promise<string | undefined> {
  const idOf = new Map(added.map((each) => [each.row.values.mail?.toLowerCase(), each.id]));
  const backups: string[] = [];
  for (const mail of several(row.values.backups)) {
    const known =
      idOf.get(mail.toLowerCase()) ??
      (
        await tx.db
          .selectFrom('advisor')
          .where('mail', '=', mail.toLowerCase())
          .where('leftAt', 'is', null)
          .select('id')
          .executeTakeFirst()
      )?.id;
    if (!known) return words.unknownBackup(mail, rows.length);
    backups.push(known);
  }
  const set = await setBackups(tx, system, { advisorId: id, backups });
  return set.ok ? undefined : words.advisor[set.why];
}

async function serve(tx: Tx, { row, id, officeId }: Added, words: Words): Promise<string[]> {
  const problems: string[] = [];
  for (const where of several(row.values.areas)) {
    const insee = await onlyCommune(tx, where);
    if (!insee) problems.push(words.notOneArea(where));
    else {
      const area = await addArea(tx, system, { communeInsee: insee, officeId, advisorId: id });
      if (!area.ok) problems.push(words.areaServed(where));
    }
  }
  return problems;
}

async function onlyCommune(tx: Tx, where: string): Promise<string | undefined> {
  const asked = /^[0-9AB]{5}$/i.test(where) ? { commune: where } : { where };
  const found = await findCommunes(tx.db, asked);
  return found.kind === 'found' && found.communes.length === 1 ? found.communes[0]?.insee : undefined;
}

async function officeNamed(
  tx: Tx,
  values: CsvRow['values'],
  words: Words,
): Promise<{ id: string } | { problem: string }> {
  const name = values.office?.trim() ?? '';
  const known = await tx.db.selectFrom('office').where('name', '=', name).select('id').executeTakeFirst();
  if (known) return known;
  const insee = await onlyCommune(tx, values.office_commune ?? '');
  if (!insee) return { problem: words.notOneCommune(values.office_commune ?? '') };
  const hours = readHours(values.office_hours || 'Mo-Fr 09:00-18:00');
  if (!hours) return { problem: words.hours('office_hours', values.office_hours ?? '') };
  const added = await addOffice(tx, system, {
    name,
    communeInsee: insee,
    street: values.office_street ?? '',
    postcode: values.office_postcode ?? '',
    openingHours: hours,
  });
  return added.ok ? { id: added.id } : { problem: words.badOffice };
}

async function podNamed(tx: Tx, officeId: string, name: string): Promise<string | undefined> {
  const known = await tx.db
    .selectFrom('pod')
    .where('officeId', '=', officeId)
    .where('name', '=', name.trim())
    .select('id')
    .executeTakeFirst();
  if (known) return known.id;
  const added = await addPod(tx, system, { officeId, name });
  return added.ok ? added.id : undefined;
}

const dayNames: readonly string[] = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** "Mo-Fr 09:00-12:00 13:00-18:00; Sa 09:00-12:00", as OpenStreetMap writes opening hours. */
export function readHours(typed: string): WeeklyHours | undefined {
  const week: Record<Weekday, readonly HoursSpan[]> = { ...CLOSED_WEEK };
  for (const part of typed
    .split(';')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const match = /^(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))?((?:[ ,]+\d\d:\d\d-\d\d:\d\d)+)$/.exec(part);
    if (!match) return undefined;
    const first = dayNames.indexOf(match[1] ?? '');
    const last = match[2] ? dayNames.indexOf(match[2]) : first;
    const spans = [...(match[3] ?? '').matchAll(/(\d\d:\d\d)-(\d\d:\d\d)/g)].map((span) => ({
      from: span[1] ?? '',
      to: span[2] ?? '',
    }));
    for (const weekday of WEEKDAYS) if (weekday - 1 >= first && weekday - 1 <= last) week[weekday] = spans;
  }
  return WEEKDAYS.some((weekday) => week[weekday].length > 0) ? week : undefined;
}
