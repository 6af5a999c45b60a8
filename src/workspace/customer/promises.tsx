import { Button } from '@mantine/core';
import type { CustomerPage, OpenCommitment } from '../../web/api/workspace/shapes.ts';
import { act } from '../api/act.ts';
import { usePending } from '../api/held.ts';
import { usePromiseTimes } from '../api/promise-times.ts';
import { useNow } from '../time/now.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';

/** What is promised to this customer and not kept yet; a promise can be marked as kept here. */
export function Promises({ page }: { page: CustomerPage }) {
  const say = useWords();
  const pending = usePending(page.held);
  const kept = new Set(pending.flatMap((each) => (each.kind === 'keep' ? [each.commitmentId] : [])));
  const open = page.caseFiles
    .flatMap((caseFile) => caseFile.commitments.map((commitment) => ({ caseFile, commitment })))
    .filter(({ commitment }) => !kept.has(commitment.id));
  return (
    <section>
      <h2>{say('openPromises')}</h2>
      {open.length === 0 && <p className="soft">{say('noPromise')}</p>}
      <ul className="plain promises">
        {open.map(({ caseFile, commitment }) => (
          <Promised
            key={commitment.id}
            commitment={commitment}
            keep={(nextNewsAt) =>
              act(
                {
                  kind: 'keep',
                  customerId: page.customer.id,
                  caseFileId: caseFile.id,
                  commitmentId: commitment.id,
                  nextNewsAt: caseFile.commitments.length === 1 ? nextNewsAt : null,
                },
                page.customer.name,
              )
            }
          />
        ))}
      </ul>
    </section>
  );
}

function Promised({ commitment, keep }: { commitment: OpenCommitment; keep: (nextNewsAt: string | null) => void }) {
  const say = useWords();
  const now = useNow();
  const times = usePromiseTimes();
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
        <Button variant="default" size="compact-sm" onClick={() => keep(times.at(-1) ?? null)}>
          {say('keepPromise')}
        </Button>
      )}
    </li>
  );
}
