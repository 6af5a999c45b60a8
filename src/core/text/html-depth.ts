/** Deeper HTML is an attack or a broken tool; the libraries that walk it take time that grows with its square. */
const MAX_DEPTH = 1_500;

const tags = /<(\/?)([a-z][a-z0-9]{0,15})[^>]{0,2000}>/gi;
const neverClosed =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|tr|th|dd|dt|option)$/i;

/** Whether elements are nested deeper than any letter needs. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, closing, name = ''] of html.matchAll(tags)) {
    if (neverClosed.test(name)) continue;
    depth = Math.max(0, depth + (closing === '' ? 1 : -1));
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** The text between the tags, for HTML that is too deep to be read properly; its entities stay as they are. */
export function textBetweenTags(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]{0,2000}>[\s\S]{0,20000}?<\/\1>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
