import { Link } from 'react-router';
import type { OutboxMail } from '../../web/api/workspace/shapes.ts';
import { useOutbox } from '../api/queries.ts';
import { Failed } from '../shell/failed.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { When } from '../time/time.tsx';
import { sendingError } from '../words/sending-error.ts';
import { useWords } from '../words/use-words.tsx';
import { catalogue, type WordKey } from '../words/words.ts';

/** Mail and SMS that leave: what failed and what is doubtful first, then what waits, then what has gone. */
export function OutboxPage() {
  const say = useWords();
  const query = useOutbox();
  const mails = query.data?.mails ?? [];
  const more = query.data?.more;
  const twice = mails.filter((mail) => mail.perhapsTwice);
  const rest = mails.filter((mail) => !mail.perhapsTwice);
  return (
    <div className="page">
      <Title>{say('outboxTitle')}</Title>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={5} />}
      {query.data && !query.data.serverConfigured && <p className="page-lead">{say('outboxNoServer')}</p>}
      {query.data && !query.data.smsConfigured && mails.some((mail) => mail.channel === 'sms') && (
        <p className="page-lead">{say('outboxNoSms')}</p>
      )}
      {query.data && mails.length === 0 && (
        <div className="empty">
          <p>{say('outboxEmpty')}</p>
          <p className="soft">{say('outboxEmptyHint')}</p>
        </div>
      )}
      <Mails title="outboxFailed" mails={rest.filter((mail) => mail.state === 'failed')} more={more?.failed} alarming />
      <Mails title="outboxTwice" mails={twice} alarming />
      <Mails
        title="outboxWaiting"
        mails={rest.filter((mail) => mail.state === 'waiting' || mail.state === 'sending')}
        more={more?.waiting}
      />
      <Mails title="outboxSent" mails={rest.filter((mail) => mail.state === 'sent')} />
    </div>
  );
}

interface Listed {
  title: WordKey;
  mails: readonly OutboxMail[];
  /** How many older ones are not listed. */
  more?: number | undefined;
  alarming?: boolean;
}

function Mails({ title, mails, more = 0, alarming }: Listed) {
  const say = useWords();
  if (mails.length + more === 0) return null;
  return (
    <section className="group" aria-labelledby={title}>
      <h2 id={title} className={alarming ? 'alarm' : undefined}>
        {say(title)} <span className="group-count">{mails.length + more}</span>
      </h2>
      <ul className="rows">
        {mails.map((mail) => (
          <Mail key={mail.id} mail={mail} />
        ))}
      </ul>
      {more > 0 && <p className="soft">{say('outboxMore', { n: more })}</p>}
    </section>
  );
}

function Mail({ mail }: { mail: OutboxMail }) {
  const say = useWords();
  const kind = `outboxKind_${mail.kind}`;
  return (
    <li className="row mail-row">
      <p className="row-line">
        <span className="row-name break">
          {mail.customerId ? <Link to={`/customers/${mail.customerId}`}>{mail.customerName}</Link> : mail.to}
        </span>
        <span className="row-time">
          <When at={mail.stateAt} as="past" />
        </span>
      </p>
      <p className="row-line">
        <span className={mail.channel === 'sms' ? 'row-words break' : 'row-words'}>
          {mail.channel === 'sms' ? mail.text : mail.subject}
        </span>
      </p>
      <p className="row-line row-more">
        <span>{kind in catalogue ? say(kind as WordKey) : mail.kind}</span>
        {mail.customerId && <span className="break">{say('outboxTo', { name: mail.to })}</span>}
        {mail.channel === 'mail' && <span>{say('outboxFrom', { name: mail.fromName })}</span>}
        {mail.parts !== null && <span>{say('smsParts', { n: mail.parts })}</span>}
        {mail.arrived === true && <span>{say('outboxArrived')}</span>}
        {mail.arrived === false && <span className="alarm">{say('outboxNotArrived')}</span>}
        {mail.attempts > 1 && <span>{say('outboxAttempts', { n: mail.attempts })}</span>}
      </p>
      {mail.linkHidden && <p className="soft">{say('outboxLinkHidden')}</p>}
      {mail.lastError && mail.state !== 'sent' && <p className="alarm break">{sendingError(say, mail.lastError)}</p>}
      {mail.channel === 'mail' && (
        <details>
          <summary>{say('outboxShow')}</summary>
          <p className="lines sorter-text">{mail.text}</p>
        </details>
      )}
    </li>
  );
}
