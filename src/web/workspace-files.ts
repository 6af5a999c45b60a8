import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { projectRoot } from '../platform/root.ts';
import { answerNotFound } from './problems.ts';
import { get, type Route, type WebContext } from './route.ts';

const folder = join(projectRoot, 'dist', 'workspace');
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The staff workspace: one page for every address under /workspace/, and its files, whose names change with their content. */
export const workspaceFileRoutes: Route[] = [
  get('/workspace', 'anyone', (c) => c.redirect('/workspace/', 301)),
  get('/workspace/assets/:file', 'anyone', serveAsset),
  get('/workspace/*', 'anyone', servePage),
];

async function servePage(c: WebContext): Promise<Response> {
  const { actor } = c.var;
  if (actor.kind !== 'staff') return c.redirect('/fr/staff/sign-in', 303);
  const nonce = randomBytes(16).toString('base64');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  c.header('Cache-Control', 'no-store');
  c.header('Content-Security-Policy', policy(nonce));
  return c.html(page.replaceAll('__NONCE__', nonce));
}

async function serveAsset(c: WebContext): Promise<Response> {
  const name = c.req.param('file') ?? '';
  const type = types[extname(name)];
  if (!type || !/^[\w.-]+$/.test(name)) return answerNotFound(c);
  const bytes = await readFile(join(folder, 'assets', name)).catch(() => null);
  if (!bytes) return answerNotFound(c);
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  });
}

/** Only our own files; the component library writes its colours into one style element, which carries the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
