import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { spacedPhone } from '../../core/text/phone.ts';
import type { CallNow } from '../../web/api/workspace/shapes.ts';
import { Face } from '../customer/face.tsx';
import { useKeys } from '../keyboard/keys.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';
import { CallerFacts } from './caller-facts.tsx';
import { PassedWord, PassOn } from './pass-on.tsx';
import type { CallActs } from './use-call-acts.ts';
import { WhoIsCalling } from './who-is-calling.tsx';

const titles: Record<CallNow['state'], WordKey> = {
  ringing: 'bandRinging',
  talking: 'bandTalking',
  ended: 'bandEnded',
  elsewhere: 'bandElsewhere',
  setAside: 'bandNotDialled',
  passed: 'bandPassed',
};

/** One call: large while it rings, one line while they talk. The keys are the first call's. */
export function BandCall(props: { call: CallNow; second: boolean; first: boolean; acts: CallActs }) {
  const { call, second, first, acts } = props;
  const say = useWords();
  const go = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const { caller } = call;
  const mine = call.state !== 'elsewhere';
  const mayAdd = caller !== null && call.phone !== null && !call.numberOnFile && call.direction === 'in' && mine;
  const added = useAdded(call);
  const [passing, setPassing] = useState(false);
  const talking = call.state === 'talking';
  const passed = call.state === 'passed';
  const open = () => {
    if (caller) void go(`/customers/${caller.id}`);
  };
  useKeys(
    {
      ...(caller ? { o: open } : { q: (event: KeyboardEvent) => focusSearch(event, search.current) }),
      ...(mayAdd ? { f: () => void acts.addNumber(call.id) } : {}),
      ...(call.state === 'ended' ? { x: () => void acts.finish() } : {}),
      ...(talking
        ? { l: typed(() => setPassing(true)), m: () => void acts.finishing(), s: () => void acts.over(call.id, true) }
        : {}),
      ...(passed ? { l: () => void acts.take(call.id) } : {}),
    },
    first,
  );
  const name = caller?.name ?? say(call.phone ? 'bandUnknown' : 'bandWithheld');
  const nobody = caller === null && call.direction === 'in' && call.state === 'ringing' && !second;
  const dialling = call.direction === 'out' && call.state === 'ringing';
  const again = call.state === 'setAside' ? caller : null;
  const title = titleOf(call, second);
  return (
    <article className={`band-call ${call.state}`}>
      <div className="band-head">
        <Face name={name} />
        <p className="band-title">
          <strong>{nobody ? name : say(title, { name, at: call.at ?? say('bandColleague') })}</strong>
          <span className="soft">
            {[caller?.commune, call.phone && spacedPhone(call.phone)].flatMap((each) => (each ? `${each} · ` : []))}
            <When at={call.since} as="past" />
          </span>
        </p>
        <div className="band-does">
          {caller && (
            <Link className="band-do" to={`/customers/${caller.id}`}>
              {say('bandOpen')} {first && <kbd>o</kbd>}
            </Link>
          )}
          {mayAdd && (
            <button type="button" className="band-do" onClick={() => void acts.addNumber(call.id)}>
              {say('bandAddNumber')} {first && <kbd>f</kbd>}
            </button>
          )}
          {added && <span className="soft">{say('bandNumberAdded')}</span>}
          {talking && (
            <button type="button" className="band-do" onClick={() => setPassing(true)}>
              {say('passStart')} {first && <kbd>l</kbd>}
            </button>
          )}
          {talking && <Finishing call={call} acts={acts} shortcut={first} />}
          {talking && (
            <button type="button" className="band-do" onClick={() => void acts.over(call.id, true)}>
              {say('bandOver')} {first && <kbd>s</kbd>}
            </button>
          )}
          {passed && (
            <button type="button" className="band-do" onClick={() => void acts.take(call.id)}>
              {say('passTake')} {first && <kbd>l</kbd>}
            </button>
          )}
          {call.askOutcome && <Outcome call={call} acts={acts} />}
          {again && (
            <button type="button" className="band-do" onClick={() => void acts.dial(again.id, null)}>
              {say('bandDialAgain')}
            </button>
          )}
          {call.state === 'ended' && call.saidOver && (
            <button type="button" className="band-do" onClick={() => void acts.over(call.id, false)}>
              {say('bandGoesOn')}
            </button>
          )}
          {call.state === 'ended' && (
            <button type="button" className="band-do" onClick={() => void acts.finish()}>
              {say('bandFinished')} {first && <kbd>x</kbd>}
            </button>
          )}
        </div>
      </div>
      <PassedWord call={call} />
      {passing && talking && <PassOn call={call} acts={acts} close={() => setPassing(false)} />}
      {caller && (passed || call.state === 'ringing') && !dialling && <CallerFacts caller={caller} />}
      {!caller && mine && <WhoIsCalling call={call} acts={acts} box={search} shortcut={first} />}
    </article>
  );
}

function titleOf(call: CallNow, second: boolean): WordKey {
  if (call.state === 'setAside' && call.why === 'own_phone') return 'bandNotPickedUp';
  if (call.pickUp) return 'bandPickUp';
  if (call.direction === 'out' && call.state === 'ringing') return 'bandDialling';
  return second ? 'bandSecond' : titles[call.state];
}

/** One key says "free within a minute": a caller of mine may be held that long. */
function Finishing({ call, acts, shortcut }: { call: CallNow; acts: CallActs; shortcut: boolean }) {
  const say = useWords();
  if (call.finishingAt) return <span className="soft">{say('finishingSaid')}</span>;
  return (
    <button type="button" className="band-do" onClick={() => void acts.finishing()}>
      {say('finishing')} {shortcut && <kbd>m</kbd>}
    </button>
  );
}

/** The key itself does not go into the box it opens. */
const typed = (open: () => void) => (event: KeyboardEvent) => {
  event.preventDefault();
  open();
};

function Outcome({ call, acts }: { call: CallNow; acts: CallActs }) {
  const say = useWords();
  return (
    <>
      <button type="button" className="band-do" onClick={() => void acts.outcome(call.id, true)}>
        {say('outcomeTalked')}
      </button>
      <button type="button" className="band-do" onClick={() => void acts.outcome(call.id, false)}>
        {say('outcomeNoAnswer')}
      </button>
    </>
  );
}

/** True once the number came onto the file while this was on the screen. */
function useAdded({ numberOnFile }: CallNow): boolean {
  const before = useRef(numberOnFile);
  const [added, setAdded] = useState(false);
  useEffect(() => {
    if (numberOnFile && !before.current) setAdded(true);
    before.current = numberOnFile;
  }, [numberOnFile]);
  return added;
}

function focusSearch(event: KeyboardEvent, box: HTMLInputElement | null): void {
  event.preventDefault();
  box?.focus();
}
