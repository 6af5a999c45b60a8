import { Command } from 'commander';
import { type Locale, typeset } from '../core/text/typeset.ts';
import type { Tx } from '../desk/tx.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { advisorColumns, importAdvisors, requiredAdvisorColumns } from './import-advisors.ts';
import { contoursCommand } from './import-contours.ts';
import { customerColumns, importCustomers, requiredCustomerColumns } from './import-customers.ts';
import { importPosts, postColumns, requiredPostColumns } from './import-posts.ts';
import { columnsHelp, importHelp, importWords } from './import-words.ts';
import { languageOption } from './language-option.ts';
import { asIs, progress, refuse, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import { allToOperator, toOperator } from './usage-words.ts';

/** What is wrong with a line of the file, in a sentence. */
export interface RowProblem {
  line: number;
  problem: string;
}

/** Takes over all rows in one transaction; answers what is wrong, in this language, and `onRow` counts along. */
export type ImportRows = (
  tx: Tx,
  rows: readonly CsvRow[],
  lang: Locale,
  onRow: (done: number) => void,
) => Promise<RowProblem[]>;

const MOST_SHOWN = 50;

/** Undoes everything of a transaction that worked: a dry run, or one with problems. */
class Undo extends Error {}

/** `visavis import customers|advisors|posts FILE.csv`: all of the file, or nothing of it. */
export function importCommand(withHouse: WithHouse): Command {
  const help = allToOperator(importHelp);
  const all = new Command('import').description(help.about);
  const add = (
    name: string,
    about: string,
    columns: readonly string[],
    required: readonly string[],
    work: ImportRows,
  ) =>
    all
      .command(name)
      .description(about)
      .argument('<file>', help.file)
      .option('--dry-run', help.dryRun)
      .addOption(languageOption())
      .addHelpText('after', `\n${toOperator(columnsHelp(columns, required))}`)
      .action(async (file: string, { dryRun = false, lang }: { dryRun?: boolean; lang: Locale }, command: Command) => {
        const read = await readCsv(typedPath(file), { columns, required, lang });
        if (!read.ok) return refuse(command, read, asIs(sentenceOf(read, lang)));
        const problems = await withHouse((house) =>
          importAll(house.transact, (tx, onRow) => work(tx, read.rows, lang, onRow), {
            rows: read.rows.length,
            dryRun,
            lang,
          }),
        );
        report(command, read.rows.length, problems, { dryRun, lang });
      });
  add('advisors', help.advisors, advisorColumns, requiredAdvisorColumns, importAdvisors);
  add('customers', help.customers, customerColumns, requiredCustomerColumns, importCustomers);
  add('posts', help.posts, postColumns, requiredPostColumns, importPosts);
  return all.addCommand(contoursCommand(withHouse));
}

/** What is wrong with the file as a whole: no line of it was looked at. */
function sentenceOf({ line, problem }: { line: number | null; problem: string }, lang: Locale): string {
  const words = importWords[lang];
  return typeset(`${line ? words.line(line, problem) : problem} ${words.nothingYet}`, lang);
}

async function importAll(
  transact: <Result>(command: (tx: Tx) => Promise<Result>) => Promise<Result>,
  work: (tx: Tx, onRow: (done: number) => void) => Promise<RowProblem[]>,
  { rows, dryRun, lang }: { rows: number; dryRun: boolean; lang: Locale },
): Promise<RowProblem[]> {
  let problems: RowProblem[] = [];
  try {
    await transact(async (tx) => {
      problems = await work(tx, (done) => done % 100 === 0 && progress(asIs(importWords[lang].progress(done, rows))));
      if (problems.length > 0 || dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  progress('');
  return problems;
}

function report(
  command: Command,
  rows: number,
  problems: readonly RowProblem[],
  { dryRun, lang }: { dryRun: boolean; lang: Locale },
): void {
  const words = importWords[lang];
  const typed = (text: string) => typeset(text, lang);
  if (problems.length === 0) {
    say(command, { ok: true, rows, dryRun }, asIs(typed(dryRun ? words.fine(rows) : words.taken(rows))));
    return;
  }
  const shown = problems.slice(0, MOST_SHOWN).map(({ line, problem }) => typed(words.line(line, problem)));
  const more = problems.length > MOST_SHOWN ? [typed(words.more(problems.length - MOST_SHOWN))] : [];
  refuse(command, { ok: false, rows, problems }, asIs([...shown, ...more, typed(words.nothing)].join('\n')));
}
