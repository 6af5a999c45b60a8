import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { secureHeaders } from 'hono/secure-headers';
import type { House } from './desk/house.ts';
import { routes } from './routes.ts';
import { dropNul } from './web/api/drop-nul.ts';
import { guard } from './web/guard.ts';
import {
  answerError,
  answerInvalid,
  answerNotFound,
  answerNotJson,
  answerTooLarge,
  answerWrongMethod,
} from './web/problems.ts';
import type { Route, WebContext, WebEnv } from './web/route.ts';
import { identify } from './web/session/identify.ts';
import { sameOrigin } from './web/session/same-origin.ts';
import { MOST_REQUEST_BYTES } from './web/ui/uploads.ts';

/** The whole web side as one function from request to response; tests call it without a network. */
export function createApp(house: House): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.use(secureHeaders({ referrerPolicy: 'same-origin', crossOriginResourcePolicy: 'same-origin' }));
  app.use(compress());
  app.use(async (c, next) => {
    c.set('house', house);
    await next();
  });
  // No address of ours has a NUL, and PostgreSQL reads none.
  app.use(async (c, next) => (c.req.url.includes('%00') ? answerNotFound(c) : next()));
  app.use(sameOrigin());
  app.use(bodyLimit({ maxSize: MOST_REQUEST_BYTES, onError: answerTooLarge }));
  app.use(async (c, next) => {
    const { actor, customer } = await identify(c);
    c.set('actor', actor);
    c.set('customer', customer);
    await next();
  });
  for (const route of routes) mount(app, route);
  for (const [path, methods] of methodsOf(routes)) app.all(path, (c) => answerWrongMethod(c, methods));
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/api/v1/openapi.json', apiDocument);
  app.notFound(answerNotFound);
  app.onError(answerError);
  return app;
}

const apiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Visavis',
    version: '1',
    description:
      'Every customer has one named contact person. Send `Authorization: Bearer …` (made by `visavis token`). Errors are RFC 9457 problem documents, in French or in English as Accept-Language asks, else in English. Lists have pages of 50 with a cursor.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
};

function mount(app: OpenAPIHono<WebEnv>, route: Route): void {
  const { method, path, access, handle, openapi } = route;
  if (!openapi) {
    app.on(method.toUpperCase(), path, guard(access), handle);
    return;
  }
  const only = (check: MiddlewareHandler<WebEnv>) =>
    app.use(path, async (c, next) => (c.req.method === method.toUpperCase() ? check(c, next) : next()));
  only(guard(access));
  if (readsOnlyJson(openapi))
    only(async (c, next) => {
      if (!isJson(c)) return answerNotJson(c);
      await dropNul(c);
      await next();
    });
  app.openapi(
    createRoute({
      method,
      path: path.replace(/:(\w+)/g, '{$1}'),
      security: access === 'anyone' ? [] : [{ bearer: [] }],
      ...openapi,
    }),
    handle,
  );
}

/** Hono takes a body of another kind for an empty one, and would name every field as missing. */
function readsOnlyJson({ request }: NonNullable<Route['openapi']>): boolean {
  const kinds = Object.keys(request?.body?.content ?? {});
  return kinds.length === 1 && kinds[0] === 'application/json';
}

function isJson(c: WebContext): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(c.req.header('content-type') ?? '');
}

/** The doors of the API, each with the methods it answers. */
function methodsOf(all: readonly Route[]): Map<string, string[]> {
  const doors = all.filter(({ openapi }) => openapi);
  return new Map(
    doors.map(({ path }) => [path, doors.filter((each) => each.path === path).map(({ method }) => method)]),
  );
}
