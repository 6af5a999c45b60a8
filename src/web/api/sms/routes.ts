import { z } from '@hono/zod-openapi';
import { normalisePhone } from '../../../core/identity/phone.ts';
import { keepSms } from '../../../desk/sms/keep.ts';
import { keepReceipt } from '../../../desk/sms/receipts.ts';
import { isSignedBody } from '../../../platform/signed-body.ts';
import { explainIssues } from '../../explain-issues.ts';
import { answerNotFound, answerWrong } from '../../problems.ts';
import { post, type Route, type WebContext } from '../../route.ts';
import { answers } from '../shapes.ts';
import { uncheckedBody } from '../unchecked-body.ts';

const reference = z.string().min(1).max(200);
// PostgreSQL keeps no NUL.
const words = z.string().transform((text) => text.replaceAll('\0', ''));
const Message = z.object({
  id: reference.pipe(words),
  from: z.string().min(1).max(40).pipe(words),
  to: z.string().max(40).pipe(words).default(''),
  text: z.string().max(10_000).pipe(words),
});
const Receipt = z.object({
  id: reference.pipe(words),
  state: z.enum(['delivered', 'undelivered']),
  detail: z.string().max(1_000).pipe(words).default(''),
});

const Taken = z.object({ id: z.string() });

/** What an SMS gateway tells us, signed with the secret we share with it. Answered when it is stored. */
export const smsRoutes: Route[] = [
  post('/api/v1/sms/messages', 'anyone', takeMessage, {
    openapi: {
      summary: 'An SMS came in; kept once however often it is told',
      description: 'Signed by the gateway (Visavis-Signature); anything else finds nothing here.',
      tags: ['sms'],
      request: uncheckedBody(Message),
      responses: answers(200, 'It is stored', Taken),
    },
  }),
  post('/api/v1/sms/receipts', 'anyone', takeReceipt, {
    openapi: {
      summary: 'What became of an SMS that was sent',
      description: 'Signed by the gateway (Visavis-Signature); anything else finds nothing here.',
      tags: ['sms'],
      request: uncheckedBody(Receipt),
      responses: answers(200, 'It is stored', Taken),
    },
  }),
];

async function takeMessage(c: WebContext): Promise<Response> {
  const body = await signedBody(c);
  if (body === undefined) return answerNotFound(c);
  const read = Message.safeParse(body);
  if (!read.success) return answerWrong(c, explainIssues(read.error.issues));
  const { id, from, to, text } = read.data;
  await keepSms(c.var.house, {
    reference: `http ${id}`,
    session: 'http',
    from: normalisePhone(from) ?? from,
    to,
    text,
  });
  return c.json({ id });
}

async function takeReceipt(c: WebContext): Promise<Response> {
  const body = await signedBody(c);
  if (body === undefined) return answerNotFound(c);
  const read = Receipt.safeParse(body);
  if (!read.success) return answerWrong(c, explainIssues(read.error.issues));
  const { id, state, detail } = read.data;
  await keepReceipt(c.var.house, { reference: id, state, detail: detail.slice(0, 200) });
  return c.json({ id });
}

/** The JSON of a request our gateway has signed; undefined for any other, as if there were nothing here. */
async function signedBody(c: WebContext): Promise<unknown> {
  const { config, clock } = c.var.house;
  const text = await c.req.text();
  const signature = c.req.header('visavis-signature') ?? '';
  const secret = config.sms?.secret;
  if (!secret || !isSignedBody(secret, clock(), signature, text)) return undefined;
  try {
    return (JSON.parse(text) as unknown) ?? {};
  } catch {
    return {};
  }
}
