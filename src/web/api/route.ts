import type { z } from '@hono/zod-openapi';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import { type ExplainedDecision, explainRoute } from '../../desk/views/route.ts';
import { answerWrong } from '../problems.ts';
import { post, type Route, type WebContext } from '../route.ts';
import { answers, RouteAnswer, RouteQuestion } from './shapes.ts';

export const routeRoutes: Route[] = [
  post('/api/v1/route', 'explain decisions', route, {
    openapi: {
      summary: 'Who would answer now, in which order, by when, and why; changes nothing',
      tags: ['routing'],
      request: { body: { required: true, content: { 'application/json': { schema: RouteQuestion } } } },
      responses: answers(200, 'The decision', RouteAnswer),
    },
  }),
];

async function route(c: WebContext): Promise<Response> {
  const body = c.req.valid('json' as never) as z.infer<typeof RouteQuestion>;
  const phone = body.from && !body.from.includes('@') ? normalisePhone(body.from) : undefined;
  const mail = body.from?.includes('@') ? normaliseMail(body.from) : undefined;
  if (body.from && !phone && !mail) return answerWrong(c, [{ field: 'from', says: 'needsCaller' }]);
  const { db, clock } = c.var.house;
  return c.json(shown(await explainRoute({ db, now: clock() }, { channel: body.channel, phone, mail })));
}

/** A decision as JSON: ids with names, instants as ISO 8601. */
export function shown({ decision, reasons, names }: ExplainedDecision): z.infer<typeof RouteAnswer> {
  const named = (id: string) => ({ id, name: names[id] ?? '' });
  const iso = (at: number) => new Date(at).toISOString();
  const empty = {
    attempts: [],
    offer: null,
    fallback: null,
    owner: null,
    dueAt: null,
    reasons,
    policyVersion: decision.policyVersion,
  };
  if (decision.channel === 'written') return { ...empty, owner: named(decision.ownerId), dueAt: iso(decision.dueAt) };
  const { attempts, offer, fallback } = decision;
  return {
    ...empty,
    attempts: attempts.map(({ advisorId, seconds, how, role }) => ({ advisor: named(advisorId), seconds, how, role })),
    offer: offer && { advisor: named(offer.advisorId), before: iso(offer.before) },
    fallback: { kind: fallback.kind, owner: named(fallback.ownerId), dueAt: iso(fallback.dueAt) },
  };
}
