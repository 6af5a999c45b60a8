import { z } from '@hono/zod-openapi';
import { caseFile } from '../../desk/views/case-file.ts';
import { inbox } from '../../desk/views/inbox.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { search } from '../../desk/views/search.ts';
import { timeline } from '../../desk/views/timeline.ts';
import { answerNotFound } from '../problems.ts';
import { get, type Route, type WebContext } from '../route.ts';
import { keepLook } from './keep-look.ts';
import { pageAsked } from './page-asked.ts';
import { answers, CaseFile, Inbox, SearchResult, Timeline } from './shapes.ts';

const idParam = z.object({ id: z.uuid() });
const cursorQuery = z.object({ cursor: z.string().max(100).optional() });

export const readRoutes: Route[] = [
  get('/api/v1/advisors/:id/inbox', 'work on case files', readInbox, {
    openapi: {
      summary: "An advisor's open case files, the next promise first",
      tags: ['advisors'],
      request: { params: idParam, query: cursorQuery },
      responses: answers(200, 'At most 50 case files', Inbox),
    },
  }),
  get('/api/v1/customers/:id/timeline', 'read customers', readTimeline, {
    openapi: {
      summary: 'Everything said to and by a customer, newest first',
      tags: ['customers'],
      request: { params: idParam, query: cursorQuery },
      responses: answers(200, 'At most 50 interactions', Timeline),
    },
  }),
  get('/api/v1/case-files/:id', 'work on case files', readCaseFile, {
    openapi: {
      summary: 'One matter with its commitments and owners',
      tags: ['case files'],
      request: { params: idParam },
      responses: answers(200, 'The case file', CaseFile),
    },
  }),
  get('/api/v1/search', 'read customers', readSearch, {
    openapi: {
      summary: 'Customers by name, number, address or reference; interactions by their words',
      tags: ['customers'],
      request: { query: z.object({ q: z.string().max(200) }) },
      responses: answers(200, 'At most 20 of each', SearchResult),
    },
  }),
];

async function readInbox(c: WebContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { db } = c.var.house;
  const known = await db.selectFrom('advisor').where('id', '=', id).select('id').executeTakeFirst();
  if (!known) return answerNotFound(c);
  return pageAsked(c, async (after) => c.json(await inbox(db, id, after)));
}

async function readTimeline(c: WebContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { db } = c.var.house;
  const known = await db.selectFrom('customer').where('id', '=', id).select('id').executeTakeFirst();
  if (!known) return answerNotFound(c);
  return pageAsked(c, async (before) => {
    const page = await timeline(db, id, before);
    await keepLook(c, id);
    return c.json(page);
  });
}

async function readCaseFile(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const found = await caseFile(db, c.req.param('id') ?? '');
  if (!found) return answerNotFound(c);
  const { row, commitments, owners } = found;
  const roster = await readRoster(db, clock());
  const { id, customerId, subject, openedAt, unansweredSince, thirdParty, closedAt, closingWords } = row;
  return c.json({
    id,
    customerId,
    subject,
    openedAt,
    unansweredSince,
    thirdParty,
    closedAt,
    closingWords,
    owner: { id: row.ownerId, name: roster.advisors.get(row.ownerId)?.name ?? `${row.givenName} ${row.familyName}` },
    commitments,
    owners,
  });
}

async function readSearch(c: WebContext): Promise<Response> {
  return c.json(await search(c.var.house.db, c.req.query('q') ?? ''));
}
