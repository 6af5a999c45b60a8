import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

/** Why an SMS of ours was not handed over: our own two reasons. Any other is what the network said, in its words. */
export type OwnRefusal = 'too_late' | 'no_longer_on_file';

/** What Visavis tells the staff about an SMS, as an internal note on the customer's timeline. */
export type SmsNews = { kind: 'not_sent'; why: string } | { kind: 'not_arrived' };

/** The note in the operator's language. It says what happened, what the SMS said, and what to do now. */
export function smsNewsWords(news: SmsNews, sms: { toPhone: string; text: string }, locale: Locale): string {
  const to = spacedPhone(sms.toPhone);
  const said = shortened(sms.text);
  const words =
    locale === 'fr'
      ? `${headInFrench(news, to)} Appelez, ou écrivez autrement.\nIl disait : « ${said} »`
      : `${headInEnglish(news, to)} Call, or write another way.\nIt said: “${said}”`;
  return typeset(words, locale);
}

function headInFrench(news: SmsNews, to: string): string {
  if (news.kind === 'not_arrived') return `Le SMS envoyé au ${to} n'est pas arrivé.`;
  return `Le SMS au ${to} n'est pas parti : ${isOwn(news.why) ? OWN[news.why].fr : `le réseau a dit « ${news.why.slice(0, 200)} »`}.`;
}

function headInEnglish(news: SmsNews, to: string): string {
  if (news.kind === 'not_arrived') return `The SMS to ${to} did not arrive.`;
  return `The SMS to ${to} was not sent: ${isOwn(news.why) ? OWN[news.why].en : `the network said “${news.why.slice(0, 200)}”`}.`;
}

const OWN: Record<OwnRefusal, Record<Locale, string>> = {
  too_late: {
    fr: 'il aurait dit trop tard ce qui ne vaut plus',
    en: 'it would have said too late what no longer holds',
  },
  no_longer_on_file: {
    fr: "le numéro n'est plus au dossier, ou son titulaire a écrit STOP",
    en: 'the number is no longer on file, or its owner wrote STOP',
  },
};

function isOwn(why: string): why is OwnRefusal {
  return why in OWN;
}

const SHOWN_LETTERS = 80;

function shortened(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > SHOWN_LETTERS ? `${line.slice(0, SHOWN_LETTERS).trimEnd()} …` : line;
}
