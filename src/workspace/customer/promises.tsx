import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CaseFileInfo, CustomerPage, OpenCommitment } from '../../web/api/workspace/shapes.ts';
import { act } from '../api/act.ts';
import { usePending } from '../api/held.ts';
import { usePromiseTimes } from '../api/promise-times.ts';
import { useNow } from '../time/now.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import { WithdrawForm } from './forms/withdraw-form.tsx';
import { takenBackAs, useTakenBack } from './use-taken-back.ts';

/** What is promised to this customer and not kept yet; a promise can be marked as kept or taken back here. */
export function Promises({ page }: { page: CustomerPage }) {
  const say = useWords();
  const pending = usePending(page.held);
  const settled = new Set(
    pending.flatMap((each) => (each.kind === 'keep' || each.kind === 'withdraw' ? [each.commitmentId] : [])),
  );
  const open = page.caseFiles.flatMap((caseFile) => {
    const left = caseFile.commitments.filter((commitment) => !settled.has(commitment.id));
    return left.map((commitment) => ({ caseFile, commitment, last: left.length === 1 }));
  });
  return (
    <section>
      <h2>{say('openPromises')}</h2>
      {open.length === 0 && <p className="soft">{say('noPromise')}</p>}
      <ul className="plain promises">
        {open.map((each) => (
          <Promised key={each.commitment.id} page={page} {...each} />
        ))}
      </ul>
    </section>
  );
}

interface PromisedProps {
  page: CustomerPage;
  caseFile: CaseFileInfo;
  commitment: OpenCommitment;
  /** No other promise is left open on its case file. */
  last: boolean;
}

function Promised({ page, caseFile, commitment, last }: PromisedProps) {
  const say = useWords();
  const now = useNow();
  const late = new Date(commitment.dueAt) < now;
  const [before, after] = say(`promise_${commitment.kind}`, { time: '|' }).split('|');
  return (
    <li className="promise">
      <p className={late ? 'alarm' : undefined}>
        {late && `${say('overdue')} · `}
        {before}
        <When at={commitment.dueAt} as="due" />
        {after}
      </p>
      {commitment.words && <p className="soft">{commitment.words}</p>}
      {commitment.kind !== 'answer' && (
        <Settle page={page} caseFile={caseFile} commitmentId={commitment.id} last={last} />
      )}
    </li>
  );
}

interface SettleProps {
  page: CustomerPage;
  caseFile: CaseFileInfo;
  commitmentId: string;
  last: boolean;
}

/** Kept, or taken back with words. An answer is settled by answering. */
function Settle({ page, caseFile, commitmentId, last }: SettleProps) {
  const say = useWords();
  const times = usePromiseTimes();
  const back = useTakenBack();
  const withdrawn = takenBackAs(back, 'withdraw');
  const before = withdrawn?.commitmentId === commitmentId ? withdrawn : undefined;
  const [withdrawing, setWithdrawing] = useState(false);
  const takenBackAt = before && back?.at;
  useEffect(() => {
    if (takenBackAt) setWithdrawing(true);
  }, [takenBackAt]);
  const opener = useRef<HTMLButtonElement>(null);
  const keep = () => {
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act(
      { kind: 'keep', ...matter, commitmentId, nextNewsAt: last ? (times.at(-1) ?? null) : null },
      page.customer.name,
    );
  };
  const close = () => {
    setWithdrawing(false);
    opener.current?.focus();
  };
  return (
    <>
      <div className="promise-settle">
        <Button variant="default" size="compact-sm" onClick={keep}>
          {say('keepPromise')}
        </Button>
        <Button
          ref={opener}
          variant="subtle"
          size="compact-sm"
          aria-expanded={withdrawing}
          onClick={() => setWithdrawing(!withdrawing)}
        >
          {say('withdraw')}
        </Button>
      </div>
      {withdrawing && (
        <WithdrawForm
          key={takenBackAt}
          page={page}
          caseFile={caseFile}
          commitmentId={commitmentId}
          last={last}
          before={before}
          close={close}
        />
      )}
    </>
  );
}
