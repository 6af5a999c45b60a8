import { useEffect, useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import type { Me } from '../../web/api/workspace/shapes.ts';
import { sendUnsent } from '../api/act.ts';
import { GoneError } from '../api/client.ts';
import { useConnected, useLive } from '../api/live.ts';
import { useMe } from '../api/queries.ts';
import { CallBand } from '../calls/call-band.tsx';
import { setLetterKeys, useKeys } from '../keyboard/keys.ts';
import { useWords, Words } from '../words/use-words.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Help } from './help.tsx';
import { MeContext } from './me.ts';
import { Navigation } from './navigation.tsx';
import { Palette, palette } from './palette.tsx';
import { SignedOut } from './signed-out.tsx';
import { Skeleton } from './skeleton.tsx';
import { StandIns } from './stand-ins.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useUndo } from './use-undo.ts';

/** The frame of every screen: who I am, where to go, what can be undone. */
export function Shell() {
  const me = useMe();
  useLive();
  const connected = useConnected();
  useEffect(() => {
    if (connected) sendUnsent();
  }, [connected]);
  useEffect(() => {
    if (!me.data) return;
    setLetterKeys(me.data.letterKeys);
    document.documentElement.lang = me.data.locale;
    wear(me.data.operator.accent);
  }, [me.data]);
  if (me.error instanceof GoneError) return <SignedOut />;
  if (!me.data) return <Skeleton rows={6} />;
  return (
    <MeContext value={me.data}>
      <Words locale={me.data.locale} zone={me.data.operator.timeZone}>
        <Frame />
      </Words>
    </MeContext>
  );
}

/** The operator's accent in place of ours. */
function wear({ light, onLight, dark, onDark }: Me['operator']['accent']): void {
  const { style } = document.documentElement;
  style.setProperty('--accent', `light-dark(${light}, ${dark})`);
  style.setProperty('--on-accent', `light-dark(${onLight}, ${onDark})`);
}

function Frame() {
  const say = useWords();
  const [help, setHelp] = useState(false);
  useEverywhereKeys(() => setHelp(true));
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <Navigation onHelp={() => setHelp(true)} />
      <div className="stage">
        <ConnectionBanner />
        <CallBand />
        <StandIns />
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <UndoBar />
      <Palette onHelp={() => setHelp(true)} />
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function useEverywhereKeys(openHelp: () => void): void {
  const go = useNavigate();
  const undo = useUndo();
  useKeys({
    '?': openHelp,
    '/': (event) => {
      event.preventDefault();
      palette.open();
    },
    t: () => go('/tray'),
    c: () => go('/'),
    b: () => go('/calls'),
    a: () => go('/absences'),
    u: () => void undo(),
  });
}
