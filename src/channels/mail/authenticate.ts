import { authenticate, type DNSResolver } from 'mailauth';
import { headersOf, type ParsedMail } from './parse/parsed-mail.ts';

/** What is known of whether the domain in From really sent a mail. `unknown`: nobody could say. */
export type SenderProof = 'pass' | 'fail' | 'unknown';

export interface Journey {
  envelopeFrom: string | null;
  remoteAddress: string | null;
  remoteName: string | null;
}

const LONGEST_MS = 5_000;

/**
 * DMARC: by the word of a relay the operator trusts (its topmost Authentication-Results), else checked here from SPF
 * and DKIM. Takes five seconds at most, and says `unknown` when the name server does not answer.
 */
export async function proveSender(
  raw: Buffer,
  mail: ParsedMail,
  journey: Journey,
  trustedRelays: readonly string[],
  resolver: DNSResolver,
): Promise<SenderProof> {
  const relayed = relayVerdict(mail, trustedRelays);
  if (relayed) return relayed;
  if (!mail.from.address) return 'unknown';
  const late = new Promise<'unknown'>((resolve) => setTimeout(resolve, LONGEST_MS, 'unknown').unref());
  return Promise.race([late, checkDmarc(raw, journey, resolver).catch(() => 'unknown' as const)]);
}

async function checkDmarc(raw: Buffer, journey: Journey, resolver: DNSResolver): Promise<SenderProof> {
  const { dmarc } = await authenticate(raw, {
    sender: journey.envelopeFrom ?? undefined,
    ip: journey.remoteAddress ?? undefined,
    helo: journey.remoteName || undefined,
    mta: 'visavis',
    disableArc: true,
    disableBimi: true,
    resolver,
  });
  const result = dmarc ? dmarc.status.result : 'none';
  return result === 'pass' || result === 'fail' ? result : 'unknown';
}

/** RFC 8601: `authserv-id; dmarc=pass header.from=example.org; …`. Only the topmost of the relay counts: it adds on top. */
function relayVerdict(mail: ParsedMail, trustedRelays: readonly string[]): SenderProof | undefined {
  const domain = mail.from.address?.split('@').pop()?.toLowerCase();
  if (trustedRelays.length === 0 || !domain) return undefined;
  for (const header of headersOf(mail, 'authentication-results')) {
    const [server, ...results] = withoutComments(header).split(';');
    if (!trustedRelays.includes(server?.trim().split(/\s+/)[0] ?? '')) continue;
    const dmarc = results.find((result) => /^\s*dmarc\s*=/i.test(result));
    if (!dmarc) return undefined;
    if (!/^\s*dmarc\s*=\s*pass\b/i.test(dmarc)) return /=\s*fail\b/i.test(dmarc) ? 'fail' : 'unknown';
    const about = /header\.from\s*=\s*"?([^\s";]+)/i.exec(dmarc)?.[1]?.toLowerCase();
    return about === undefined || about === domain ? 'pass' : 'unknown';
  }
  return undefined;
}

function withoutComments(value: string): string {
  return value.replace(/\([^()]*\)/g, ' ');
}
