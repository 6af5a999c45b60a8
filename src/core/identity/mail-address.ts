import { domainToASCII } from 'node:url';

/**
 * A mail address for comparison: lower case, the domain in ASCII, without `mailto:`, angle brackets or a display name.
 * Tags (`+shop`) and dots stay: they are different mailboxes to most servers. Undefined when it is no address.
 */
export function normaliseMail(typed: string): string | undefined {
  const bracketed = /<([^<>]*)>\s*$/.exec(typed)?.[1] ?? typed;
  const address = bracketed
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC');
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).toLowerCase();
  const domain = domainToASCII(address.slice(at + 1).replace(/\.$/, ''));
  if (at < 1 || domain === '' || hasUnsafeSign(local) || local.length > 64 || domain.length > 253) return undefined;
  return `${local}@${domain}`;
}

/** Spaces, control signs, brackets, or a second @ outside quotes. */
function hasUnsafeSign(local: string): boolean {
  return /[\s\p{Cc}<>]/u.test(local) || (local.includes('@') && !/^".*"$/.test(local));
}
