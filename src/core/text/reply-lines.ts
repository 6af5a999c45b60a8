// What single lines of a reply are: quotation, attribution ("On Monday X wrote:"), mail header, signature.

export type LineKind = 'empty' | 'quote' | 'delimiter' | 'signature' | 'code' | 'text';

/** The kind of each line; lines between code fences are code whatever they look like. */
export function kindsOf(lines: readonly string[]): LineKind[] {
  let fenced = false;
  return lines.map((line) => {
    if (/^\s{0,3}```/.test(line)) {
      fenced = !fenced;
      return 'code';
    }
    return fenced ? 'code' : kindOf(line);
  });
}

function kindOf(line: string): LineKind {
  const plain = line.trim();
  if (plain === '' || plain === 'ᐧ') return 'empty';
  if (/^(>|&gt;|[A-Z][a-z]{0,20}> |[A-Z]>$)/.test(plain) || /^\|(?:\s[^|]*)?$/.test(plain)) return 'quote';
  if (/^([-_=#*~+])(?:\s?\1){1,200}$/.test(plain) || /^[—–]{1,3}$/.test(plain)) return 'delimiter';
  return signatureLine.test(plain) && plain.length < 200 ? 'signature' : 'text';
}

const signatureLine = new RegExp(
  `^[<([*_]{0,3}\\s{0,2}(?:${[
    'sent (?:from|via|with|by|using)\\b',
    'someone from mobile',
    'from my \\w',
    'get \\[?outlook for',
    'envoyé[es]? (?:de(?:puis)?|à partir d|avec|via|par) ?',
    "envoyé à partir d[e'’]",
    '(?:télécharger|obtenir|téléchargez) \\[?outlook pour',
    'provenance : courrier',
    'von meinem .{1,60}(?:gesendet|gesandt)',
    'gesendet (?:von|mit|über) ',
    'diese nachricht wurde von .{1,80}gesendet',
    'outlook für .{1,20}(?:beziehen|herunterladen)',
    'enviado (?:desde|do|a partir|com|via) ',
    'inviato (?:da|dal|con) ',
    'verzonden (?:met|vanaf|via) ',
    'verstuurd vanaf ',
    'send[te]?t? (?:fra|med) ',
    'skickat från ',
    'wysłane? (?:z|ze|przy) ',
    'отправлено (?:с|из|от) ',
    'надіслано (?:з|із) ',
    'lähetetty ',
    '[從从]我的',
    '[發发]自我?的?',
    '.{0,20}から送信',
  ].join('|')})`,
  'iu',
);

const leadIn =
  /^[\s*_>-]{0,6}(?:on|at|le|am|el|il|op|em|den|dne|dnia|w dniu|på|på den|em|vào|в|у|在|於|20\d\d|\d{1,2}[ ./-]|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)(?=[\s,\d:./-]|$)/iu;
const verb =
  /(?:\bwrote|\bwrites|\bsaid|a écrit|écrivait|\bschrieb(?: am .{5,60})?|geschrieben|escribi[óo]|ha scritto|\bscrisse|het volgende(?: geschreven)?|\bschreef|\bskrev|napisał(?:\(a\)|a)?|написала?|пише|пишет|написав|escreveu|kirjoitti|写道|寫道|のメッセージ)\s*[:：]?\s*-{0,6}\s*$/iu;
const verbWithin =
  /\s(?:schrieb|skrev|schreef|scrisse|kirjoitti|napisał|wrote|a écrit|escribió|escreveu)\s.{1,200}(?:>|\))\s?:$/iu;
const address = /[^\s<>]{1,100}@[^\s<>]{1,100}/;

/** How many lines, from `at` on, form an attribution; 0 when none begins there. */
export function attributionLength(lines: readonly string[], at: number): number {
  let joined = '';
  for (let count = 1; count <= 4; count += 1) {
    const line = lines[at + count - 1]?.trim() ?? '';
    if (line === '') return 0;
    joined = joined === '' ? line : `${joined} ${line.replace(/^>+\s+/, '')}`;
    if (joined.length > 500) return 0;
    if (count === 1 && !mayBegin(joined)) return 0;
    if (isAttribution(joined)) return count;
  }
  return 0;
}

function mayBegin(line: string): boolean {
  return leadIn.test(line) || address.test(line) || line.includes('<') || verb.test(line);
}

function isAttribution(joined: string): boolean {
  const plain = joined.replace(/^[>\s*_-]{1,10}/, '').replace(/[*_]+$/, '');
  if (verb.test(plain)) return /\d/.test(plain) || address.test(plain);
  if (leadIn.test(plain) && /\d/.test(plain) && verbWithin.test(plain)) return true;
  if (/^\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.{0,200}<\s*[^<>\s]+@[^<>\s]+>:?$/.test(plain)) return true;
  return /^\d{4}-\d\d-\d\d \d\d:\d\d (?:GMT|UTC)[+-]\d\d:?\d\d \S.{0,80}$/.test(plain);
}

const sender = [
  'from',
  'de',
  'von',
  'da',
  'van',
  'från',
  'fra',
  'od',
  'от',
  'від',
  'lähettäjä',
  '发件人',
  '寄件者',
  '差出人',
];
const others = [
  'sent|date|to|cc|subject|reply-to|envoyé|date|à|cc|objet|répondre à|gesendet|datum|an|betreff|antwort an|enviado|enviada|fecha|para|asunto|assunto',
  'inviato|data|a|oggetto|risposta|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|wysłano|do|temat|отправлено|дата|кому|тема|发送时间|收件人|主题|日期',
].join('|');
const senderField = new RegExp(`^[>\\s]{0,4}\\*{0,2}(?:${sender.join('|')})\\s?:\\*{0,2}\\s*\\S`, 'iu');
const otherField = new RegExp(`^[>\\s]{0,4}\\*{0,2}(?:${others})\\s?:\\*{0,2}(?:\\s|$)`, 'iu');

/** Whether a quoted mail's header fields begin at this line: a sender field and two others close by. */
export function headersBegin(lines: readonly string[], at: number): boolean {
  if (!senderField.test(lines[at] ?? '')) return false;
  const following = lines.slice(at + 1, at + 9).filter((line) => line.trim() !== '');
  return following.slice(0, 6).filter((line) => otherField.test(line)).length >= 2;
}

const passedOn = new RegExp(
  `^[>\\s*_]{0,6}(?:-{2,}\\s*(?:${[
    'original message',
    'forwarded message',
    "message d[’']origine",
    'message original',
    'message initial',
    'message transféré',
    'ursprüngliche nachricht',
    'weitergeleitete nachricht',
    'mensaje original',
    'mensaje reenviado',
    'mensagem original',
    'messaggio (?:originale|inoltrato)',
    'oorspronkelijk bericht',
    'doorgestuurd bericht',
    'original(?:meddelande|nachricht)',
    'wiadomość oryginalna',
    'пересылаемое сообщение',
    'исходное сообщение',
  ].join(
    '|',
  )})|(?:begin forwarded message|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht)\\s?:)`,
  'iu',
);

/** Whether this line announces a mail passed on or answered: "-----Original Message-----" and the like. */
export function announcesMail(line: string): boolean {
  return line.length < 200 && passedOn.test(line);
}
