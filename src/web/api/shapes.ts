import { z } from '@hono/zod-openapi';
import type { WordKey } from '../ui/words/words.ts';

export const channels = ['call', 'mail', 'sms', 'message', 'visit', 'letter', 'comment'] as const;
export const id = z.uuid().openapi({ example: '01890a5d-ac96-774b-bcce-b302099a8057' });
export const instant = z.iso.datetime().openapi({ example: '2026-11-24T08:30:00.000Z' });
const person = z.object({ id, name: z.string() });
const channel = z.enum(channels);

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .openapi('Problem', {
    description:
      'RFC 9457; `detail` says how to mend it. In French or in English as Accept-Language asks, else in English; programs look at `status` and `errors[].field`.',
  });

export const NewInteraction = z
  .strictObject({
    channel,
    from: z.strictObject({
      phone: z.string().max(40).optional(),
      mail: z.string().max(320).optional(),
      customerId: z.uuid().optional(),
    }),
    subject: z.string().max(1000).optional(),
    text: z
      .string()
      .min(1, 'needsWords' satisfies WordKey)
      .max(1_000_000),
    caseFileId: z.uuid().optional(),
    lineReference: z.string().max(60).optional(),
  })
  .openapi('NewInteraction');

export const ReceivedInteraction = z
  .object({ id, caseFileId: id, customerId: id, advisor: person, commitment: z.object({ id, dueAt: instant }) })
  .openapi('ReceivedInteraction');
export const TrayReceipt = z
  .object({ id, tray: z.object({ dutyOwner: z.string(), dueAt: instant }) })
  .openapi('TrayReceipt');

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    cursor: z
      .string()
      .nullable()
      .openapi({ description: 'Hand it back as ?cursor= for the next page; null at the end.' }),
  });

const commitmentKind = z.enum(['answer', 'callback', 'nextNews', 'visit']);
export const Inbox = page(
  z.object({
    caseFileId: id,
    customer: z.object({ id, name: z.string(), commune: z.string() }),
    subject: z.string(),
    unansweredSince: instant.nullable(),
    thirdParty: z.string().nullable(),
    lastAt: instant,
    lastWords: z.string(),
    commitment: z.object({ id, kind: commitmentKind, dueAt: instant, words: z.string(), escalation: z.int() }),
  }),
).openapi('Inbox');

export const Timeline = page(
  z.object({
    id,
    caseFileId: id,
    channel,
    direction: z.enum(['in', 'out']),
    at: instant,
    party: z.string(),
    subject: z.string(),
    text: z.string(),
    caution: z.string().nullable(),
    advisorId: id.nullable(),
    attachments: z.array(z.object({ id, filename: z.string(), contentType: z.string() })),
  }),
).openapi('Timeline');

export const SearchResult = z
  .object({
    customers: z.array(
      z.object({
        id,
        name: z.string(),
        reference: z.string(),
        commune: z.string(),
        advisorId: id,
        found: z.string().nullable(),
      }),
    ),
    interactions: z.array(
      z.object({
        id,
        customerId: id,
        customerName: z.string(),
        caseFileId: id,
        at: instant,
        subject: z.string(),
        excerpt: z.string(),
      }),
    ),
  })
  .openapi('SearchResult');

export const CaseFile = z
  .object({
    id,
    customerId: id,
    subject: z.string(),
    owner: person,
    openedAt: instant,
    unansweredSince: instant.nullable(),
    thirdParty: z.string().nullable(),
    closedAt: instant.nullable(),
    closingWords: z.string().nullable(),
    commitments: z.array(
      z.object({
        id,
        kind: commitmentKind,
        ownerId: id,
        words: z.string(),
        madeAt: instant,
        dueAt: instant,
        keptAt: instant.nullable(),
        brokenAt: instant.nullable(),
        withdrawnAt: instant.nullable(),
        withdrawnWords: z.string().nullable(),
        escalation: z.int(),
      }),
    ),
    owners: z.array(z.object({ ownerId: id, at: instant, reason: z.string(), summary: z.string().nullable() })),
  })
  .openapi('CaseFile');

export const RouteQuestion = z
  .strictObject({ channel, from: z.string().max(320).optional(), to: z.string().max(320).optional() })
  .openapi('RouteQuestion');

export const RouteAnswer = z
  .object({
    attempts: z.array(
      z.object({
        advisor: person,
        seconds: z.number(),
        how: z.enum(['ring', 'hold']),
        role: z.enum(['own', 'backup', 'pod', 'anyone']),
      }),
    ),
    offer: z.object({ advisor: person, before: instant }).nullable(),
    fallback: z.object({ kind: z.enum(['promise', 'voicemail']), owner: person, dueAt: instant }).nullable(),
    owner: person.nullable(),
    dueAt: instant.nullable(),
    reasons: z.array(z.object({ code: z.string(), fr: z.string(), en: z.string() })),
    policyVersion: z.string(),
  })
  .openapi('RouteAnswer', {
    description: 'For calls: attempts, offer, fallback. For written channels: owner and dueAt.',
  });

/** `{200: …}` with a JSON body and the problems every route may answer. */
export function answers(
  status: 200 | 201 | 202,
  description: string,
  schema: z.ZodType,
  more: Record<number, { description: string; schema: z.ZodType }> = {},
) {
  const json = (body: z.ZodType) => ({ 'application/json': { schema: body } });
  const problem = (why: string) => ({
    description: why,
    headers: z.object({ 'Content-Language': z.enum(['en', 'fr']) }),
    content: { 'application/problem+json': { schema: Problem } },
  });
  return {
    [status]: { description, content: json(schema) },
    ...Object.fromEntries(
      Object.entries(more).map(([code, each]) => [code, { description: each.description, content: json(each.schema) }]),
    ),
    404: problem('Nothing is here, or you may not see it'),
    422: problem('Some fields are wrong; `errors` names each'),
    default: problem(
      'Not done: unreadable JSON (400), another method (405), too large (413), not JSON (415), or a fault of ours (500)',
    ),
  };
}
