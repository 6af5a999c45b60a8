import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read-fixtures.ts';
import { parseMail } from './parse-mail.ts';
import { headerOf } from './parsed-mail.ts';

const read = (name: string) => parseMail(fixture(name));
const mail = (...lines: string[]) => parseMail(Buffer.from(lines.join('\r\n'), 'utf8'));

describe('the charset ladder', () => {
  it.each([
    ['gbk-raw-headers', '李小雨', '我的网络从星期一起断了，请尽快回复', '请告诉我什么时候可以修好'],
    ['shift-jis-undeclared', '山田花子', 'インターネットが繋がりません', 'いつ直りますか'],
    ['koi8-raw-headers', 'Анна Вымышленная', 'Нет интернета уже третий день', 'Здравствуйте'],
    ['iso-2022-jp-raw-header', '鈴木一郎', '回線の障害について', '回線が止まっています'],
    ['utf8-declared-latin1', 'Élodie Fictive', 'Ligne coupée à Pontarlier', 'J’ai déjà redémarré la box'],
    ['windows-1252-declared-utf8', 'Élodie Fictive', 'Facture de 45 € déjà payée', 'ça presse — Élodie (45 €)'],
    ['split-encoded-words', 'Zoé Inventée', 'Réponse urgente, svp à propos du dossier et la suite', 'Texte.'],
  ])('reads name, subject and text of %s', (name, sender, subject, text) => {
    const parsed = read(name);
    expect(parsed.from.name).toBe(sender);
    expect(parsed.subject).toBe(subject);
    expect(parsed.text).toContain(text);
    expect(parsed.text).not.toContain('\uFFFD');
  });

  it('takes the NUL out of the text and leaves the bytes alone', () => {
    const raw = fixture('nul-in-body');
    const parsed = parseMail(raw);
    expect(parsed.text).toBe('Avantaprès.\n');
    expect(parsed.subject).toBe('Nul ici');
    expect(raw.includes(0)).toBe(true);
  });

  it('believes the HTML itself when the header names no charset', () => {
    const parsed = read('html-only');
    expect(parsed.html).toContain('Coupé depuis');
    expect(parsed.text).toBe('Coupé depuis lundi.\n\nla photo [https://example.org/x]');
  });

  it('shows a letter that is only called base64', () => {
    expect(read('plain-text-called-base64').text).toContain("je n'ai pas encodé ce message");
  });
});

describe('the sender', () => {
  it.each([
    ['display-name-only', { name: 'Mairie de Montperdu', address: null }],
    ['no-from', { name: '', address: 'jean.invente@example.org' }],
    ['mailer-daemon-bare', { name: 'MAILER-DAEMON', address: null }],
    ['no-header-at-all', { name: '', address: null }],
  ])('is found in %s', (name, from) => {
    expect(read(name).from).toEqual(from);
  });

  it('never becomes an address that only a name spells out', () => {
    const parsed = read('name-with-hidden-address');
    expect(parsed.from).toEqual({ name: 'chef@example.org, Paul', address: 'paul@example.com' });
    expect(parsed.replyTo).toEqual([{ name: 'voleur@example.net', address: null }]);
  });

  it('is the first of several, and groups are opened', () => {
    const parsed = mail(
      'From: a@example.org, b@example.org',
      'To: Équipe: c@example.org, "D, E" <d@example.org>;',
      '',
      'x',
    );
    expect(parsed.from.address).toBe('a@example.org');
    expect(parsed.to.map((to) => to.address)).toEqual(['c@example.org', 'd@example.org']);
  });
});

