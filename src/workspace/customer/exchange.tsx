import { useState } from 'react';
import type { InteractionEntry, MailState } from '../../web/api/workspace/shapes.ts';
import { useNow } from '../time/now.ts';
import { shortPast } from '../time/when.ts';
import { sendingError } from '../words/sending-error.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import { AttachedFile } from './attached-file.tsx';
import { MailFrame } from './mail-frame.tsx';
import { Moment } from './moment.tsx';

/** One exchange on one channel: short text first, the full one and the mail as it was sent one click away. */
export function Exchange(props: { entry: InteractionEntry; customerName: string; subject: string }) {
  const { entry, customerName, subject } = props;
  const say = useWords();
  const [full, setFull] = useState(false);
  const [framed, setFramed] = useState(false);
  const who = entry.direction === 'out' ? entry.who : customerName;
  const shortened = entry.trimmed.trim() !== entry.text.trim() && entry.trimmed.trim() !== '';
  const text = full || !shortened ? entry.text : entry.trimmed;
  return (
    <article className={`entry ${entry.direction}`} data-entry={entry.id}>
      <p className="entry-head">
        <strong>{who}</strong>
        <span className="entry-channel">
          {say(`channel_${entry.channel}`)}
          {entry.party && <span className="break">, {entry.party}</span>}
        </span>
        <Moment at={entry.at} />
      </p>
      {subject && <p className="entry-subject">{subject}</p>}
      {entry.caution && <p className="caution">{entry.caution}</p>}
      {framed ? <MailFrame entry={entry} who={who} /> : <p className="lines">{text}</p>}
      <p className="entry-foot">
        {shortened && !framed && (
          <button type="button" className="quiet-link" aria-expanded={full} onClick={() => setFull(!full)}>
            {say(full ? 'trimmedText' : 'fullText')}
          </button>
        )}
        {entry.hasHtml && (
          <button type="button" className="quiet-link" aria-expanded={framed} onClick={() => setFramed(!framed)}>
            {say(framed ? 'asText' : 'asSent')}
          </button>
        )}
        {entry.mail && <MailLine mail={entry.mail} />}
      </p>
      <Attachments entry={entry} />
    </article>
  );
}

function MailLine({ mail }: { mail: MailState }) {
  const say = useWords();
  const style = useDateStyle();
  const now = useNow();
  if (mail.state === 'failed')
    return <span className="alarm">{say('mailFailed', { error: sendingError(say, mail.error) })}</span>;
  if (mail.state === 'cancelled') return <span className="soft">{say('mailCancelled')}</span>;
  if (mail.arrived === false) return <span className="alarm">{say('outboxNotArrived')}</span>;
  if (mail.arrived === true) return <span className="soft">{say('outboxArrived')}</span>;
  if (mail.perhapsTwice) return <span className="alarm">{say('mailTwice')}</span>;
  if (mail.state === 'sent') return <span className="soft">{say('mailSent')}</span>;
  return <span className="soft">{say('leavesAt', { time: shortPast(new Date(mail.at), now, style) })}</span>;
}

function Attachments({ entry }: { entry: InteractionEntry }) {
  const say = useWords();
  if (entry.attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label={say('attachments', { n: entry.attachments.length })}>
      {entry.attachments.map((each) => (
        <AttachedFile key={each.id} href={`/api/v1/workspace/attachments/${each.id}`} file={each} />
      ))}
    </ul>
  );
}
