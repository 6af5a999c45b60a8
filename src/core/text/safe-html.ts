import sanitize from 'sanitize-html';
import { isTooDeep, textBetweenTags } from './html-depth.ts';

/** Where an inline picture is served from, or null when the mail has no such part. */
export type CidResolver = (contentId: string) => string | null;
export type SafeHtmlOptions = {
  /** False until the reader asks: pictures from elsewhere tell their sender that the mail was opened. */
  remoteImages: boolean;
};

/** Shown in place of a remote picture; a class and an alternative text, no address left in the page. */
export const HIDDEN_IMAGE_CLASS = 'remote-image-hidden';

/** Larger bodies are shown as text instead. */
const MAX_HTML = 2_000_000;

/**
 * HTML of a mail made fit for a sandboxed frame without scripts: no script, form, frame, base, meta or link; styles
 * that only dress text; pictures from the mail itself, remote ones only when asked for.
 */
export function safeHtml(html: string, resolveCid: CidResolver, options: SafeHtmlOptions): string {
  // Text alone still goes through the sanitiser: what is between broken tags may be a tag again.
  const readable = isTooDeep(html) ? textBetweenTags(html) : html;
  return sanitize(readable.slice(0, MAX_HTML), {
    allowedTags,
    allowedAttributes,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesAppliedToAttributes: ['href', 'cite'],
    allowProtocolRelative: false,
    allowedStyles: { '*': styles },
    disallowedTagsMode: 'discard',
    nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'svg', 'math'],
    nestingLimit: 200,
    allowedClasses: { img: [HIDDEN_IMAGE_CLASS] },
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: link(attribs) }),
      img: (tagName, attribs) => ({ tagName, attribs: image(attribs, resolveCid, options) }),
      center: sanitize.simpleTransform('div', { align: 'center' }),
    },
  });
}

const allowedTags = [
  ...[
    'a',
    'abbr',
    'address',
    'article',
    'aside',
    'b',
    'bdi',
    'bdo',
    'big',
    'blockquote',
    'br',
    'caption',
    'cite',
    'code',
    'col',
  ],
  ...[
    'colgroup',
    'dd',
    'del',
    'dfn',
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'font',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
  ],
  ...[
    'h5',
    'h6',
    'header',
    'hr',
    'i',
    'img',
    'ins',
    'kbd',
    'li',
    'main',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'samp',
    'section',
  ],
  ...[
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'time',
    'tr',
    'tt',
    'u',
    'ul',
    'var',
    'wbr',
  ],
];

// No id and no name: a mail must not stand in for an element of ours.
const allowedAttributes = {
  '*': ['align', 'dir', 'lang', 'style', 'title'],
  a: ['href', 'rel', 'target'],
  blockquote: ['cite', 'type'],
  col: ['span', 'width'],
  font: ['color', 'face', 'size'],
  img: ['src', 'alt', 'width', 'height', 'class'],
  ol: ['start', 'type'],
  table: ['bgcolor', 'border', 'cellpadding', 'cellspacing', 'width'],
  td: ['bgcolor', 'colspan', 'height', 'rowspan', 'valign', 'width'],
  th: ['bgcolor', 'colspan', 'height', 'rowspan', 'scope', 'valign', 'width'],
  tr: ['bgcolor', 'valign'],
  time: ['datetime'],
};

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s,.%]{1,40}\)$/i, /^[a-z]{1,30}$/i];
const length = [
  /^-?\d{1,4}(\.\d{1,4})?(px|em|rem|pt|%|ex|ch)?$/i,
  /^(auto|normal|inherit|initial|medium|thin|thick|small|large|x-small|x-large|smaller|larger)$/i,
];
const positive = [/^\d{1,4}(\.\d{1,4})?(px|em|rem|pt|%)?(\s+\d{1,4}(\.\d{1,4})?(px|em|rem|pt|%)?){0,3}$/i, /^auto$/i];
const word = [/^[a-z-]{1,30}$/i];
const border = [/^[\w#\s.,()%-]{1,60}$/i];

// What dresses text. Nothing that fetches (url), moves out of its place (position, float over, z-index) or hides (opacity).
const styles: Record<string, RegExp[]> = {
  color: colour,
  background: colour,
  'background-color': colour,
  'font-family': [/^[\w\s,"'-]{1,200}$/],
  'font-size': length,
  'font-style': word,
  'font-weight': [/^(\d{3}|[a-z]{1,10})$/i],
  'line-height': length,
  'letter-spacing': length,
  'text-align': word,
  'text-decoration': [/^[a-z\s-]{1,40}$/i],
  'text-indent': [/^\d{1,3}(px|em|pt|%)?$/i],
  'text-transform': word,
  'vertical-align': word,
  'white-space': word,
  'list-style-type': word,
  'border-collapse': word,
  border,
  'border-top': border,
  'border-right': border,
  'border-bottom': border,
  'border-left': border,
  'border-color': colour,
  'border-width': positive,
  'border-style': [/^[a-z\s]{1,40}$/i],
  'border-radius': positive,
  padding: positive,
  'padding-top': positive,
  'padding-right': positive,
  'padding-bottom': positive,
  'padding-left': positive,
  margin: positive,
  'margin-top': positive,
  'margin-right': positive,
  'margin-bottom': positive,
  'margin-left': positive,
  width: positive,
  'max-width': positive,
  'min-width': positive,
  height: positive,
  'max-height': positive,
};

/** Only whole addresses: what is relative would lead into our own pages. */
function link({ href = '', ...rest }: Record<string, string>): Record<string, string> {
  const address = href.trim();
  const leads = /^(https?:\/\/[^/]|mailto:|tel:)/i.test(address);
  return { ...rest, ...(leads ? { href: address } : {}), target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function image(
  attribs: Record<string, string>,
  resolveCid: CidResolver,
  options: SafeHtmlOptions,
): Record<string, string> {
  const { src = '', srcset: _srcset, class: _class, ...rest } = attribs;
  const address = src.trim();
  const alt = rest.alt ?? '';
  if (/^cid:/i.test(address)) return { ...rest, alt, ...source(resolveCid(contentIdOf(address))) };
  if (/^data:image\/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$/i.test(address))
    return { ...rest, alt, src: address };
  if (!/^https?:\/\//i.test(address)) return { ...rest, alt };
  return options.remoteImages ? { ...rest, alt, src: address } : { ...rest, alt, class: HIDDEN_IMAGE_CLASS };
}

function source(address: string | null): Record<string, string> {
  return address === null ? {} : { src: address };
}

function contentIdOf(address: string): string {
  const id = address.slice(4);
  try {
    return decodeURIComponent(id).replace(/^<|>$/g, '');
  } catch {
    return id;
  }
}
