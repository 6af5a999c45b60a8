import { convert } from 'html-to-text';
import { isTooDeep, textBetweenTags } from '../../../core/text/html-depth.ts';

/** Larger HTML is shown from its beginning; the whole is one click away. */
const MAX_HTML = 2_000_000;

/** The text of an HTML body: links written out, images left out, no line breaking of ours. */
export function htmlText(html: string): string {
  if (isTooDeep(html)) return textBetweenTags(html);
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML, maxDepth: 200 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  }).trim();
}
