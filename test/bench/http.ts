import { Agent, request } from 'node:http';

/** A client of one product, with connections that stay open. */
export interface Client {
  get(path: string): Promise<{ status: number; body: string }>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  close(): void;
}

/** What every request says of who asks: a bearer token or a session; of the public, what every browser says. */
export type Asker = { Authorization: string } | { Cookie: string } | { 'Accept-Encoding': string };

export const bearer = (token: string): Asker => ({ Authorization: `Bearer ${token}` });
export const browser: Asker = { 'Accept-Encoding': 'gzip, deflate, br' };

const MOST_MS = 20_000;

/** Plain node:http: fetch costs the machine more than the answers it measures. */
export function httpClient(url: string, asker: Asker): Client {
  // With a limit of its own the agent also heeds how long the server keeps an idle connection, and asks on none it closes.
  const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: MOST_MS });
  const { hostname, port } = new URL(url);
  const send = (method: string, path: string, body: string | undefined, headers: Record<string, string>) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asked = request(
        { agent, hostname, port, method, path, timeout: MOST_MS, headers: { ...asker, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
          response.on('error', reject);
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${MOST_MS} ms`)));
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    get: (path) => send('GET', path, undefined, {}),
    post: (path, body, headers = {}) => {
      const text = JSON.stringify(body);
      return send('POST', path, text, {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(text)),
        ...headers,
      });
    },
    close: () => agent.destroy(),
  };
}
