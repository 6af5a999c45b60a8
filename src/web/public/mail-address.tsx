import { raw } from 'hono/html';

/**
 * A mail address to touch and to read aloud, written in character references: people, browsers and screen readers read
 * it as it is, programs that look for "@" in the bytes of pages do not.
 */
export function MailAddress({ address }: { address: string }) {
  return raw(`<a href="${encoded(`mailto:${address}`)}">${encoded(address)}</a>`);
}

function encoded(text: string): string {
  return [...text].map((sign) => `&#${sign.codePointAt(0)};`).join('');
}
