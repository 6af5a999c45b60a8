import { kindWords, replaySentences } from '../../../core/routing/replay-words.ts';
import { dueTimeInWriting } from '../../../core/text/dates.ts';
import type { ReplayExample, ReplayReport } from '../../../desk/replay/report.ts';
import type { Scene } from '../../ui/page.tsx';

/** What the numbers typed would have changed in the days just gone: kinds before and after, sentences, examples. */
export function PolicyReplay({ scene, report }: { scene: Scene; report: ReplayReport | null }) {
  const { say, locale, style } = scene;
  if (!report)
    return (
      <section>
        <h2>{say('policyReplay')}</h2>
        <p>{say('policyReplayTooMany')}</p>
      </section>
    );
  const [first, ...rest] = replaySentences(report, locale);
  const at = (instant: Date) => dueTimeInWriting(instant, report.until, style);
  return (
    <section aria-labelledby="replay">
      <h2 id="replay">{say('policyReplay')}</h2>
      <p>{say('policyReplayDays', { since: at(report.since), until: at(report.until) })}</p>
      <p>
        <strong>{first}</strong>
      </p>
      {report.kinds.length > 0 ? (
        <section class="figures" aria-labelledby="replay" tabindex={0}>
          <table>
            <thead>
              <tr>
                <td></td>
                <th scope="col">{say('policyReplayBefore')}</th>
                <th scope="col">{say('policyReplayAfter')}</th>
              </tr>
            </thead>
            <tbody>
              {report.kinds.map(({ kind, before, after }) => (
                <tr key={kind}>
                  <th scope="row">{kindWords(kind, locale)}</th>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      <ul>
        {rest.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {report.examples.map((example) => (
        <Example key={example.id} scene={scene} example={example} when={at(example.at)} />
      ))}
    </section>
  );
}

interface ExampleProps {
  scene: Scene;
  example: ReplayExample;
  when: string;
}

function Example({ scene: { say, locale }, example, when }: ExampleProps) {
  const { like, kinds, before, after } = example;
  return (
    <>
      <h3>{say('policyReplayExample', { when, like })}</h3>
      <p>
        <strong>{say('policyReplayBefore')}</strong> {kindWords(kinds[0], locale)}. {before[locale].join(' ')}
      </p>
      <p>
        <strong>{say('policyReplayAfter')}</strong> {kindWords(kinds[1], locale)}. {after[locale].join(' ')}
      </p>
    </>
  );
}
