import { plainSms, smsParts } from '../../../core/sms/parts.ts';
import type { CaseFileInfo, CustomerPage } from '../../../web/api/workspace/shapes.ts';
import { useWords } from '../../words/use-words.tsx';
import { Choice } from './choice.tsx';

export type ReplyBy = 'mail' | 'sms';

/** The ways there are to answer: the number an SMS would go to, the address a mail would. */
export function waysToReply({ customer }: CustomerPage): { sms: string | undefined; mail: string | undefined } {
  const points = customer.contactPoints;
  return {
    sms: points.find((point) => point.takesSms)?.shown,
    mail: points.find((point) => point.kind === 'mail' && !point.failing)?.value,
  };
}

/** As they wrote last. */
export function usualWay({ lastInBy }: CaseFileInfo, ways: ReturnType<typeof waysToReply>): ReplyBy {
  return lastInBy === 'sms' && ways.sms ? 'sms' : 'mail';
}

/** SMS, or mail, or the customer's page when there is no address. */
export function ChooseReplyBy({ by, onChange, mail }: { by: ReplyBy; onChange: (by: ReplyBy) => void; mail: boolean }) {
  const say = useWords();
  const options = [
    { value: 'mail', label: say(mail ? 'replyByMail' : 'replyByPage') },
    { value: 'sms', label: say('replyBySms') },
  ] as const;
  return <Choice label={say('replyBy')} name="reply-by" options={options} value={by} onChange={onChange} />;
}

/** How long it is as an SMS, signed, and what a rare letter costs. */
export function SmsCount({ text, name }: { text: string; name: string }) {
  const say = useWords();
  const { parts, gsm, used, left } = smsParts(`${plainSms(text)}\n${plainSms(name)}`);
  const count = say('smsCount', { n: used, parts: say('smsParts', { n: parts.length }) });
  return (
    <p className="soft num" role="status">
      {count}, {say('smsLeft', { n: left })}
      {!gsm && parts.length > 1 && <>. {say('smsWide')}</>}
    </p>
  );
}
