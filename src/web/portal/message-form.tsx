import { spacedPhone } from '../../core/text/phone.ts';
import type { House } from '../../desk/house.ts';
import type { Received } from '../../desk/interactions/incoming.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import type { Tx } from '../../desk/tx.ts';
import type { WebContext } from '../route.ts';
import { Input, type Problems, TextArea } from '../ui/fields.tsx';
import { FormGuard } from '../ui/form-guard.tsx';
import type { Scene } from '../ui/page.tsx';
import { readForm } from '../ui/signed-form.ts';
import { contentHashOf, type Filled, storeFiles } from '../ui/uploads.ts';

export const MY_MESSAGE = 'my-message';
const MOST_TEXT = 20_000;

/** The form of a signed-in customer: text, files, and a subject for a new matter. */
export function MessageForm(props: {
  house: House;
  scene: Scene;
  action: string;
  label: string;
  withSubject?: boolean;
  typed: Readonly<Record<string, string>>;
  problems: Problems;
}) {
  const { house, scene, action, label, withSubject, typed, problems } = props;
  const { say, locale } = scene;
  const shared = { locale, problems };
  return (
    <form novalidate method="post" enctype="multipart/form-data" action={action}>
      <FormGuard house={house} purpose={MY_MESSAGE} say={say} />
      {withSubject ? <Input {...shared} name="subject" label={say('writeSubject')} value={typed.subject} /> : null}
      <TextArea {...shared} name="text" label={label} value={typed.text} />
      <Input {...shared} name="files" type="file" multiple label={say('files')} hint={say('filesHint')} optional />
      <button type="submit">{say('send')}</button>
    </form>
  );
}

/** What is to be corrected before this message can go. */
export function messageProblems(
  c: WebContext,
  { say }: Scene,
  { fields, files, tooLarge }: Filled,
  withSubject: boolean,
): { problems: Problems; formId: string } {
  const problems: Record<string, string> = {};
  const text = (fields.text ?? '').trim();
  if (withSubject && !fields.subject?.trim()) problems.subject = say('errorSubject');
  if (!text) problems.text = say('errorText');
  else if (text.length > MOST_TEXT) problems.text = say('errorTextLong', { count: MOST_TEXT });
  if (tooLarge) problems.files = say('errorFiles');
  const form = readForm(c.var.house, MY_MESSAGE, fields);
  if (!form.ok && Object.keys(problems).length === 0)
    problems.text = say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired');
  if (files.length > 0 && Object.keys(problems).length > 0) problems.files ??= say('filesAgain');
  return { problems, formId: form.ok ? form.id : '' };
}

/** Takes a signed-in customer's message; `undefined` when it could not be stored, which the log says. */
export async function takeMessage(
  c: WebContext,
  customerId: string,
  filled: Filled,
  formId: string,
  about: { caseFileId?: string; subject?: string },
): Promise<Received | undefined> {
  const { house, actor } = c.var;
  const text = (filled.fields.text ?? '').trim();
  const subject = about.subject?.replace(/\s+/g, ' ').trim();
  try {
    const contentHash = await contentHashOf(formId, [customerId, text, subject ?? ''], filled.files);
    return await house.transact(async (tx: Tx) =>
      receiveInteraction(tx, actor, {
        channel: 'message',
        at: tx.now,
        from: { customerId },
        proven: true,
        text,
        subject,
        caseFileId: about.caseFileId ?? null,
        contentHash,
        attachments: await storeFiles(tx, filled.files),
        acknowledge: false,
      }),
    );
  } catch (error) {
    house.log.error({ error: (error as Error).stack }, 'a customer’s message was not stored');
    return undefined;
  }
}

/** The sentence for a message that could not be stored. */
export function notStored({ say, operator }: Scene): Problems {
  return { text: say('errorDown', { phone: spacedPhone(operator.phone) }) };
}
