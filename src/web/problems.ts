import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type Locale, typeset } from '../core/text/typeset.ts';
import { explainIssues, type WrongValue } from './explain-issues.ts';
import type { WebEnv } from './route.ts';
import {
  showBroken,
  showElsewhere,
  showNotFound,
  showTooLarge,
  showUnreadable,
  wantsPage,
} from './ui/failure-pages.tsx';
import { lastGood } from './ui/last-good.ts';
import { preferredLanguage } from './ui/preferred-language.ts';
import { type Sentence, sayIn, speak, type WordKey } from './ui/words/words.ts';

type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

/** An RFC 9457 problem document, in French or English as Accept-Language asks, else in English. `detail` says how to mend it. */
export function problem(
  c: Context,
  status: ProblemStatus,
  title: WordKey,
  detail: Sentence,
  more: object = {},
): Response {
  const locale = languageOf(c);
  const body = { type: 'about:blank', title: speak(locale)(title), status, detail: sayIn(locale, detail), ...more };
  c.header('Vary', 'Accept-Language', { append: true });
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    'Content-Language': locale,
    'Cache-Control': 'no-store',
  });
}

/** 422, with every wrong field by its path in one document. */
export function answerWrong(c: Context, wrong: readonly { field: string; says: Sentence }[]): Response {
  const locale = languageOf(c);
  const errors = wrong.map(({ field, says }) => ({ field, message: sayIn(locale, says) }));
  const colon = locale === 'fr' ? typeset(' : ', locale) : ': ';
  const sentences = errors.map(({ field, message }) => (field ? field + colon + message : message));
  return problem(c, 422, 'wrongFieldsTitle', () => sentences.join(' '), { errors });
}

/** zod-openapi's hook; and for bodies a handler reads by itself. */
export function answerInvalid(
  result: { success: true } | { success: false; error: { issues: readonly WrongValue[] } },
  c: Context,
): Response | undefined {
  if (result.success) return undefined;
  return answerWrong(c, explainIssues(result.error.issues));
}

/** The same answer for what does not exist and for what this person may not see: a page for people, a document for programs. */
export function answerNotFound(c: Context<WebEnv>): Response | Promise<Response> {
  if (wantsPage(c)) return showNotFound(c);
  return problem(c, 404, 'nothingHereTitle', 'nothingHere');
}

/** A request too heavy to be read at all. */
export function answerTooLarge(c: Context<WebEnv>): Response | Promise<Response> {
  if (wantsPage(c)) return showTooLarge(c);
  return problem(c, 413, 'tooHeavyTitle', 'tooHeavy');
}

/** Another site's page sent it: nothing is read of it. */
export function answerElsewhere(c: Context<WebEnv>): Response | Promise<Response> {
  if (wantsPage(c)) return showElsewhere(c);
  return problem(c, 403, 'elsewhereTitle', 'elsewhere');
}

/** A body that is no JSON, for a door that reads nothing else. */
export function answerNotJson(c: Context<WebEnv>): Response {
  return problem(c, 415, 'notJsonTitle', 'notJson');
}

/** A door of the API, asked in a way it has not. */
export function answerWrongMethod(c: Context<WebEnv>, methods: readonly string[]): Response {
  const names = methods.map((method) => method.toUpperCase()).join(', ');
  c.header('Allow', names);
  return problem(c, 405, 'wrongMethodTitle', (locale) => speak(locale)('wrongMethod', { methods: names }));
}

export async function answerError(error: Error, c: Context<WebEnv>): Promise<Response> {
  // Thrown by Hono where it cannot read a body as JSON, before any handler.
  if (error instanceof HTTPException && error.status === 400)
    return problem(c, 400, 'unreadableTitle', 'unreadableJson');
  if (await isBrokenForm(c))
    return wantsPage(c) ? showUnreadable(c) : problem(c, 400, 'unreadableTitle', 'unreadableForm');
  c.var.house.log.error({ error: error.stack, path: c.req.routePath }, 'a request failed');
  const kept = lastGood(c);
  if (kept) return kept;
  if (wantsPage(c)) return showBroken(c, 500);
  return problem(c, 500, 'notDoneTitle', 'notDone');
}

function languageOf(c: Context): Locale {
  return preferredLanguage(c.req.header('accept-language'), 'en');
}

/** A form that was cut off on its way: whatever read it failed, and would again. */
async function isBrokenForm(c: Context): Promise<boolean> {
  if (!/form/.test(c.req.header('content-type') ?? '')) return false;
  return c.req.parseBody().then(
    () => false,
    () => true,
  );
}
