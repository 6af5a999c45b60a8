import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';

/** A contact point as it is stored: E.164, a mail address in lower case, or an address without stray spaces. */
export function readPoint(kind: 'phone' | 'mail' | 'postal', typed: string): string | undefined {
  if (kind === 'phone') return normalisePhone(typed);
  if (kind === 'mail') return normaliseMail(typed);
  const lines = typed.split(/\r?\n/).map((line) => line.replace(/\s+/g, ' ').trim());
  return lines.filter(Boolean).join('\n') || undefined;
}
