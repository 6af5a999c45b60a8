import { createHash } from 'node:crypto';
import { normaliseMail } from '../../../core/identity/mail-address.ts';
import { dueTimeInWriting } from '../../../core/text/dates.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { reasons } from '../../../desk/comments/moderate.ts';
import { reportComment } from '../../../desk/comments/report.ts';
import { writeMail } from '../../../desk/outbox/write-mail.ts';
import { type ShownComment, shownComment } from '../../../desk/views/comments.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { networkOf } from '../../session/network.ts';
import { addressKey, mayTry } from '../../session/rate-limits.ts';
import { ErrorSummary, Input, type Problems, Select, TextArea } from '../../ui/fields.tsx';
import { FormGuard } from '../../ui/form-guard.tsx';
import { type Page, type Scene, setScene, showPage } from '../../ui/page.tsx';
import { readForm } from '../../ui/signed-form.ts';
import { reasonKey, reasonOf } from './reasons.ts';

const REPORT = 'report';
const MOST_WORDS = 3_000;

/** GET /:locale/comments/:id/report — what is wrong with this comment? */
export async function showReport(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const comment = await shownComment(c.var.house.db, c.req.param('id') ?? '');
  return comment ? showForm(c, scene, comment, {}, {}) : answerNotFound(c);
}

/** POST — kept, and acknowledged with a reference and a time; by mail too when an address was given. */
export async function sendReport(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const comment = await shownComment(house.db, c.req.param('id') ?? '');
  if (!comment) return answerNotFound(c);
  const body = await c.req.parseBody();
  const typed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, String(value).replaceAll('\0', '')]),
  );
  const again = (problems: Problems, status?: Page['status']) => showForm(c, scene, comment, typed, problems, status);
  const reason = reasonOf(typed.reason);
  if (!reason) return again({ reason: scene.say('reportErrorReason') });
  const mail = typed.mail?.trim() ? normaliseMail(typed.mail.trim()) : null;
  if (mail === undefined) return again({ mail: scene.say('commentErrorMail') });
  const form = readForm(house, REPORT, typed);
  if (!form.ok) return again({ words: scene.say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired') });
  if (!(await mayTry(house, 'report a comment, by network', networkOf(c, house.config.trustedProxies))))
    return again({ words: scene.say('tooOften', { phone: spacedPhone(scene.operator.phone) }) }, 429);
  const words = (typed.words ?? '').trim().slice(0, MOST_WORDS);
  const contentHash = createHash('sha256')
    .update(JSON.stringify([form.id, comment.id, reason, words]))
    .digest();
  const tells = mail !== null && (await mayTry(house, 'report a comment, by address', addressKey(mail)));
  const { say, locale, style, now, operator } = scene;
  const date = dueTimeInWriting(now, now, style);
  const reference = await house.transact(async (tx) => {
    const report = await reportComment(tx, { commentId: comment.id, reason, words, locale, mail, contentHash });
    const facts = { reference: report.reference, date, operator: operator.name };
    if (report.fresh && mail && tells)
      await writeMail(tx, {
        kind: 'acknowledgement',
        to: mail,
        automatic: true,
        subject: say('reportMailSubject', facts),
        text: say('reportMailText', facts),
      });
    return report.reference;
  });
  return showPage(c, scene, {
    title: say('commentReportDoneTitle'),
    body: (
      <>
        <h1>{say('commentReportDoneTitle')}</h1>
        <p class="lead">{say('commentReportDone', { date, reference })}</p>
      </>
    ),
  });
}

function showForm(
  c: WebContext,
  scene: Scene,
  comment: ShownComment,
  typed: Readonly<Record<string, string>>,
  problems: Problems,
  status: Page['status'] = 422,
): Promise<Response> {
  const { say, locale } = scene;
  const shared = { locale, problems };
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: say('commentReportTitle'),
    failed,
    status: failed ? status : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{say('commentReportTitle')}</h1>
        <p class="lead">{say('commentReportLead')}</p>
        <blockquote class="said">
          <p class="soft">
            <bdi>{comment.name}</bdi>
          </p>
          <p class="words tight" dir="auto">
            {comment.text}
          </p>
        </blockquote>
        <form novalidate method="post" action={`/${locale}/comments/${comment.id}/report`}>
          <FormGuard house={c.var.house} purpose={REPORT} say={say} />
          <Select
            {...shared}
            name="reason"
            label={say('reportReason')}
            value={typed.reason}
            choices={[
              { value: '', label: say('editorChoose') },
              ...reasons.map((value) => ({ value, label: say(reasonKey(value)) })),
            ]}
          />
          <TextArea {...shared} name="words" label={say('reportWords')} optional value={typed.words} />
          <Input
            {...shared}
            name="mail"
            type="email"
            inputmode="email"
            autocomplete="email"
            label={say('reportMail')}
            optional
            value={typed.mail}
          />
          <button type="submit">{say('reportSend')}</button>
        </form>
      </>
    ),
  });
}
