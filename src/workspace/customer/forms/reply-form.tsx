import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { act } from '../../api/act.ts';
import { names } from '../../api/queries.ts';
import { useWhoIAm } from '../../shell/me.ts';
import { useWords } from '../../words/use-words.tsx';
import type { WordKey } from '../../words/words.ts';
import { useNext } from '../use-next.ts';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { ChooseReplyBy, SmsCount, usualWay, waysToReply } from './reply-by.tsx';
import { ReplyFiles, takesFiles, useReplyFiles } from './reply-files.tsx';
import { type DraftState, useDraft } from './use-draft.ts';

const draftWords: Record<Exclude<DraftState['saved'], 'nothing'>, WordKey> = {
  saving: 'draftSaving',
  saved: 'draftSaved',
  unsaved: 'draftUnsaved',
};

/** The answer to the customer, by SMS or mail. Waits when something newer has not been read. */
export function ReplyForm({ page, caseFile, close, text: taken }: CaseFormProps & { text: string | undefined }) {
  const say = useWords();
  const draft = useDraft(page, caseFile.id, 'reply', taken);
  const next = useNext(caseFile.id);
  const newer = useNewer(page, caseFile.id, caseFile.lastInId);
  const [problem, setProblem] = useState<string | null>(null);
  const files = useReplyFiles(page, caseFile.id);
  const box = useRef<HTMLTextAreaElement>(null);
  const ways = waysToReply(page);
  const [by, setBy] = useState(() => usualWay(caseFile, ways));
  const me = useWhoIAm();
  const submit = (thenDone: boolean) => {
    if (!draft.text.trim()) {
      setProblem(say('required'));
      box.current?.focus();
      return;
    }
    if (newer.waits || files.waiting) return;
    const fileIds = files.files.map((each) => each.id);
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    draft.sent();
    act(
      { kind: 'reply', ...matter, text: draft.text, seenUpTo: newer.seenId, fileIds: by === 'sms' ? [] : fileIds, by },
      page.customer.name,
    );
    if (thenDone) act({ kind: 'done', ...matter, words: say('doneSuggest_answered'), tell: false }, page.customer.name);
    close();
    next();
  };
  const description = () => {
    if (by === 'sms' && ways.sms) return say('replySmsTo', { name: ways.sms });
    return ways.mail ? `${ways.mail}. ${say('replySignature')}` : say('replyNoMail');
  };
  return (
    <FormFrame
      title={say('reply')}
      submit={say('send')}
      onSubmit={() => submit(false)}
      onClose={close}
      aside={
        <>
          <Button variant="default" onClick={() => submit(true)}>
            {say('sendAndDone')}
          </Button>
          <span className="draft-state soft" role="status">
            {draft.saved !== 'nothing' && say(draftWords[draft.saved])}
          </span>
        </>
      }
    >
      {newer.waits && (
        <p className="caution" role="alert">
          {say('newerArrived')}{' '}
          <button type="button" className="quiet-link" onClick={newer.read}>
            {say('readNewer')}
          </button>
        </p>
      )}
      {ways.sms && <ChooseReplyBy by={by} onChange={setBy} mail={ways.mail !== undefined} />}
      <Textarea
        ref={box}
        data-autofocus
        autoFocus
        label={say('replyLabel', { name: page.customer.name })}
        description={description()}
        value={draft.text}
        onChange={(event) => {
          draft.setText(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem}
        autosize
        minRows={4}
        maxRows={14}
        {...(by === 'mail' ? takesFiles(files) : {})}
      />
      {by === 'sms' ? (
        <SmsCount text={draft.text} name={me.advisor?.name ?? caseFile.owner.name} />
      ) : (
        <ReplyFiles state={files} />
      )}
    </FormFrame>
  );
}

/** Whether something came in after this answer was begun, and has not been read. */
function useNewer(page: CaseFormProps['page'], caseFileId: string, lastInId: string | null) {
  const queries = useQueryClient();
  const [seenId, setSeen] = useState(lastInId);
  return {
    seenId,
    waits: lastInId !== seenId,
    read: () => {
      setSeen(lastInId);
      void queries.invalidateQueries({ queryKey: names.customer(page.customer.id) });
      const entry = document.querySelector(`[data-entry="${lastInId}"]`);
      entry?.scrollIntoView({ block: 'center' });
      entry?.classList.add('just-in');
      if (!entry) document.querySelector(`[data-case="${caseFileId}"]`)?.scrollIntoView();
    },
  };
}
