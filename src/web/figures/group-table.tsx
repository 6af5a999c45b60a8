import type { Estimate } from '../../core/continuity/interval.ts';
import { percent } from '../../core/continuity/parity-words.ts';
import { typeset } from '../../core/text/typeset.ts';
import type { GroupFigures } from '../../desk/figures/group.ts';
import type { Scene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { SharePlot } from './plots.tsx';

interface GroupTableProps {
  scene: Scene;
  title: WordKey;
  groups: readonly GroupFigures[];
  /** Continuity indices and tenure too, for leads. */
  indices?: boolean;
}

const columns: readonly WordKey[] = [
  'figuresGroup',
  'figuresExchanges',
  'figuresOwn',
  'figuresNamed',
  'figuresDay',
  'figuresWaited',
  'figuresKept',
];
const indexColumns: readonly WordKey[] = ['figuresUpc', 'figuresCoc', 'figuresSecon', 'figuresPeople', 'figuresTenure'];

/** Groups of one division, one a row, each share with its interval in words and as a small plot. */
export function GroupTable({ scene, title, groups, indices }: GroupTableProps) {
  const { say } = scene;
  if (groups.length === 0) return null;
  const id = `figures-${title}`;
  return (
    <section>
      <h2 id={id}>{say(title)}</h2>
      <section class="figures" aria-labelledby={id} tabindex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {[...columns, ...(indices ? indexColumns : [])].map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <GroupRow key={group.key} scene={scene} group={group} indices={indices ?? false} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function GroupRow({ scene, group, indices }: { scene: Scene; group: GroupFigures; indices: boolean }) {
  const { locale, say } = scene;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const name = <th scope="row">{nameOf(scene, group)}</th>;
  if (group.contacts === null)
    return (
      <tr>
        {name}
        <td colspan={columns.length - 1 + (indices ? indexColumns.length : 0)}>{say('figuresHidden')}</td>
      </tr>
    );
  const { waited, kept, upc, coc, secon, peoplePerYear, tenureYears } = group;
  return (
    <tr>
      {name}
      <td>{number.format(group.contacts)}</td>
      <ShareCell scene={scene} share={group.own} />
      <ShareCell scene={scene} share={group.named} />
      <ShareCell scene={scene} share={waited?.within24h ?? null} />
      <td>{waited ? [waited.p50, waited.p95, waited.p99].map((each) => spanWords(scene, each)).join(' / ') : '–'}</td>
      <ShareCell scene={scene} share={kept?.share ?? null} />
      {indices
        ? [upc, coc, secon, peoplePerYear, tenureYears].map((each, at) => (
            <td key={indexColumns[at]}>{each === null ? '–' : number.format(each)}</td>
          ))
        : null}
    </tr>
  );
}

function ShareCell({ scene: { locale }, share }: { scene: Scene; share: Estimate | null }) {
  if (!share) return <td>–</td>;
  const whole = (value: number) => Math.round(value * 100);
  return (
    <td>
      {typeset(`${percent(share, locale)} (${whole(share.low)}–${whole(share.high)})`, locale)}
      <SharePlot share={share} />
    </td>
  );
}

function nameOf({ say, locale }: Scene, { key, name }: GroupFigures): string {
  if (key === '') return say('figuresEverything');
  if (/^\d{4}-\d\d$/.test(key)) return monthName(key, locale);
  const channel = `channel_${key}`;
  return channels[channel] ? say(channels[channel]) : name;
}

/** "janv. 2026" of "2026-01". */
export function monthName(key: string, locale: string): string {
  const at = new Date(`${key}-15T12:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

const channels: Readonly<Record<string, WordKey>> = {
  channel_call: 'channel_call',
  channel_mail: 'channel_mail',
  channel_sms: 'channel_sms',
  channel_message: 'channel_message',
  channel_visit: 'channel_visit',
  channel_letter: 'channel_letter',
  channel_comment: 'channel_comment',
};

/** Seconds as people say them: minutes under two hours, hours under three days, else days. */
export function spanWords({ say, locale }: Scene, seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return say('figuresMinutes', { count: minutes });
  const count = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  if (minutes < 3 * 1440) return say('figuresHours', { count: count(minutes / 60) });
  return say('figuresDays', { count: count(minutes / 1440) });
}
