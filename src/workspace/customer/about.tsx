import type { CaseFileInfo, CustomerPage } from '../../web/api/workspace/shapes.ts';
import { useWhoIAm } from '../shell/me.ts';
import { lastDay, shortDay } from '../time/when.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import { CaseFiles } from './case-files.tsx';
import { Promises } from './promises.tsx';

/** Who this is, who looks after them, what we owe them. */
export function About({ page, caseFile }: { page: CustomerPage; caseFile: CaseFileInfo | undefined }) {
  const say = useWords();
  const style = useDateStyle();
  const { customer } = page;
  return (
    <aside className="desk-about" aria-label={say('about')}>
      <Promises page={page} />
      <CaseFiles page={page} caseFile={caseFile} />
      <section>
        <h2>{say('contact')}</h2>
        <p>
          {customer.advisor.name}
          {customer.advisor.away && (
            <span className="soft">
              {', '}
              {say('awayUntil', { until: lastDay(new Date(customer.advisor.away.until), new Date(), style) })}
            </span>
          )}
        </p>
        {customer.backups.length > 0 && (
          <p className="soft">
            {say('backups')} : {customer.backups.map((each) => each.name).join(', ')}
          </p>
        )}
        <Why page={page} caseFile={caseFile} />
      </section>
      <section>
        <h2>{say('contactPoints')}</h2>
        <ul className="plain">
          {customer.contactPoints.map((point) => (
            <li key={point.id} className={point.failing ? 'failing' : undefined}>
              <ContactPoint {...point} />
              {point.failing && <span className="alarm"> {say('failing')}</span>}
            </li>
          ))}
        </ul>
        {customer.persons.length > 0 && (
          <ul className="plain">
            {customer.persons.map((person) => (
              <li key={person.id}>
                {person.name}
                {person.role && <span className="soft">, {person.role}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{say('lines')}</h2>
        <ul className="plain">
          {customer.lines.map((line) => (
            <li key={line.reference}>
              {line.product} <span className="soft num">{line.reference}</span>
              <br />
              <span className="soft">{line.serviceLevel[style.locale]}</span>
            </li>
          ))}
        </ul>
        <p className="soft num">
          {say('reference', { reference: customer.reference })},{' '}
          {say('customerSince', { time: shortDay(new Date(customer.since), new Date(), style) })}
        </p>
      </section>
    </aside>
  );
}

function ContactPoint({ kind, value, shown }: { kind: 'phone' | 'mail' | 'postal'; value: string; shown: string }) {
  if (kind === 'phone')
    return (
      <a className="num" href={`tel:${value}`}>
        {shown}
      </a>
    );
  if (kind === 'mail') {
    const at = value.lastIndexOf('@') + 1;
    return (
      <span className="break">
        {value.slice(0, at)}
        <wbr />
        {value.slice(at)}
      </span>
    );
  }
  return <span className="lines soft">{value}</span>;
}

function Why({ page, caseFile }: { page: CustomerPage; caseFile: CaseFileInfo | undefined }) {
  const say = useWords();
  const me = useWhoIAm();
  const { locale } = useDateStyle();
  if (!caseFile) return null;
  const mine = caseFile.owner.id === me.advisor?.id;
  const decided = caseFile.why?.[locale] ?? [];
  const cameBy = caseFile.cameBy ?? 'own';
  const names = { owner: caseFile.owner.name, own: page.customer.advisor.name };
  const reasons = cameBy === 'own' && decided.length > 0 ? decided : [say(`why_${cameBy}`, names), ...decided];
  return (
    <details className="why">
      <summary>{mine ? say('whyYou') : say('whyThem', { name: caseFile.owner.name })}</summary>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  );
}