describe('parts', () => {
  it('names files by RFC 2231 and RFC 2047, without their folders', () => {
    const parsed = read('rfc2231-filename');
    expect(parsed.attachments.map((each) => each.filename)).toEqual(['relevé de compte €.pdf', 'été.png']);
    expect(parsed.attachments[1]?.contentId).toBe('plan@example.org');
    expect(Buffer.from(parsed.attachments[0]?.bytes ?? []).toString()).toBe('%PDF-1.4\n');
  });

  it('takes uuencoded files out of the text and leaves talk about them in', () => {
    const parsed = read('uuencoded-block');
    expect(Buffer.from(parsed.attachments[0]?.bytes ?? []).toString()).toBe('Bonjour du Haut-Doubs');
    expect(parsed.attachments[0]?.filename).toBe('photo.txt');
    expect(parsed.text).toContain('begin 644 is only talk here\nA bientot.');
    expect(parsed.text).not.toContain('`');
  });

  it('opens winmail.dat and keeps it', () => {
    const parsed = read('winmail');
    expect(parsed.flags.tnef).toBe(true);
    expect(parsed.text).toBe('Bonjour, le schéma est joint.');
    expect(parsed.attachments.map((each) => each.filename)).toEqual(['winmail.dat', 'Schéma du répartiteur.txt']);
    expect(Buffer.from(parsed.attachments[1]?.bytes ?? []).toString()).toBe('paire 12, tete 4');
  });

  it('keeps both halves of an AppleDouble', () => {
    expect(read('apple-double').attachments.map((each) => each.contentType)).toEqual([
      'application/applefile',
      'image/jpeg',
    ]);
  });

  it('shows what an opaque signature holds', () => {
    const parsed = read('smime-opaque-signed');
    expect(parsed.flags).toMatchObject({ signed: true, encrypted: false });
    expect(parsed.text).toBe('Bonjour, ma ligne est coupée depuis lundi.\nLucie Fautif\n');
    expect(parsed.attachments.map((each) => each.filename)).toEqual(['smime.p7m']);
  });

  it('keeps and flags what is encrypted', () => {
    const parsed = read('smime-encrypted');
    expect(parsed.flags).toMatchObject({ signed: false, encrypted: true });
    expect(parsed.attachments).toHaveLength(1);
  });

  it('keeps a forwarded mail and a calendar part beside the letter', () => {
    const parsed = read('forward-with-calendar');
    expect(parsed.text).toBe('Voici le rendez-vous proposé.');
    expect(parsed.attachments.map((each) => each.contentType)).toEqual(['message/rfc822', 'text/calendar']);
    expect(parsed.references).toEqual(['first@example.org', 'abc@example.org']);
    expect(parsed.inReplyTo).toBe('abc@example.org');
  });

  it('reads a multipart whose boundary never comes, and one that names none', () => {
    expect(read('boundary-never-comes').text).toContain('Le texte est ici');
    expect(read('boundary-undeclared').text).toBe('Lu quand meme.');
    expect(read('boundary-undeclared').attachments.map((each) => each.filename)).toEqual(['releve.csv']);
  });

  it('takes a mail without any header as its text', () => {
    const parsed = read('no-header-at-all');
    expect(parsed.text).toContain('je n’ai plus de téléphone');
    expect(parsed.warnings).toContain('no header at all');
  });

  it('joins flowed lines and leaves the signature mark alone', () => {
    const parsed = mail(
      'Content-Type: text/plain; format=flowed',
      '',
      'une phrase ',
      'qui continue',
      '> cité ',
      'non',
      '-- ',
      'Paul',
    );
    expect(parsed.text).toBe('une phrase qui continue\n> cité \nnon\n-- \nPaul');
  });

  it('lets no line end or control sign into a file name or subject', () => {
    const parsed = mail(
      'Subject: =?utf-8?Q?Bonjour=0D=0ABcc:_x@example.org?=',
      'Content-Type: application/pdf; name="=?utf-8?Q?a=0D=0Ab=E2=80=AEfdp.exe?="',
      '',
      'x',
    );
    expect(parsed.subject).toBe('Bonjour Bcc: x@example.org');
    expect(parsed.attachments[0]?.filename).toBe('abfdp.exe');
  });

  it('looks headers up by name', () => {
    const parsed = mail('X-Ligne: =?utf-8?Q?d=C3=A9j=C3=A0?=', '', '');
    expect(headerOf(parsed, 'x-ligne')).toBe('déjà');
    expect(headerOf(parsed, 'x-autre')).toBeNull();
  });
});

describe('dates', () => {
  it.each([
    ['Tue, 3 Nov 2026 08:15:00 +0100', '2026-11-03T07:15:00.000Z'],
    ['3 Nov 26 08:15 EST (comment)', '2026-11-03T13:15:00.000Z'],
    ['Tue Nov  3 08:15:00 2026', '2026-11-03T08:15:00.000Z'],
    ['2026-11-03T08:15:00+01:00', '2026-11-03T07:15:00.000Z'],
  ])('reads %s', (value, expected) => {
    expect(mail(`Date: ${value}`, '', '').date?.toISOString()).toBe(expected);
  });

  it.each(['', 'demain', '33 Nov 2026 08:15:00 +0100', 'Tue, 3 Nov 2026 59:10 -0500'])(
    'reads none in "%s"',
    (value) => {
      expect(mail(`Date: ${value}`, '', '').date).toBeNull();
    },
  );
});
