import { z } from '@hono/zod-openapi';
import { addCustomer } from '../../desk/customers/add.ts';
import { explainCustomerProblem } from '../../desk/customers/problems.ts';
import { listCustomers } from '../../desk/views/customers.ts';
import { answerNotFound, answerWrong } from '../problems.ts';
import { get, post, type Route, type WebContext } from '../route.ts';
import { pageAsked } from './page-asked.ts';
import { answers } from './shapes.ts';

const kinds = z.enum(['household', 'business', 'town_hall']);
const short = z.string().trim().min(1).max(200);

const NewCustomer = z
  .strictObject({
    kind: kinds,
    name: short,
    commune: short.openapi({ description: 'INSEE code, or the name with its postcode where several share it' }),
    sector: short.optional().openapi({ description: 'Needed where the commune is cut into sectors' }),
    locale: z.enum(['fr', 'en']).optional(),
    reference: short.optional(),
    people: z
      .array(z.strictObject({ givenName: z.string().max(200).optional(), familyName: short, role: short.optional() }))
      .max(50)
      .optional(),
    phones: z.array(z.string().max(40)).max(20).optional(),
    mails: z.array(z.string().max(320)).max(20).optional(),
    address: z.string().max(1000).optional(),
    lines: z
      .array(z.strictObject({ reference: short, product: short, serviceLevel: z.string().max(40).optional() }))
      .max(1000)
      .optional(),
  })
  .openapi('NewCustomer');

const AddedCustomer = z.object({ id: z.uuid(), reference: z.string(), advisorId: z.uuid() }).openapi('AddedCustomer');

const Customers = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        kind: kinds,
        name: z.string(),
        reference: z.string(),
        commune: z.object({ insee: z.string(), name: z.string() }),
        advisorId: z.uuid(),
        createdAt: z.iso.datetime(),
      }),
    ),
    cursor: z.string().nullable(),
  })
  .openapi('Customers');

export const customerRoutes: Route[] = [
  post('/api/v1/customers', 'add customers', add, {
    openapi: {
      summary: 'Add a customer; the advisor of their area is in charge at once',
      tags: ['customers'],
      request: { body: { required: true, content: { 'application/json': { schema: NewCustomer } } } },
      responses: answers(201, 'Added', AddedCustomer),
    },
  }),
  get('/api/v1/customers', 'read customers', list, {
    openapi: {
      summary: 'Customers, newest first',
      tags: ['customers'],
      request: {
        query: z.object({
          advisor: z.uuid().optional(),
          commune: z.string().max(5).optional().openapi({ description: 'INSEE code' }),
          cursor: z.string().max(100).optional(),
        }),
      },
      responses: answers(200, 'At most 50 customers', Customers),
    },
  }),
];

async function add(c: WebContext): Promise<Response> {
  const body = c.req.valid('json' as never) as z.infer<typeof NewCustomer>;
  const added = await c.var.house.transact((tx) => addCustomer(tx, c.var.actor, body));
  if (added.ok) return c.json({ id: added.id, reference: added.reference, advisorId: added.advisorId }, 201);
  if (added.why === 'not_allowed') return answerNotFound(c);
  return answerWrong(
    c,
    added.problems.map((each) => ({ field: each.field, says: (locale) => explainCustomerProblem(each, locale) })),
  );
}

async function list(c: WebContext): Promise<Response> {
  const { advisor, commune } = c.req.query();
  return pageAsked(c, async (before) =>
    c.json(await listCustomers(c.var.house.db, { advisorId: advisor, commune: commune?.toUpperCase() }, before)),
  );
}
