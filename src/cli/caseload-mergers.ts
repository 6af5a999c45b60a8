import { Command } from 'commander';
import { system } from '../desk/actor.ts';
import { mergeCommunes, sectorsOf } from '../desk/areas/merge-communes.ts';
import { type Merger, readMergers } from '../desk/views/mergers.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis caseloads mergers`: communes that became one, shown first, then moved. Nobody changes advisor by it. */
export function mergersCommand(withHouse: WithHouse): Command {
  return new Command('mergers')
    .description('communes that became part of others: their areas move there, everyone keeps their advisor')
    .option('--apply', 'move the areas; without it nothing changes')
    .action(async ({ apply }: { apply?: boolean }, command: Command) => {
      const { mergers, merged } = await withHouse(async (house) => ({
        mergers: await readMergers(house.db),
        merged: apply ? await house.transact((tx) => mergeCommunes(tx, system)) : undefined,
      }));
      if (mergers.length === 0) return say(command, { mergers, merged }, 'Every commune we serve still stands.');
      if (merged && !merged.ok)
        return refuse(command, merged, {
          fr: "Il n'y a plus rien à réunir.",
          en: 'There is nothing to merge any more.',
        });
      const end = merged
        ? `Merged: ${merged.communes} communes, ${merged.areas} areas, ${merged.customers} customers. Nobody changed advisor.\nBalance the loads when you want: visavis caseloads repair`
        : 'Nothing was changed. To move the areas: --apply';
      say(command, { mergers, merged }, `${words(mergers)}\n\n${end}`);
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
  return table(['was', 'becomes', 'customers', 'advisor, as before'], rows);
}
