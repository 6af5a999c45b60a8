import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { keepPendingMessage, pendingDays } from '../../desk/interactions/pending-messages.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import { writeMail } from '../../desk/outbox/write-mail.ts';
import { type AdvisorCard, readAdvisorCard } from '../../desk/views/advisor-card.ts';
import { leadOnDuty } from '../../desk/views/cover.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { networkOf } from '../session/network.ts';
import { addressKey, mayTry } from '../session/rate-limits.ts';
import { facingOf } from '../ui/facing.ts';
import type { Problems } from '../ui/fields.tsx';
import { type Page, type Scene, setScene, showPage } from '../ui/page.tsx';
import { readForm } from '../ui/signed-form.ts';
import { contentHashOf, type Filled, readFilled, storeFiles } from '../ui/uploads.ts';
import { communeNamed, communeTyped } from './commune-query.ts';
import { sentPath } from './sent-page.tsx';
import { checkWritten, type Written } from './write-fields.ts';
import { WRITE, WriteForm } from './write-form.tsx';

/** GET /:locale/contact/:advisorId/write — the form, with the commune someone came from. */
export async function showWrite(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const card = await findCard(c);
  if (!card) return answerNotFound(c);
  const commune = await communeNamed(house.db, c.req.query('commune') ?? '');
  return showForm(c, await setScene(c), card, { commune: commune?.name ?? '' }, {});
}

/** POST — with a mail address the message waits for its confirmation; with a phone number alone it is in at once. Then on to what becomes of it. */
export async function sendWritten(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const card = await findCard(c);
  if (!card) return answerNotFound(c);
  const filled = await readFilled(c);
  const again = (problems: Problems, status?: Page['status']) =>
    showForm(c, scene, card, filled.fields, noteFiles(problems, filled, scene), status);
  const written = checkWritten(filled, scene.say);
  if (Object.keys(written.problems).length > 0) return again(written.problems);
  const form = readForm(c.var.house, WRITE, filled.fields);
  if (!form.ok) return again({ text: scene.say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired') });
  const phone = spacedPhone(scene.operator.phone);
  try {
    if (!(await mayWrite(c, written))) return again({ text: scene.say('tooOften', { phone }) }, 429);
    return await accept(c, scene, card, filled, written, form.id);
  } catch (error) {
    c.var.house.log.error({ error: (error as Error).stack }, 'a written message was not stored');
    return again({ text: scene.say('errorDown', { phone }) }, 503);
  }
}

function findCard(c: WebContext): Promise<AdvisorCard | undefined> {
  const { house } = c.var;
  return readAdvisorCard(house.db, house.clock(), c.req.param('advisorId') ?? '');
}

async function mayWrite(c: WebContext, { mail }: Written): Promise<boolean> {
  const { house } = c.var;
  if (!(await mayTry(house, 'write a message, by network', networkOf(c, house.config.trustedProxies)))) return false;
  return !mail || mayTry(house, 'write a message, by address', addressKey(mail));
}

/** A browser cannot be handed files back: whoever chose some is told to choose them again. */
function noteFiles(problems: Problems, { files }: Filled, { say }: Scene): Problems {
  return files.length > 0 && !problems.files ? { ...problems, files: say('filesAgain') } : problems;
}

function showForm(
  c: WebContext,
  scene: Scene,
  card: AdvisorCard,
  typed: Readonly<Record<string, string>>,
  problems: Problems,
  status: Page['status'] = 422,
): Promise<Response> {
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: scene.say('writeTitle', { name: card.name }),
    facing: facingOf(card, scene),
    failed,
    status: failed ? status : 200,
    body: <WriteForm house={c.var.house} scene={scene} card={card} typed={typed} problems={problems} />,
  });
}

async function accept(
  c: WebContext,
  scene: Scene,
  card: AdvisorCard,
  filled: Filled,
  written: Written,
  formId: string,
): Promise<Response> {
  const { text, name, mail, phone } = written;
  const message = {
    text,
    name,
    phone: phone ?? null,
    commune: await communeTyped(c.var.house.db, filled.fields.commune ?? ''),
    contentHash: await contentHashOf(formId, [text, name, mail ?? '', phone ?? ''], filled.files),
    files: filled.files,
  };
  if (mail) await keepUntilConfirmed(c, scene, card, { ...message, mail });
  else await takeByPhone(c, scene, message);
  const sent = mail ? { mail } : { phone: phone ?? '', due: (await generalDue(c)).getTime() };
  return c.redirect(sentPath(c.var.house, scene.locale, card.id, sent), 303);
}

interface Message {
  text: string;
  name: string;
  phone: string | null;
  commune: { insee: string; name: string } | undefined;
  contentHash: Buffer;
  files: readonly File[];
}

function keepUntilConfirmed(
  c: WebContext,
  { locale, say, operator }: Scene,
  card: AdvisorCard,
  { files, commune, ...message }: Message & { mail: string },
): Promise<void> {
  return c.var.house.transact(async (tx) => {
    const attachments = await storeFiles(tx, files);
    const communeInsee = commune?.insee ?? null;
    const pending = { ...message, locale, advisorId: card.id, communeInsee, attachments };
    const token = await keepPendingMessage(tx, pending);
    if (!token) return;
    await writeMail(tx, {
      kind: 'confirm',
      to: message.mail,
      automatic: true,
      subject: say('confirmMailSubject', { name: card.name }),
      text: say('confirmMailText', {
        name: card.name,
        link: `${tx.origin}/${locale}/confirm/${token}`,
        days: pendingDays,
        operator: operator.name,
        phone: spacedPhone(operator.phone),
      }),
    });
  });
}

async function takeByPhone(c: WebContext, { say }: Scene, message: Message): Promise<void> {
  await c.var.house.transact(async (tx) =>
    receiveInteraction(tx, c.var.actor, {
      channel: 'message',
      at: tx.now,
      from: { phone: message.phone, name: message.name },
      proven: false,
      caution: say('numberNotProven'),
      subject: subjectOf(say, message.commune?.name),
      text: message.text,
      contentHash: message.contentHash,
      attachments: await storeFiles(tx, message.files),
      acknowledge: false,
    }),
  );
}

/** "Message écrit sur le site, Arinthod". */
export function subjectOf(say: Scene['say'], place: string | null | undefined): string {
  return place ? say('messageSubjectFrom', { place }) : say('messageSubject');
}

/** By when anybody at all is answered: the same for a number we know and for one we do not, so that it tells nothing. */
async function generalDue(c: WebContext): Promise<Date> {
  const { house } = c.var;
  const now = house.clock();
  const roster = await readRoster(house.db, now);
  const lead = roster.advisors.get(leadOnDuty(roster, now.getTime()));
  const longest = await house.db
    .selectFrom('serviceLevel')
    .select((eb) => eb.fn.max('answerWithinMinutes').as('minutes'))
    .executeTakeFirstOrThrow();
  if (!lead) throw new Error('the roster has no lead');
  return new Date(addWorkingMinutes(lead.calendar, now.getTime(), longest.minutes));
}
