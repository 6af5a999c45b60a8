import { type Address, addressParser } from 'postal-mime';
import { decodeHeaderText } from './encoded-words.ts';

/** A person as a mail names them; `address` is null when the header names nobody reachable. */
export type MailAddress = { name: string; address: string | null };

/** More would only be an attack on our time. */
const MAX_HEADER_LENGTH = 262_144;

/**
 * Addresses of a From, To, Cc or Reply-To value (binary string), groups flattened. Encoded words are hidden from the
 * address grammar and read afterwards, so that nothing inside a name can become an address.
 */
export function readAddresses(binary: string, hint: string | null = null): MailAddress[] {
  const hidden: string[] = [];
  const clear = decodeHeaderText(maskEncodedWords(binary.slice(0, MAX_HEADER_LENGTH), hidden), hint);
  const addresses: MailAddress[] = [];
  for (const entry of addressParser(clear, { flatten: true })) addresses.push(reveal(entry, hidden, hint));
  return addresses.filter((entry) => entry.name !== '' || entry.address !== null);
}

const wordRun =
  /=\?[^?\s]{1,60}\?[bBqQ]\?(?:(?!=\?[^?\s]{1,60}\?[bBqQ]\?)[^\r\n<>])*?\?=(?:\s*=\?[^?\s]{1,60}\?[bBqQ]\?(?:(?!=\?[^?\s]{1,60}\?[bBqQ]\?)[^\r\n<>])*?\?=)*/g;

function maskEncodedWords(binary: string, hidden: string[]): string {
  return binary.replace(wordRun, (run) => ` ~word${hidden.push(run) - 1}~ `);
}

function reveal(entry: Address, hidden: string[], hint: string | null): MailAddress {
  const show = (text: string) =>
    text.replace(/ ?~word(\d+)~ ?/g, (_, index: string) => {
      const word = hidden[Number(index)];
      return word === undefined ? '' : ` ${decodeHeaderText(word, hint)} `;
    });
  const name = show(entry.name).replace(/\s+/g, ' ').trim();
  const address = (entry.address ?? '').trim();
  if (/~word\d+~/.test(address)) return nameOrAddress(show(address).trim());
  return { name: name === address || /^[<>]*$/.test(name) ? '' : name, address: usable(address) };
}

/** A whole `Name <address>` inside one encoded word: a name, and its address only when it stands in angle brackets. */
function nameOrAddress(text: string): MailAddress {
  const parts = /^(.*)<([^<>@\s]+@[^<>\s]+)>\s*$/s.exec(text);
  return parts
    ? { name: (parts[1] as string).trim(), address: usable(parts[2] as string) }
    : { name: text, address: null };
}

function usable(address: string): string | null {
  const bare = address.replace(/^mailto:/i, '').replace(/\s+/g, '');
  return /^[^@<>]+@[^@<>]+$/.test(bare) || /^"[^"]*"@[^@<>]+$/.test(bare) ? bare.replace(/\.+$/, '') : null;
}
