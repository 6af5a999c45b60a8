import type { WebContext } from '../route.ts';
import { ErrorSummary, type Problems } from '../ui/fields.tsx';
import { showPage } from '../ui/page.tsx';
import { readFilled } from '../ui/uploads.ts';
import { MessageForm, messageProblems, notStored, takeMessage } from './message-form.tsx';
import { readSelf, type Self } from './self.ts';

/** GET /:locale/my/write — a new matter, to one's own contact. */
export async function showMyWrite(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  const wrong = c.req.query('about') === 'details';
  return page(c, self, wrong ? { subject: self.scene.say('wrongSubject') } : {}, {});
}

/** POST — it is on the timeline; its page says who answers and by when. */
export async function sendMyMessage(c: WebContext): Promise<Response> {
  const self = await readSelf(c);
  const filled = await readFilled(c);
  const { problems, formId } = messageProblems(c, self.scene, filled, true);
  if (Object.keys(problems).length > 0) return page(c, self, filled.fields, problems);
  const received = await takeMessage(c, self.me.id, filled, formId, { subject: filled.fields.subject });
  if (received?.kind !== 'interaction') return page(c, self, filled.fields, notStored(self.scene), 503);
  return c.redirect(`/${self.scene.locale}/my/case-files/${received.caseFileId}?done=sent`, 303);
}

function page(
  c: WebContext,
  { scene, card, facing }: Self,
  typed: Readonly<Record<string, string>>,
  problems: Problems,
  status: 422 | 503 = 422,
): Promise<Response> {
  const { say, locale } = scene;
  const title = say('writeNew', { name: card.name });
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title,
    facing,
    failed,
    status: failed ? status : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{title}</h1>
        <MessageForm
          house={c.var.house}
          scene={scene}
          action={`/${locale}/my/write`}
          label={say('yourMessage')}
          withSubject
          typed={typed}
          problems={problems}
        />
      </>
    ),
  });
}
