import type { Problem } from './problem.ts';

/** The server said no, and how to mend it. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
/** Nothing is there, or not for this person. */
export class GoneError extends Error {}
/** The session is over. */
export class SignedOut extends Error {}
/** No answer came: the connection is lost, or the server is starting. */
export class Unreachable extends Error {}

/** Reads JSON from the server. */
export function read<Result>(path: string, signal?: AbortSignal): Promise<Result> {
  return call<Result>('GET', path, undefined, signal);
}

/** Sends JSON to the server and reads its answer. */
export function send<Result>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Result> {
  return call<Result>(method, path, body ?? {});
}

/** Sends files as a form and reads the answer. */
export function sendFiles<Result>(path: string, files: readonly File[]): Promise<Result> {
  const form = new FormData();
  for (const file of files) form.append('files', file);
  return call<Result>('POST', path, form);
}

async function call<Result>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Result> {
  const response = await fetch(path, {
    method,
    signal: signal ?? null,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      // What the server says in a refusal is read on this screen, in its language.
      'Accept-Language': document.documentElement.lang,
      ...(isJson(body) ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable(path);
  });
  if (response.status === 204) return undefined as Result;
  if (response.ok) return (await response.json()) as Result;
  throw await failure(response);
}

/** A form says itself what it is. */
function isJson(body: unknown): boolean {
  return body !== undefined && !(body instanceof FormData);
}

async function failure(response: Response): Promise<Error> {
  if (response.status === 401) return new SignedOut();
  if (response.status === 404) return new GoneError();
  if (response.status >= 502) return new Unreachable(response.url);
  const problem = (await response.json().catch(() => null)) as Problem | null;
  return new Refused(problem ?? { title: response.statusText, status: response.status, detail: response.statusText });
}
