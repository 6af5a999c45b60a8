import { system } from '../desk/actor.ts';
import { addCustomer, type NewCustomer } from '../desk/customers/add.ts';
import { explainCustomerProblem } from '../desk/customers/problems.ts';
import { type CsvRow, several } from './csv.ts';
import type { ImportRows, RowProblem } from './import.ts';
import { importWords } from './import-words.ts';

export const customerColumns = [
  'kind',
  'name',
  'commune',
  'sector',
  'reference',
  'given_name',
  'family_name',
  'role',
  'phone',
  'mail',
  'address',
  'line',
  'product',
  'service_level',
  'locale',
] as const;
export const requiredCustomerColumns = ['name', 'commune'] as const;

const kinds: readonly NewCustomer['kind'][] = ['household', 'business', 'town_hall'];

/** One customer a line. */
export const importCustomers: ImportRows = async (tx, rows, lang, onRow) => {
  const problems: RowProblem[] = [];
  for (const [index, row] of rows.entries()) {
    const kind = kinds.find((each) => each === (row.values.kind || 'household'));
    const locale = row.values.locale || 'fr';
    if (!kind)
      problems.push({
        line: row.line,
        problem: importWords[lang].unknownKind(row.values.kind ?? '', kinds.join(', ')),
      });
    else if (locale !== 'fr' && locale !== 'en')
      problems.push({ line: row.line, problem: importWords[lang].unknownLocale(locale) });
    else {
      const added = await addCustomer(tx, system, customerOf(row, kind, locale));
      if (!added.ok && added.why === 'problems')
        problems.push(
          ...added.problems.map((problem) => ({ line: row.line, problem: explainCustomerProblem(problem, lang) })),
        );
    }
    onRow(index + 1);
  }
  return problems;
};

function customerOf({ values }: CsvRow, kind: NewCustomer['kind'], locale: 'fr' | 'en'): NewCustomer {
  const lines = several(values.line);
  const products = several(values.product);
  const levels = several(values.service_level);
  return {
    kind,
    locale,
    name: values.name ?? '',
    commune: values.commune ?? '',
    sector: values.sector || undefined,
    reference: values.reference || undefined,
    people: values.family_name
      ? [{ givenName: values.given_name ?? '', familyName: values.family_name, role: values.role || undefined }]
      : [],
    phones: several(values.phone),
    mails: several(values.mail),
    address: values.address,
    lines: lines.map((reference, index) => ({
      reference,
      product: products[index] ?? products[0] ?? '',
      serviceLevel: levels[index] ?? levels[0],
    })),
  };
}
