import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who signs in at the operator's own server, as it tells others. */
export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
}

/** An OpenID Connect server on loopback: discovery, keys and tokens, without a page to sign in at. */
export interface SignInServer {
  issuer: string;
  /** What the browser brings back after signing in there: the code for these claims, bound to the nonce we were asked with. */
  codeFor(claims: Claims, nonce: string): string;
  stop(): Promise<void>;
}

const clientId = 'visavis';

export async function startSignInServer(): Promise<SignInServer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const waiting = new Map<string, Claims & { nonce: string }>();
  const server = createServer(async (request, response) => {
    const issuer = issuerOf(server);
    const path = new URL(request.url ?? '/', issuer).pathname;
    if (path === '/.well-known/openid-configuration') return json(response, discovery(issuer));
    if (path === '/keys') {
      return json(response, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const code = new URLSearchParams(body).get('code') ?? '';
    const claims = waiting.get(code);
    waiting.delete(code);
    if (path !== '/token' || !claims) return json(response, { error: 'invalid_grant' }, 400);
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: clientId, iat: now, exp: now + 300, ...claims };
    const signed = `${encode({ alg: 'RS256', kid: '1' })}.${encode(payload)}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url');
    json(response, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: `${signed}.${signature}`,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    issuer: issuerOf(server),
    codeFor: (claims, nonce) => {
      const code = randomUUID();
      waiting.set(code, { ...claims, nonce });
      return code;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function issuerOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
