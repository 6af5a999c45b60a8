import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read-fixtures.ts';
import { parseMail } from './parse-mail.ts';

const mail = (...headers: string[]) => Buffer.from([...headers, '', 'Bonjour.'].join('\r\n'));
const kindOf = (...headers: string[]) => parseMail(mail('From: paul@example.org', ...headers)).automatic.kind;

describe('what a machine sent', () => {
  it.each([
    ['Auto-Submitted: auto-replied (vacation)', 'auto-reply'],
    ['Auto-Submitted: auto-generated', 'auto-generated'],
    ['X-Autoreply: yes', 'auto-reply'],
    ['X-Auto-Response-Suppress: OOF, AutoReply', 'auto-reply'],
    ['Precedence: bulk', 'bulk'],
    ['Precedence: list', 'list'],
    ['List-Id: <voisins.example.org>', 'list'],
    ['List-Unsubscribe: <mailto:stop@example.org>', 'list'],
    ['Return-Path: <>', 'null-return-path'],
    ['Subject: =?utf-8?Q?R=C3=A9ponse_automatique_=3A_cong=C3=A9s?=', 'auto-reply'],
    ['Subject: Abwesenheitsnotiz', 'auto-reply'],
    ['Content-Type: multipart/report; report-type=delivery-status; boundary=x', 'bounce'],
    ['Content-Type: multipart/report; report-type=disposition-notification; boundary=x', 'auto-generated'],
  ])('%s', (header, kind) => {
    expect(kindOf(header)).toBe(kind);
  });

  it.each(['MAILER-DAEMON', 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>', '<mailer_daemon@example.net>'])(
    'from %s',
    (from) => {
      expect(parseMail(mail(`From: ${from}`)).automatic.kind).toBe('bounce');
    },
  );

  it('a no-reply sender', () => {
    expect(parseMail(mail('From: ne-pas-repondre@example.org')).automatic.kind).toBe('auto-generated');
  });

  it('a mail from one of our own addresses', () => {
    const ownAddresses = new Set(['contact@example.org']);
    expect(parseMail(mail('From: Contact <Contact@Example.org>'), { ownAddresses }).automatic.kind).toBe('own-address');
    expect(parseMail(mail('From: autre@example.org'), { ownAddresses }).automatic.kind).toBe('none');
  });

  it('an empty envelope sender, told by SMTP', () => {
    expect(parseMail(mail('From: paul@example.org'), { returnPath: '' }).automatic.kind).toBe('null-return-path');
    expect(
      parseMail(mail('From: paul@example.org', 'Return-Path: <>'), { returnPath: 'paul@example.org' }).automatic.kind,
    ).toBe('none');
  });

  it('says why', () => {
    expect(parseMail(fixture('auto-reply-fr')).automatic).toEqual({ kind: 'auto-reply', why: 'the subject says so' });
  });
});

describe('what a person sent', () => {
  it.each([
    'Subject: Bonjour',
    'Auto-Submitted: no',
    'Precedence: first-class',
    'X-Autoreply: no',
    'Subject: Re: Votre réponse automatique ne m’aide pas',
    'Subject: autour de la panne',
    'Return-Path: <paul@example.org>',
    'From: postmaster@example.org',
  ])('%s', (header) => {
    expect(kindOf(header)).toBe('none');
  });

  it('also when it forwards a bounce', () => {
    expect(parseMail(fixture('person-forwards-bounce')).automatic.kind).toBe('none');
  });
});
