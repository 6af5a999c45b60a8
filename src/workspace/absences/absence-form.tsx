import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { absenceLimits, yearsAfter } from '../../core/commitments/absence-limits.ts';
import { dueTime } from '../../core/text/dates.ts';
import { Refused, send } from '../api/client.ts';
import { names, useColleagues } from '../api/queries.ts';
import { colleagueWords } from '../customer/forms/hand-over-form.tsx';
import { useWhoIAm } from '../shell/me.ts';
import { fromLocal, toLocal } from '../time/local.ts';
import { useNow } from '../time/now.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import { catalogue, type Say, type WordKey } from '../words/words.ts';

const BACKUPS = 'backups';

/** Plans an absence: whose, from when to when, who answers, and what they need to know. */
export function AbsenceForm() {
  const say = useWords();
  const me = useWhoIAm();
  const style = useDateStyle();
  const { zone } = style;
  const now = useNow();
  const queries = useQueryClient();
  const { data } = useColleagues();
  const [whose, setWhose] = useState(me.advisor?.id ?? null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [cover, setCover] = useState(BACKUPS);
  const [handover, setHandover] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [entered, setEntered] = useState<string | null>(null);
  const colleagues = data?.colleagues ?? [];
  const mine = whose === me.advisor?.id;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const startsAt = fromLocal(`${from}T00:00`, zone);
    const endsAt = fromLocal(`${dayAfter(to)}T00:00`, zone);
    setEntered(null);
    if (!whose) return setProblem(say('chooseSomeone'));
    if (!startsAt || !endsAt)
      return setProblem(say(from && to ? 'absenceRefusal_other' : 'absenceRefusal_ends_before_it_starts'));
    try {
      const answer = await send<{ answers: string }>('POST', '/api/v1/workspace/absences', {
        advisorId: whose,
        startsAt,
        endsAt,
        coverId: cover === BACKUPS ? null : cover,
        handover,
      });
      setProblem(null);
      setEntered(say('absenceEntered', { name: answer.answers }));
      setFrom('');
      setTo('');
      setHandover('');
      void queries.invalidateQueries({ queryKey: names.absences });
      void queries.invalidateQueries({ queryKey: names.me });
    } catch (error) {
      setProblem(refusal(error, say, (at) => dueTime(new Date(at), new Date(), style)));
    }
  };

  return (
    <details className="absence-form">
      <summary>{say('absenceNew')}</summary>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {me.may.enterAnyAbsence && (
          <Select
            searchable
            label={say('absenceWho')}
            data={[
              ...(me.advisor ? [{ value: me.advisor.id, label: me.advisor.name }] : []),
              ...colleagues.map((each) => ({ value: each.id, label: each.name })),
            ]}
            value={whose}
            onChange={setWhose}
          />
        )}
        <div className="pair">
          <TextInput
            type="date"
            label={say('absenceFrom')}
            value={from}
            min={firstStart(now, zone)}
            max={lastEnd('', now, zone)}
            onChange={(e) => setFrom(e.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={say('absenceTo')}
            value={to}
            min={from}
            max={lastEnd(from, now, zone)}
            onChange={(e) => setTo(e.currentTarget.value)}
          />
        </div>
        <Select
          searchable
          label={say(mine ? 'absenceCoverMine' : 'absenceCover')}
          data={[
            { value: BACKUPS, label: say('absenceCoverDefault') },
            ...colleagues
              .filter((each) => each.id !== whose)
              .map((each) => ({ value: each.id, label: colleagueWords(each, say) })),
          ]}
          value={cover}
          onChange={(value) => setCover(value ?? BACKUPS)}
          allowDeselect={false}
        />
        <Textarea
          label={say('absenceHandover')}
          description={say('absenceHandoverHint')}
          value={handover}
          onChange={(event) => setHandover(event.currentTarget.value)}
          autosize
          minRows={3}
        />
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit">{say('absenceEnter')}</Button>
      </form>
      <p role="status">{entered}</p>
    </details>
  );
}

/** Holidays are said in whole days: until the 12th means the 12th as well. */
function dayAfter(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at + 86_400_000).toISOString().slice(0, 10);
}

/** The first day an absence may start on. */
function firstStart(now: Date, zone: string): string {
  return dayAfter(dayIn(yearsAfter(now, -absenceLimits.yearsPast), zone));
}

/** The last day of an absence that starts on `from`; of any while none is chosen. */
function lastEnd(from: string, now: Date, zone: string): string {
  const ends = [yearsAfter(now, absenceLimits.yearsAhead), yearsAfter(new Date(from), absenceLimits.yearsLong)];
  const first = Math.min(...ends.map(Number).filter((at) => !Number.isNaN(at)));
  return dayIn(new Date(first - 86_400_000), zone);
}

function dayIn(at: Date, zone: string): string {
  return toLocal(at.toISOString(), zone).slice(0, 10);
}

function refusal(error: unknown, say: Say, timeOf: (at: string) => string): string {
  if (!(error instanceof Refused)) return say('loadFailed');
  const { refusal: why, about = {} } = error.problem;
  const filled = about.at ? { ...about, time: timeOf(about.at) } : about;
  const key = `absenceRefusal_${why ?? 'other'}`;
  return say(key in catalogue ? (key as WordKey) : 'absenceRefusal_other', filled);
}
