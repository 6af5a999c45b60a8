import type { OpenAPIHono } from '@hono/zod-openapi';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { WebEnv } from '../src/web/route.ts';

export type App = OpenAPIHono<WebEnv>;

/** A page as a person without styles and scripts gets it. */
export interface ReadPage {
  status: number;
  headers: Headers;
  html: string;
  /** What can be read, spaces of every kind made plain. */
  text: string;
  title: string;
  /** Names and values of all fields of the page's POST form. */
  fields: Record<string, string>;
  elements(name: string): Tree.Element[];
}

/** Asks for a page as a browser does. */
export async function openPage(app: App, path: string, headers: Record<string, string> = {}): Promise<ReadPage> {
  return readPage(await app.request(path, { headers: { Accept: 'text/html', ...headers } }));
}

/** Sends a form as a browser on our own page does; `files` by field name. */
export async function sendForm(
  app: App,
  path: string,
  fields: Record<string, string>,
  { headers = {}, files = [] }: { headers?: Record<string, string>; files?: File[] } = {},
): Promise<ReadPage> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const file of files) body.append('files', file);
  const origin = { Accept: 'text/html', Origin: 'http://localhost:8080' };
  return readPage(await app.request(path, { method: 'POST', body, headers: { ...origin, ...headers } }));
}

/** Sends a form and goes on to where the answer leads, as a browser does. */
export async function sendAndGoOn(
  app: App,
  path: string,
  fields: Record<string, string>,
  more: { headers?: Record<string, string>; files?: File[] } = {},
): Promise<ReadPage> {
  const answer = await sendForm(app, path, fields, more);
  return answer.status === 303 ? openPage(app, answer.headers.get('location') ?? '', more.headers) : answer;
}

export async function readPage(response: Response): Promise<ReadPage> {
  const html = await response.text();
  const all = [...walk(parse(html))];
  const elements = (name: string) => all.filter((node): node is Tree.Element => node.nodeName === name);
  const body = elements('body')[0];
  return {
    status: response.status,
    headers: response.headers,
    html,
    text: body ? plain(textOf(body)) : '',
    title: plain(elements('title').map(textOf).join('')),
    fields: Object.fromEntries(
      [...elements('input'), ...elements('textarea')]
        .filter((field) => attribute(field, 'name') && attribute(field, 'type') !== 'file')
        .map((field) => [
          attribute(field, 'name') ?? '',
          field.nodeName === 'textarea' ? textOf(field) : (attribute(field, 'value') ?? ''),
        ]),
    ),
    elements,
  };
}

export function attribute(element: Tree.Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

export function textOf(node: Tree.Node): string {
  if (node.nodeName === '#text') return (node as Tree.TextNode).value;
  return [...children(node)].map(textOf).join(/^(p|li|dt|dd|div|h\d|section)$/.test(node.nodeName) ? ' ' : '');
}

function* walk(node: Tree.Node): Generator<Tree.Node> {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

function children(node: Tree.Node): Tree.Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
