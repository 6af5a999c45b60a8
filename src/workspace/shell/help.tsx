import { Modal } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';

const groups: [WordKey, [string, WordKey][]][] = [
  [
    'helpMove',
    [
      ['j', 'keyNext'],
      ['k', 'keyPrevious'],
      ['Enter', 'keyOpen'],
      ['Esc', 'keyClose'],
    ],
  ],
  [
    'helpAct',
    [
      ['r', 'keyReply'],
      ['n', 'keyNote'],
      ['p', 'keyPromise'],
      ['h', 'keyHandOver'],
      ['w', 'keyWait'],
      ['e', 'keyDone'],
      ['v', 'keyEntry'],
      ['d', 'keyDial'],
      ['o', 'keyOpenCaller'],
      ['q', 'keyWho'],
      ['f', 'keyAddNumber'],
      ['l', 'keyPassOn'],
      ['m', 'keyFinishing'],
      ['s', 'keyOver'],
      ['x', 'keyFinished'],
      ['u', 'keyUndo'],
    ],
  ],
  [
    'helpEverywhere',
    [
      ['Ctrl K', 'keyPalette'],
      ['/', 'keySearch'],
      ['c', 'keyCaseload'],
      ['b', 'keyCalls'],
      ['t', 'keyTray'],
      ['a', 'keyAbsences'],
      ['?', 'keyHelp'],
    ],
  ],
];

/** Every key and what it does. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('helpTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <div className="help">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{say(title)}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{say(meaning)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="soft">{say('helpHint')}</p>
    </Modal>
  );
}
