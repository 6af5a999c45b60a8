import { Link } from 'react-router';
import type { CallNow } from '../../web/api/workspace/shapes.ts';
import { useCalls } from '../api/queries.ts';
import { useKeys } from '../keyboard/keys.ts';
import { useWhoIAm } from '../shell/me.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import { BandCall } from './band-call.tsx';
import { useCallActs } from './use-call-acts.ts';

/** The band of calls: from the first ring, while they talk, and until it is written up. It never takes the focus. */
export function CallBand() {
  const me = useWhoIAm();
  const say = useWords();
  const { data } = useCalls(me.advisor !== null);
  const acts = useCallActs();
  useKeys({ s: () => void acts.offThePhone() }, data?.calls.length === 0 && data.unrecordedSince !== null);
  if (!data) return null;
  const calls = [...data.calls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const quiet = calls.length === 0;
  if (quiet && data.missed.length === 0 && !data.pausedSince && !data.unrecordedSince) return null;
  const talking = calls.some((call) => call.state === 'talking');
  return (
    <div
      className={
        calls.some((call) => call.state === 'ringing' || call.state === 'passed') ? 'band-place over' : 'band-place'
      }
    >
      <section className="call-band" aria-label={say('bandLabel')}>
        <div aria-live="polite">
          {calls.map((call, index) => (
            <BandCall
              key={call.id}
              call={call}
              second={talking && call.state === 'ringing'}
              acts={acts}
              first={index === 0}
            />
          ))}
        </div>
        {data.unrecordedSince && (
          <p className="band-line">
            <Since words={say('bandUnrecorded', { time: '|' })} at={data.unrecordedSince} />
            <button type="button" className="band-do" onClick={() => void acts.offThePhone()}>
              {say('bandOver')} {quiet && <kbd>s</kbd>}
            </button>
          </p>
        )}
        {data.pausedSince && (
          <p className="band-line">
            <Since words={say('paused', { time: '|' })} at={data.pausedSince} />
            <button type="button" className="band-do" onClick={() => void acts.pause(false)}>
              {say('pauseEnd')}
            </button>
          </p>
        )}
        {quiet && data.missed.length > 0 && (
          <p className="band-line">
            <span>{say('bandMissed', { n: data.missed.length })}</span>
            <Link className="band-do" to="/calls">
              {say('bandSee')}
            </Link>
            <button type="button" className="band-do" onClick={() => void acts.seeMissed()}>
              {say('bandSeen')}
            </button>
          </p>
        )}
        {acts.problem && (
          <p className="band-line alarm" role="alert">
            {acts.problem}
          </p>
        )}
      </section>
    </div>
  );
}

/** What asks for a hand first. */
const order: readonly CallNow['state'][] = ['ringing', 'passed', 'talking', 'setAside', 'elsewhere', 'ended'];

function Since({ words, at }: { words: string; at: string }) {
  const [before, after] = words.split('|');
  return (
    <span>
      {before}
      <When at={at} as="past" />
      {after}
    </span>
  );
}
