import type { AbsenceInfo } from '../../web/api/workspace/shapes.ts';
import { useAbsences } from '../api/queries.ts';
import { Failed } from '../shell/failed.tsx';
import { useWhoIAm } from '../shell/me.ts';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { shortDay } from '../time/when.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';
import { AbsenceForm } from './absence-form.tsx';
import { BackEarly } from './back-early.tsx';

const states: readonly [AbsenceInfo['state'], WordKey][] = [
  ['now', 'absencesNow'],
  ['coming', 'absencesComing'],
  ['over', 'absencesOver'],
];

/** Who is away, who answers instead, and one's own next absence. */
export function AbsencesPage() {
  const say = useWords();
  const query = useAbsences();
  const absences = query.data?.absences ?? [];
  return (
    <div className="page">
      <Title>{say('absencesTitle')}</Title>
      <AbsenceForm />
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={3} />}
      {query.data && absences.every((each) => each.state === 'over') && (
        <div className="empty">
          <p>{say('absencesNone')}</p>
          <p className="soft">{say('absencesNoneHint')}</p>
        </div>
      )}
      {states.map(([state, title]) => {
        const shown = absences.filter((each) => each.state === state);
        if (shown.length === 0) return null;
        return (
          <section key={state} className="group" aria-labelledby={title}>
            <h2 id={title}>
              {say(title)} <span className="group-count">{shown.length}</span>
            </h2>
            <ul className="rows">
              {shown.map((each) => (
                <Absence key={each.id} absence={each} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Absence({ absence }: { absence: AbsenceInfo }) {
  const say = useWords();
  const me = useWhoIAm();
  const style = useDateStyle();
  const day = (at: string) => shortDay(new Date(at), new Date(), style);
  const mine = absence.advisor.id === me.advisor?.id;
  const [answers] = absence.standIns;
  return (
    <li className="row mail-row">
      <p className="row-line">
        <span className="row-name">{absence.advisor.name}</span>
        <span className="row-time">
          {say('absenceSpan', { from: day(absence.startsAt), to: day(lastInstant(absence.endsAt)) })}
        </span>
      </p>
      {answers && absence.state !== 'over' && (
        <p className="row-words">{say('absenceAnswered', { name: answers.name })}</p>
      )}
      {absence.handover && absence.state !== 'over' && <p className="lines soft">{absence.handover}</p>}
      {absence.state !== 'over' && (mine || me.may.enterAnyAbsence) && <BackEarly absence={absence} />}
    </li>
  );
}

/** An absence that ends at midnight ends with the day before. */
function lastInstant(endsAt: string): string {
  return new Date(new Date(endsAt).getTime() - 1).toISOString();
}
