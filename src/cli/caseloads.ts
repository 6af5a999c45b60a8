import { Command } from 'commander';
import { type Proposal, type Proposed, proposeCaseloads } from '../desk/caseloads/propose.ts';
import { findAdvisor } from '../desk/views/advisor-list.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { table } from './table.ts';

/** `visavis caseloads design|repair`: before and after, without changing anything. */
export function caseloadsCommand(withHouse: WithHouse): Command {
  return new Command('caseloads')
    .description('who should look after whom: before and after, nothing is changed')
    .addCommand(designCommand(withHouse))
    .addCommand(repairCommand(withHouse));
}

function designCommand(withHouse: WithHouse): Command {
  return new Command('design')
    .description('divide the whole territory anew, loads within 5 %; nothing is changed')
    .action(async (_options, command: Command) => {
      progress('Designing…');
      const proposed = await withHouse(({ db, clock }) => proposeCaseloads({ db, now: clock(), kind: 'design' }));
      tell(command, proposed);
    });
}

function repairCommand(withHouse: WithHouse): Command {
  return new Command('repair')
    .description('move as few customers as possible, loads within 10 %; nothing is changed')
    .option('--without <advisor-mail>', 'as if this advisor had left')
    .option('--with <advisor-mail>', 'an advisor without customers gets a caseload too')
    .action(async (asked: Asked, command: Command) => {
      progress('Repairing…');
      const stopping = new AbortController();
      const stop = () => stopping.abort(new Error('Stopped. Nothing was changed.'));
      process.once('SIGINT', stop);
      try {
        tell(command, await withHouse((house) => proposeRepair(house, asked, stopping.signal)));
      } catch (problem) {
        if (!stopping.signal.aborted) throw problem;
        refuse(command, { ok: false, why: 'stopped' }, 'Stopped. Nothing was changed.');
      } finally {
        process.off('SIGINT', stop);
      }
    });
}

type House = Parameters<Parameters<WithHouse>[0]>[0];

interface Asked {
  without?: string;
  with?: string;
}

async function proposeRepair({ db, clock }: House, asked: Asked, signal: AbortSignal): Promise<Proposed> {
  const leaver = asked.without === undefined ? undefined : await findAdvisor(db, asked.without);
  const newcomer = asked.with === undefined ? undefined : await findAdvisor(db, asked.with);
  if ((asked.without !== undefined && !leaver) || (asked.with !== undefined && !newcomer))
    return { ok: false, why: 'unknown_advisor' };
  return proposeCaseloads({ db, now: clock(), kind: 'repair', without: leaver?.id, newcomer: newcomer?.id, signal });
}

const refusals = {
  nobody_left: 'No advisor would be left to look after customers. Import advisors first.',
  unknown_advisor: 'No advisor who could be meant has this address. See: visavis advisor list',
};

function tell(command: Command, proposed: Proposed): void {
  progress('');
  if (!proposed.ok) refuse(command, proposed, refusals[proposed.why]);
  else if (!proposed.balanced) refuse(command, proposed, words(proposed));
  else say(command, proposed, words(proposed));
}

function words(proposal: Proposal): string {
  const { before, after, moves, names, aboveFloor, balanced } = proposal;
  const name = (id: string | null) => names[id ?? ''] ?? 'nobody';
  const loads = Object.keys(names).map((id) => [name(id), ...loadOf(before, id), ...loadOf(after, id)]);
  const changes = moves
    .slice(0, shown)
    .map((move) => [move.communeInsee, String(move.customers), name(move.fromAdvisorId), name(move.toAdvisorId)]);
  return [
    table(['advisor', 'customers', 'load', 'customers after', 'load after'], loads),
    '',
    `Mean distance: ${before.meanKm.toFixed(1)} km before, ${after.meanKm.toFixed(1)} km after.`,
    `${after.customersMoved} customers change advisor; at least ${after.floor} must, so ${aboveFloor} above the floor.`,
    ...(changes.length > 0 ? ['', table(['commune', 'customers', 'from', 'to'], changes)] : []),
    ...(moves.length > shown ? [`and ${moves.length - shown} more (--json lists them all)`] : []),
    ...(balanced
      ? []
      : ['', 'Not every load is within its limits: areas are too large, or shares too small. Cut areas.']),
    '',
    'Nothing was changed. Work is estimated: 1 minute a customer and month, 6 an exchange of the last 90 days.',
  ].join('\n');
}

const shown = 40;

function loadOf(measures: Proposal['before'], advisorId: string): [string, string] {
  const load = measures.loads.find((each) => each.advisorId === advisorId);
  return load ? [String(load.customers), `${Math.round(load.ofTarget * 100)} %`] : ['-', '-'];
}
