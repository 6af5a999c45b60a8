import { readFile, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { importContours } from '../desk/contours/import-contours.ts';
import { limits, readContours } from '../desk/contours/read-contours.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { typedPath } from './typed-path.ts';
import { toOperator } from './usage-words.ts';

/** `visavis import contours FILE`: outlines of communes, for the map, for distances and for who lies beside whom. */
export function contoursCommand(withHouse: WithHouse): Command {
  return new Command('contours')
    .description('outlines of communes from GeoJSON: the map of caseloads, distances, and which communes touch')
    .argument('<file>', 'GeoJSON FeatureCollection in degrees (WGS 84), with the INSEE code of each commune')
    .action(async (file: string, _options, command: Command) => {
      const text = await readBounded(typedPath(file));
      if (typeof text !== 'string') return refuse(command, { ok: false, ...text }, text.problem);
      progress('Simplifying…');
      const read = readContours(text);
      progress('');
      if (!read.ok) return refuse(command, read, `${read.problem} Nothing was changed.`);
      const kept = await withHouse((house) => house.transact((tx) => importContours(tx, system, read.contours)));
      if (!kept.ok) return refuse(command, kept, 'No commune of today has one of these codes. Nothing was changed.');
      const unknown =
        kept.unknown.length > 0 ? ` Left out, no commune of today: ${kept.unknown.slice(0, 20).join(', ')}.` : '';
      say(command, kept, `Outlines kept: ${kept.communes}, with ${kept.borders} common borders.${unknown}`);
    });
}

async function readBounded(path: string): Promise<string | { problem: string }> {
  try {
    const { size } = await stat(path);
    if (size > limits.bytes)
      return { problem: `The file is larger than ${limits.bytes / 1_000_000} MB. Export only your territory.` };
    return await readFile(path, 'utf8');
  } catch {
    return {
      problem: toOperator({
        fr: `${path} ne peut pas être lu. Vérifiez son nom et vos droits.`,
        en: `${path} cannot be read. Check its name and your rights.`,
      }),
    };
  }
}
