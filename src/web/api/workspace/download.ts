import type { WebContext } from '../../route.ts';

/** Sends bytes that strangers sent us: always as a file to keep, never as a page of ours. */
export function download(c: WebContext, file: { bytes: Buffer; filename: string; contentType: string }): Response {
  const plain = file.filename.replace(/[^\w.-]+/g, '_').slice(-80) || 'file';
  const name = encodeURIComponent(file.filename.replace(/[/\\\p{Cc}\p{Cf}]/gu, '_').slice(-150)).replace(
    /['()*]/g,
    '_',
  );
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': /^[\w.+-]+\/[\w.+-]+$/.test(file.contentType) ? file.contentType : 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${name}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
}
