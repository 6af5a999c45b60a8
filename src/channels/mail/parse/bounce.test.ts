import { describe, expect, it } from 'vitest';
import { readBounce } from './bounce.ts';
import { corpusMails, fixture, ownMails } from './fixtures/read-fixtures.ts';
import { parseMail } from './parse-mail.ts';

const bounceOf = (name: string) => readBounce(parseMail(fixture(name)));

describe('delivery reports', () => {
  it('says who did not get which mail, and why', () => {
    expect(bounceOf('bounce-failed')).toEqual({
      action: 'failed',
      recipients: [{ address: 'absent@example.net', status: '5.1.1', diagnostic: '550 5.1.1 no such user' }],
      originalMessageId: 'ours-1@example.org',
    });
  });

  it('tells delayed and delivered from failed', () => {
    expect(bounceOf('bounce-delayed')?.action).toBe('delayed');
    expect(bounceOf('bounce-delivered')?.action).toBe('delivered');
  });

  it('reads one written freely', () => {
    expect(bounceOf('bounce-freeform-fr')).toEqual({
      action: 'failed',
      recipients: [{ address: 'absent@example.net', status: '5.1.1', diagnostic: '550 5.1.1 Utilisateur inconnu' }],
      originalMessageId: 'ours-2@example.org',
    });
  });

  it.each(['person-forwards-bounce', 'auto-reply-fr', 'forward-with-calendar', 'mailer-daemon-bare', 'no-from'])(
    '%s is none',
    (name) => {
      expect(bounceOf(name)).toBeNull();
    },
  );

  it('takes no letter of a person for a report, whatever it says', () => {
    const raw = Buffer.from(
      'From: Paul <paul@example.org>\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\nmairie@example.net: 550 user unknown, could not be delivered\r\n',
    );
    expect(readBounce(parseMail(raw))).toBeNull();
  });
});

describe('the reports of some fifty mail systems', () => {
  // Abuse feedback (arf) and absence notes (rfc3834) are automatic mail, yet no delivery reports.
  const other = /^(arf|rfc3834)|^not\//;
  const corpus = [
    ...corpusMails('mail/bounces/bsd/*.eml'),
    ...corpusMails('mail/bounces/dos/*.eml'),
    ...corpusMails('mail/bounces/not/*.eml'),
  ];
  const mails = corpus.length > 0 ? corpus : ownMails();
  const expected = (name: string) =>
    corpus.length > 0 ? !other.test(name.replace(/^(bsd|dos)\//, '')) : name.startsWith('bounce-');

  it('are recognised, 98 in 100 or more, with an address each', () => {
    const reports = mails.filter((mail) => expected(mail.name)).map((mail) => readBounce(parseMail(mail.raw)));
    const read = reports.filter((report) => report?.recipients.every((recipient) => recipient.address !== ''));
    expect(reports.length).toBeGreaterThan(3);
    expect(read.length / reports.length).toBeGreaterThanOrEqual(0.98);
  });

  it('and nothing else is', () => {
    const wrong = mails.filter((mail) => !expected(mail.name) && readBounce(parseMail(mail.raw)) !== null);
    expect(wrong.map((mail) => mail.name)).toEqual([]);
  });

  it('nobody would acknowledge them', () => {
    const reports = mails.filter((mail) => expected(mail.name)).map((mail) => parseMail(mail.raw));
    const answered = reports.filter((mail) => readBounce(mail) !== null && mail.automatic.kind === 'none');
    expect(answered.length / reports.length).toBeLessThan(0.01);
  });
});
