import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { mergeCommunes, sectorsOf } from '../desk/areas/merge-communes.ts';
import { type Merger, readMergers } from '../desk/views/mergers.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { mergersHead, mergersHelp, mergersWords } from './caseload-merger-words.ts';
import { asIs, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';
import { toOperator } from './usage-words.ts';

/** `visavis caseloads mergers`: communes that became one, shown first, then moved. Nobody changes advisor by it. */
export function mergersCommand(withHouse: WithHouse): Command {
  return new Command('mergers')
    .description(toOperator(mergersHelp.about))
    .option('--apply', toOperator(mergersHelp.apply))
    .action(async ({ apply }: { apply?: boolean }, command: Command) => {
      const { mergers, merged } = await withHouse(async (house) => ({
        mergers: await readMergers(house.db),
        merged: apply ? await house.transact((tx) => mergeCommunes(tx, system)) : undefined,
      }));
      if (mergers.length === 0) return say(command, { mergers, merged }, mergersWords.none);
      if (merged && !merged.ok) return refuse(command, merged, mergersWords.gone);
      const end = toOperator(merged ? mergersWords.merged(merged) : mergersWords.unchanged);
      say(command, { mergers, merged }, asIs(`${words(mergers)}\n\n${end}`));
    });
}

function words(mergers: readonly Merger[]): string {
  const rows = mergers.flatMap((merger) => {
    const sectors = sectorsOf(merger);
    return merger.areas.map(({ communeName, sector, advisor, customers }, index) => [
      [communeName, sector].filter(Boolean).join(', '),
      [merger.intoName, sectors[index]].filter(Boolean).join(', '),
      String(customers),
      advisor,
    ]);
  });
  return table(mergersHead[operatorLanguage(process.env)], rows);
}
