import { createSpotlight, Spotlight, type SpotlightActionGroupData, useSpotlight } from '@mantine/spotlight';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useFound } from '../api/queries.ts';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';
import { runCommand, useCommands } from './commands.ts';
import { useWhoIAm } from './me.ts';
import { useUndo } from './use-undo.ts';

export const [paletteStore, palette] = createSpotlight();

/** Ctrl K: everything that can be done here, customers, communes, words of messages; the shortcut beside each. */
export function Palette({ onHelp }: { onHelp: () => void }) {
  const say = useWords();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useFocusAtOnce(field);
  const groups = [...useActionGroup(words, onHelp), ...useFoundGroups(words)];
  useFirstChosen(groups);
  return (
    <Spotlight
      store={paletteStore}
      shortcut={['mod + K', 'mod + P']}
      query={words}
      onQueryChange={setWords}
      actions={groups}
      filter={(_, actions) => actions}
      limit={60}
      scrollable
      maxHeight={460}
      nothingFound={words.length < 2 ? say('searchEmpty') : say('paletteNothing')}
      searchProps={{ ref: field, placeholder: say('paletteHint'), 'aria-label': say('searchLabel') }}
      transitionProps={{ duration: 0 }}
      centered={false}
      yOffset="12vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
    />
  );
}

/** Mantine gives the focus a moment after opening: letters typed before that would act on the screen behind. */
function useFocusAtOnce(field: RefObject<HTMLInputElement | null>): void {
  const { opened } = useSpotlight(paletteStore);
  useEffect(() => {
    if (opened) field.current?.focus({ preventScroll: true });
  }, [opened, field]);
}

/** The first is chosen whenever others are listed: the palette itself chooses as one types, before the answer is there. */
function useFirstChosen(groups: readonly SpotlightActionGroupData[]): void {
  const listed = groups.flatMap(({ actions }) => actions.map(({ id }) => id)).join();
  useEffect(() => {
    if (listed && paletteStore.getState().opened) chooseFirst();
  }, [listed]);
}

/** As Mantine chooses, whose own function for it cannot be imported. */
function chooseFirst(): void {
  const list = document.getElementById(paletteStore.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

function useActionGroup(words: string, onHelp: () => void): SpotlightActionGroupData[] {
  const say = useWords();
  const go = useNavigate();
  const me = useWhoIAm();
  const undo = useUndo();
  const here = useCommands();
  const place = (to: string) => () => go(to);
  const everywhere: [WordKey, string | null, () => void][] = [
    ['keyCaseload', 'c', place('/')],
    ...(me.may.sortTray ? [['keyTray', 't', place('/tray')] as [WordKey, string, () => void]] : []),
    ['keyAbsences', 'a', place('/absences')],
    ...(me.may.seeOutbox ? [['outboxTitle', null, place('/outbox')] as [WordKey, null, () => void]] : []),
    ['keyUndo', 'u', () => void undo()],
    ['navPreferences', null, place('/preferences')],
    ['keyHelp', '?', onHelp],
  ];
  const all = [...here.map((each) => [each.label, each.key, () => runCommand(each)] as const), ...everywhere];
  const shown = all.filter(([label]) => matches(say(label), words));
  if (shown.length === 0) return [];
  return [
    {
      group: say('paletteActions'),
      actions: shown.map(([label, key, onClick]) => ({
        id: label,
        label: say(label),
        onClick,
        rightSection: key ? <kbd>{key}</kbd> : undefined,
      })),
    },
  ];
}

function useFoundGroups(words: string): SpotlightActionGroupData[] {
  const say = useWords();
  const go = useNavigate();
  const { data } = useFound(words);
  if (!data || words.trim().length < 2) return [];
  const groups: SpotlightActionGroupData[] = [
    {
      group: say('paletteCustomers'),
      actions: data.customers.map((each) => ({
        id: each.id,
        label: each.name,
        description: [each.commune, each.found, say('servedBy', { name: each.advisorName })]
          .filter(Boolean)
          .join(' · '),
        onClick: () => go(`/customers/${each.id}`),
      })),
    },
    {
      group: say('paletteCommunes'),
      actions: data.communes.map((each) => ({
        id: each.insee,
        label: `${each.name} ${each.postcodes[0] ?? ''}`,
        description: each.advisors.map((one) => [one.name, one.sector].filter(Boolean).join(', ')).join(' · '),
        onClick: () => go(`/search?q=${encodeURIComponent(each.name)}`),
      })),
    },
    {
      group: say('paletteMessages'),
      actions: data.words.slice(0, 8).map((each) => ({
        id: `${each.caseFileId}-${each.at}`,
        label: `${each.customerName} · ${each.subject}`,
        description: each.excerpt.slice(0, 120),
        onClick: () => go(`/customers/${each.customerId}?case=${each.caseFileId}`),
      })),
    },
  ];
  return groups.filter((group) => group.actions.length > 0);
}

function matches(label: string, words: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(label).includes(plain(words.trim()));
}
