import {
  CLOSED_WEEK,
  type HoursSpan,
  WEEKDAYS,
  type Weekday,
  type WeeklyHours,
} from '../core/calendar/weekly-hours.ts';
import { system } from '../desk/actor.ts';
import { addAdvisor } from '../desk/advisors/add.ts';
import { setBackups } from '../desk/advisors/backups.ts';
import { addArea, addOffice, addPod } from '../desk/areas/add.ts';
import { findCommunes } from '../desk/areas/find-communes.ts';
import type { Tx } from '../desk/tx.ts';
import { type CsvRow, several } from './csv.ts';
import type { ImportRows, RowProblem } from './import.ts';

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

interface Added {
  row: CsvRow;
  id: string;
  officeId: string;
}

/** One advisor a line; offices and pods are made when first named, backups are named by their mail address. */
export const importAdvisors: ImportRows = async (tx, rows, onRow) => {
  const problems: RowProblem[] = [];
  const added: Added[] = [];
  for (const [index, row] of rows.entries()) {
    const result = await addOne(
      tx,
      row,
      added.map((each) => each.id),
    );
    if (typeof result === 'string') problems.push({ line: row.line, problem: result });
    else added.push(result);
    onRow(index + 1);
  }
  // Backups may stand further down in the file, so they and the areas come second.
  for (const each of problems.length > 0 ? [] : added)
    for (const problem of [await nameBackups(tx, each, rows, added), ...(await serve(tx, each))])
      if (problem) problems.push({ line: each.row.line, problem });
  return problems;
};

async function addOne(tx: Tx, row: CsvRow, before: readonly string[]): Promise<Added | string> {
  const { values } = row;
  const hours = readHours(values.hours ?? '');
  if (!hours) return hoursHint('hours', values.hours);
  const officeId = await officeNamed(tx, values);
  if (!('id' in officeId)) return officeId.problem;
  const podId = await podNamed(tx, officeId.id, values.pod ?? '');
  if (!podId) return 'The pod is missing. Give the team a name.';
  if (values.shown_as && values.shown_as !== 'full' && values.shown_as !== 'first')
    return `"${values.shown_as}" in shown_as: write full or first.`;
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
  return result.ok ? { row, id: result.id, officeId: officeId.id } : `${advisorProblems[result.why] ?? result.why}`;
}

const advisorProblems: Record<string, string> = {
  name_missing: 'A given name and a family name are needed.',
  phone_unreadable: 'The phone number cannot be read. Write it like +33 3 53 01 20 30.',
  mail_unreadable: 'The mail address cannot be read. Write it like name@example.org.',
  mail_taken: 'Another advisor has this mail address.',
  hours_unusable: 'The hours overlap or end before they start.',
  share_out_of_range: 'The share of a full post is above 0 and at most 1.',
  too_few_backups: 'Name at least two backups, by mail address, best first.',
  own_backup: 'Nobody is their own backup.',
  backup_twice: 'A backup is named twice.',
  unknown_backup: 'A backup is not an advisor here.',
};

async function nameBackups(
  tx: Tx,
  { row, id }: Added,
  rows: readonly CsvRow[],
  added: readonly Added[],
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
    if (!known) return `Backup "${mail}" is no advisor of this file of ${rows.length} lines, nor one here already.`;
    backups.push(known);
  }
  const set = await setBackups(tx, system, { advisorId: id, backups });
  return set.ok ? undefined : (advisorProblems[set.why] ?? set.why);
}

async function serve(tx: Tx, { row, id, officeId }: Added): Promise<string[]> {
  const problems: string[] = [];
  for (const where of several(row.values.areas)) {
    const insee = await onlyCommune(tx, where);
    if (!insee)
      problems.push(`Area "${where}" is not exactly one commune. Write its INSEE code, or the name with its postcode.`);
    else {
      const area = await addArea(tx, system, { communeInsee: insee, officeId, advisorId: id });
      if (!area.ok)
        problems.push(`Area "${where}" is served already. Each commune has one advisor until it is cut into sectors.`);
    }
  }
  return problems;
}

async function onlyCommune(tx: Tx, where: string): Promise<string | undefined> {
  const asked = /^[0-9AB]{5}$/i.test(where) ? { commune: where } : { where };
  const found = await findCommunes(tx.db, asked);
  return found.kind === 'found' && found.communes.length === 1 ? found.communes[0]?.insee : undefined;
}

async function officeNamed(tx: Tx, values: CsvRow['values']): Promise<{ id: string } | { problem: string }> {
  const name = values.office?.trim() ?? '';
  const known = await tx.db.selectFrom('office').where('name', '=', name).select('id').executeTakeFirst();
  if (known) return known;
  const insee = await onlyCommune(tx, values.office_commune ?? '');
  if (!insee) return { problem: `"${values.office_commune}" is not exactly one commune. Write its INSEE code.` };
  const hours = readHours(values.office_hours || 'Mo-Fr 09:00-18:00');
  if (!hours) return { problem: hoursHint('office_hours', values.office_hours) };
  const added = await addOffice(tx, system, {
    name,
    communeInsee: insee,
    street: values.office_street ?? '',
    postcode: values.office_postcode ?? '',
    openingHours: hours,
  });
  return added.ok ? { id: added.id } : { problem: 'The office needs a name and usable opening hours.' };
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

function hoursHint(column: string, typed: string | undefined): string {
  return `"${typed ?? ''}" in ${column} cannot be read. Write hours like "Mo-Fr 09:00-12:00 13:00-18:00; Sa 09:00-12:00".`;
}
