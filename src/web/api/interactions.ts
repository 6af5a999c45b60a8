import type { z } from '@hono/zod-openapi';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../../desk/actor.ts';
import type { Received } from '../../desk/interactions/incoming.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import type { Tx } from '../../desk/tx.ts';
import { problem } from '../problems.ts';
import { post, type Route, type WebContext } from '../route.ts';
import { answerOnce, type Refused } from './answer-once.ts';
import type { Answer } from './idempotency.ts';
import { answers, NewInteraction, ReceivedInteraction, TrayReceipt } from './shapes.ts';

type Body = z.infer<typeof NewInteraction>;

export const interactionRoutes: Route[] = [
  post('/api/v1/interactions', 'work on case files', receive, {
    openapi: {
      summary: 'Hand over something a person said to the operator, on any channel',
      description:
        'Answers only after it is stored. Send the same Idempotency-Key again after a lost answer: nothing is stored twice.',
      tags: ['interactions'],
      request: { body: { required: true, content: { 'application/json': { schema: NewInteraction } } } },
      responses: answers(
        201,
        'On the timeline of its customer, with an owner and a dated commitment',
        ReceivedInteraction,
        { 202: { description: 'From someone we do not know: in the tray to sort by hand', schema: TrayReceipt } },
      ),
    },
  }),
];

async function receive(c: WebContext): Promise<Response> {
  const body = c.req.valid('json' as never) as Body;
  const from = readFrom(body.from);
  if ('wrong' in from) return problem(c, 422, 'Some fields are wrong', from.wrong);
  const answered = await answerOnce(c, body, (tx) => store(tx, c.var.actor, body, from), c.var.house.transact.together);
  if (answered instanceof Response) return answered;
  return problem(
    c,
    422,
    'Some fields are wrong',
    'from.customerId: no such customer. Leave it out and send the phone or the mail address.',
  );
}

async function store(
  tx: Tx,
  actor: Actor,
  body: Body,
  from: { phone?: string; mail?: string; customerId?: string },
): Promise<Answer | Refused<'no_customer'>> {
  if (
    from.customerId &&
    !(await tx.db
      .selectFrom('customer')
      .where('id', '=', from.customerId)
      .where('erasedAt', 'is', null)
      .select('id')
      .executeTakeFirst())
  )
    return { refused: 'no_customer' };
  const received = await receiveInteraction(tx, actor, {
    channel: body.channel,
    at: tx.now,
    from,
    // The operator's own system vouches for a customer it names; a number or an address alone only identifies.
    proven: from.customerId !== undefined,
    subject: body.subject,
    text: body.text,
    caseFileId: body.caseFileId,
    lineReference: body.lineReference,
    acknowledge: body.channel === 'mail' || body.channel === 'message',
  });
  return answerFor(received);
}

function answerFor(received: Received): Answer {
  if (received.kind === 'tray')
    return {
      status: 202,
      body: { id: received.id, tray: { dutyOwner: received.dutyOwner.name, dueAt: received.dueAt.toISOString() } },
    };
  const { id, caseFileId, customerId, advisor, commitment } = received;
  return {
    status: 201,
    body: {
      id,
      caseFileId,
      customerId,
      advisor,
      commitment: { id: commitment.id, dueAt: commitment.dueAt.toISOString() },
    },
  };
}

/** Who it is from, in the form addresses and numbers are kept in; or what is wrong, with how to mend it. */
function readFrom(from: Body['from']): { phone?: string; mail?: string; customerId?: string } | { wrong: string } {
  const phone = from.phone === undefined ? undefined : normalisePhone(from.phone);
  if (from.phone !== undefined && !phone)
    return { wrong: 'from.phone: this is not a phone number. Send it as +33353010000 or 03 53 01 00 00.' };
  const mail = from.mail === undefined ? undefined : normaliseMail(from.mail);
  if (from.mail !== undefined && !mail)
    return { wrong: 'from.mail: this is not a mail address. Send it as name@example.org.' };
  if (!phone && !mail && !from.customerId) return { wrong: 'from: say who it is from: phone, mail or customerId.' };
  return { phone, mail, customerId: from.customerId };
}
