/** Message-IDs in a References or In-Reply-To value, without angle brackets, in order, each once. */
export function readMessageIds(value: string): string[] {
  const bracketed = [...value.matchAll(/<([^<>]{1,998})>/g)].map((match) => (match[1] as string).replace(/\s+/g, ''));
  const ids = bracketed.length > 0 ? bracketed : value.split(/[\s,]+/).filter((word) => /^[^@<>]+@[^@<>]+$/.test(word));
  return [...new Set(ids)].filter((id) => id !== '').slice(0, MAX_IDS);
}

/** The one id of a Message-ID header, or null when it holds nothing. */
export function readMessageId(value: string): string | null {
  const bracketed = /<([^<>]{1,998})>/.exec(value)?.[1]?.replace(/\s+/g, '');
  const bare = bracketed ?? value.trim().replace(/^<|>$/g, '').split(/\s/)[0];
  return bare === undefined || bare === '' ? null : bare.slice(0, 998);
}

const MAX_IDS = 1_000;
