import { NavLink } from 'react-router';
import { Face } from '../customer/face.tsx';
import { useWords } from '../words/use-words.tsx';
import { useWhoIAm } from './me.ts';
import { palette } from './palette.tsx';

/** Where to go. Words, not icons; the key beside each. */
export function Navigation({ onHelp }: { onHelp: () => void }) {
  const me = useWhoIAm();
  const say = useWords();
  return (
    <nav className="rail" aria-label={say('mainNavigation')}>
      <p className="rail-house">
        {me.operator.logo && <img src={me.operator.logo} alt="" height={28} />}
        {me.operator.name}
      </p>
      <ul className="rail-places">
        {me.may.work && <Place to="/" label={say('navCaseload')} shortcut="c" />}
        {me.may.work && <Place to="/calls" label={say('navCalls')} shortcut="b" />}
        {me.may.watchPhones && <Place to="/wallboard" label={say('navWallboard')} />}
        {me.may.sortTray && <Place to="/tray" label={say('navTray')} shortcut="t" count={me.counts.tray} />}
        {me.may.work && <Place to="/absences" label={say('navAbsences')} shortcut="a" />}
        {me.may.seeOutbox && <Place to="/outbox" label={say('navOutbox')} count={me.counts.outboxFailed} alarming />}
        {me.may.work && <Page to={`/${me.locale}/staff/permanences`} label={say('navPermanences')} />}
        {me.may.work && <Page to={`/${me.locale}/staff/administration`} label={say('navAdministration')} />}
        {me.may.readFigures && <Page to={`/${me.locale}/staff/figures`} label={say('navFigures')} />}
        {me.role !== 'advisor' && <Page to={`/${me.locale}/staff/posts`} label={say('navPosts')} />}
        {(me.role === 'moderator' || me.role === 'administrator') && (
          <Page to={`/${me.locale}/staff/moderation`} label={say('navModeration')} />
        )}
      </ul>
      <ul className="rail-tools">
        <li>
          <button type="button" className="rail-place" onClick={() => palette.open()}>
            <span>{say('navSearch')}</span>
            <kbd>/</kbd>
          </button>
        </li>
        <li>
          <button type="button" className="rail-place" onClick={onHelp}>
            <span>{say('navHelp')}</span>
            <kbd>?</kbd>
          </button>
        </li>
      </ul>
      <div className="rail-me">
        <NavLink to="/preferences" className="rail-person">
          <Face name={me.name} src={me.advisor?.photo ?? undefined} />
          <span>{me.name}</span>
          <span className="unseen">, {say('navPreferences')}</span>
        </NavLink>
      </div>
    </nav>
  );
}

/** A page outside the workspace: it works without a script. */
function Page({ to, label }: { to: string; label: string }) {
  return (
    <li>
      <a href={to} className="rail-place">
        <span>{label}</span>
      </a>
    </li>
  );
}

function Place(props: { to: string; label: string; shortcut?: string; count?: number; alarming?: boolean }) {
  return (
    <li>
      <NavLink to={props.to} end className="rail-place">
        <span>{props.label}</span>
        {props.count ? <span className={props.alarming ? 'count alarming' : 'count'}>{props.count}</span> : null}
        {props.shortcut && <kbd>{props.shortcut}</kbd>}
      </NavLink>
    </li>
  );
}
