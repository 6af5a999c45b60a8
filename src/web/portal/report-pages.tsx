import { dueTime } from '../../core/text/dates.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { ErrorSummary, Input, type Problems, TextArea } from '../ui/fields.tsx';
import { FormGuard } from '../ui/form-guard.tsx';
import { showPage } from '../ui/page.tsx';
import { readForm } from '../ui/signed-form.ts';
import { readFilled } from '../ui/uploads.ts';
import { notStored } from './message-form.tsx';
import { checkReport, takeReport } from './report.ts';
import { readSelf, type Self } from './self.ts';

const REPORT = 'report';
type Typed = Readonly<Record<string, string>>;

/** GET /:locale/my/report — a town hall says what happens to a resident. */
export async function showReport(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  return self.me.kind === 'town_hall' ? page(c, self, {}, {}) : answerNotFound(c);
}

/** POST — the same answer whether or not the resident is a customer. */
export async function sendReport(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  const { scene, me } = self;
  if (me.kind !== 'town_hall') return answerNotFound(c);
  const { fields } = await readFilled(c);
  const { problems, report } = checkReport(fields, scene.say);
  if (Object.keys(problems).length > 0) return page(c, self, fields, problems);
  const { house, actor } = c.var;
  const form = readForm(house, REPORT, fields);
  if (!form.ok) return page(c, self, fields, { what: scene.say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired') });
  try {
    const { locale } = scene.operator;
    const received = await house.transact((tx) => takeReport(tx, actor, me, report, form.id, locale));
    return done(c, self, received.advisor.name, received.commitment.dueAt);
  } catch (error) {
    house.log.error({ error: (error as Error).stack }, 'a report for a resident was not stored');
    return page(c, self, fields, { what: notStored(scene).text ?? '' }, 503);
  }
}

function page(c: WebContext, self: Self, typed: Typed, problems: Problems, status: 422 | 503 = 422): Promise<Response> {
  const { scene, facing } = self;
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: scene.say('reportTitle'),
    facing,
    failed,
    status: failed ? status : 200,
    body: <ReportForm c={c} self={self} typed={typed} problems={problems} />,
  });
}

function ReportForm({ c, self, typed, problems }: { c: WebContext; self: Self; typed: Typed; problems: Problems }) {
  const { say, locale } = self.scene;
  const shared = { locale, problems };
  return (
    <>
      <ErrorSummary problems={problems} locale={locale} />
      <h1>{say('reportTitle')}</h1>
      <p class="lead">{say('reportLead')}</p>
      <form novalidate method="post" action={`/${locale}/my/report`}>
        <FormGuard house={c.var.house} purpose={REPORT} say={say} />
        <TextArea {...shared} name="what" label={say('residentWhat')} value={typed.what} />
        <Input {...shared} name="name" label={say('residentName')} value={typed.name} />
        <div class="pair">
          <Input
            {...shared}
            name="phone"
            type="tel"
            inputmode="tel"
            label={say('residentPhone')}
            optional
            value={typed.phone}
          />
          <Input
            {...shared}
            name="mail"
            type="email"
            inputmode="email"
            label={say('residentMail')}
            optional
            value={typed.mail}
          />
        </div>
        <Input {...shared} name="address" label={say('residentAddress')} optional value={typed.address} />
        <Input {...shared} name="line" label={say('residentLine')} optional value={typed.line} />
        <button type="submit">{say('send')}</button>
      </form>
    </>
  );
}

function done(c: WebContext, { scene, facing }: Self, name: string, dueAt: Date): Promise<Response> {
  const { say, now, style, locale } = scene;
  return showPage(c, scene, {
    title: say('reportDoneTitle'),
    facing,
    body: (
      <>
        <h1>{say('reportDoneTitle')}</h1>
        <p class="lead">{say('reportDone', { name, due: dueTime(dueAt, now, style) })}</p>
        <p class="links">
          <a href={`/${locale}/my/report`}>{say('reportTitle')}</a>
          <a href={`/${locale}/my`}>{say('myTitle')}</a>
        </p>
      </>
    ),
  });
}
