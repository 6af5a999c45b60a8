import type { z } from '@hono/zod-openapi';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../../desk/actor.ts';
import type { Received } from '../../desk/interactions/incoming.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import type { Tx } from '../../desk/tx.ts';
import { answerWrong } from '../problems.ts';
import { post, type Route, type WebContext } from '../route.ts';
import { type Sentence, speak } from '../ui/words/words.ts';
import { answerOnce, type Refused } from './answer-once.ts';
import type { Answer } from './idempotency.ts';
import { answers, NewInteraction, ReceivedInteraction, TrayReceipt } from './shapes.ts';

type Body = z.infer<typeof NewInteraction>;
interface Sender {
  phone?: string;
  mail?: string;
  customerId?: string;
}

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
  if ('wrong' in from) return answerWrong(c, [from.wrong]);
  const answered = await answerOnce(c, body, (tx) => store(tx, c.var.actor, body, from), c.var.house.transact.together);
  if (answered instanceof Response) return answered;
  return answerWrong(c, [{ field: 'from.customerId', says: 'noSuchCustomer' }]);
}

async function store(tx: Tx, actor: Actor, body: Body, from: Sender): Promise<Answer | Refused<'no_customer'>> {
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
function readFrom(from: Body['from']): Sender | { wrong: { field: string; says: Sentence } } {
  const phone = from.phone === undefined ? undefined : normalisePhone(from.phone);
  if (from.phone !== undefined && !phone) return { wrong: { field: 'from.phone', says: 'needsPhone' } };
  const mail = from.mail === undefined ? undefined : normaliseMail(from.mail);
  if (from.mail !== undefined && !mail) return { wrong: { field: 'from.mail', says: 'needsMail' } };
  if (!phone && !mail && !from.customerId) return { wrong: { field: 'from', says: sayWho } };
  return { phone, mail, customerId: from.customerId };
}

const sayWho: Sentence = (locale) => speak(locale)('needsSender', { names: 'phone, mail, customerId' });
