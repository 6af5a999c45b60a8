import { readFile, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { importContours } from '../desk/contours/import-contours.ts';
import { limits, readContours } from '../desk/contours/read-contours.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { contoursHelp, contoursWords } from './import-contours-words.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import { allToOperator } from './usage-words.ts';

/** `visavis import contours FILE`: outlines of communes, for the map, for distances and for who lies beside whom. */
export function contoursCommand(withHouse: WithHouse): Command {
  const help = allToOperator(contoursHelp);
  return new Command('contours')
    .description(help.about)
    .argument('<file>', help.file)
    .action(async (file: string, _options, command: Command) => {
      const text = await readBounded(typedPath(file));
      if (typeof text !== 'string') return refuse(command, { ok: false, problem: text.en }, text);
      progress(contoursWords.simplifying);
      const read = readContours(text);
      progress('');
      if (!read.ok)
        return refuse(command, { ok: false, problem: read.problem.en }, contoursWords.refused(read.problem));
      const kept = await withHouse((house) => house.transact((tx) => importContours(tx, system, read.contours)));
      if (!kept.ok) return refuse(command, kept, contoursWords.noneOfToday);
      say(command, kept, contoursWords.kept(kept.communes, kept.borders, kept.unknown));
    });
}

/** The text of a file that is not too large, or why there is none. */
async function readBounded(path: string): Promise<string | Both> {
  try {
    const { size } = await stat(path);
    return size > limits.bytes ? contoursWords.tooLarge(limits.bytes / 1_000_000) : await readFile(path, 'utf8');
  } catch {
    return contoursWords.unreadable(path);
  }
}
