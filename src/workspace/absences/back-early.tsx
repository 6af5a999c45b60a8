import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AbsenceInfo } from '../../web/api/workspace/shapes.ts';
import { send } from '../api/client.ts';
import { names } from '../api/queries.ts';
import { useWords } from '../words/use-words.tsx';

/** Ends an absence now, or takes a coming one back. */
export function BackEarly({ absence }: { absence: AbsenceInfo }) {
  const say = useWords();
  const queries = useQueryClient();
  const [failed, setFailed] = useState(false);
  const end = () =>
    send('POST', `/api/v1/workspace/absences/${absence.id}/end`)
      .then(() => {
        void queries.invalidateQueries({ queryKey: names.absences });
        void queries.invalidateQueries({ queryKey: names.me });
      })
      .catch(() => setFailed(true));
  return (
    <p>
      <Button variant="default" size="compact-sm" onClick={() => void end()}>
        {say(absence.state === 'coming' ? 'absenceTakeBack' : 'absenceEnd')}
      </Button>
      {failed && (
        <span className="problem" role="alert">
          {say('refusal_failed')}
        </span>
      )}
    </p>
  );
}
