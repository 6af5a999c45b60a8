import { Button } from '@mantine/core';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../words/use-words.tsx';

interface Props {
  title: string;
  submit: string;
  onSubmit: () => void;
  onClose: () => void;
  /** Beside the buttons: the state of the draft, a second way to submit. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A form of the composer: Ctrl Enter sends, Escape closes. */
export function FormFrame({ title, submit, onSubmit, onClose, aside, children }: Props) {
  const say = useWords();
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
  };
  return (
    <form className="composer-form" aria-label={title} onSubmit={send} onKeyDown={keys} noValidate>
      {children}
      <div className="composer-foot">
        <Button type="submit">
          {submit} <kbd>Ctrl ↵</kbd>
        </Button>
        {aside}
        <Button variant="subtle" onClick={onClose}>
          {say('close')} <kbd>Esc</kbd>
        </Button>
      </div>
    </form>
  );
}
