import { Marked } from 'marked';
import sanitize from 'sanitize-html';

/** One picture of a post: its sizes from small to large, and its words. */
export interface PostImage {
  id: string;
  /** The text says image-N. */
  position: number;
  alt: string;
  sizes: readonly { width: number; height: number }[];
}

const marked = new Marked({ gfm: true, breaks: true, async: false });
// A link around a picture would stand inside the link that enlarges it.
marked.use({
  renderer: {
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      return inner.includes('<img') ? inner : `<a href="${attribute(href)}">${inner}</a>`;
    },
  },
});

/**
 * The Markdown of a post as HTML that is safe on our pages: pictures of this post only, each a small one that links to
 * the large one. The page's own title is the only h1.
 */
export function postHtml(markdown: string, images: readonly PostImage[], enlarge: string): string {
  const key = JSON.stringify([enlarge, images, markdown]);
  return remembered(key, () => makeHtml(markdown, images, enlarge));
}

const made = new Map<string, string>();
const MOST_KEPT = 300;

/** The same text makes the same HTML; making it costs as much as a question to the database. */
function remembered(key: string, make: () => string): string {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  const oldest = made.keys().next();
  if (made.size > MOST_KEPT && !oldest.done) made.delete(oldest.value);
  return fresh;
}

function makeHtml(markdown: string, images: readonly PostImage[], enlarge: string): string {
  const clean = sanitize(marked.parse(markdown) as string, {
    allowedTags: [
      ...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 'del'],
      ...['a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sup', 'sub'],
    ],
    allowedAttributes: { a: ['href', 'rel'], img: ['src'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    nestingLimit: 50,
    transformTags: {
      h1: 'h2',
      a: (tagName, { href = '' }) => ({ tagName, attribs: { href, rel: 'noopener' } }),
      img: (tagName, { src = '' }) => ({ tagName, attribs: { src } }),
    },
  });
  const byPosition = new Map(images.map((image) => [String(image.position), image]));
  return clean.replace(/<img(?: src="([^"]*)")? \/>/g, (_, src = '') => {
    const image = byPosition.get(/^image-(\d+)$/.exec(src)?.[1] ?? '');
    return image ? pictureHtml(image, enlarge) : '';
  });
}

/** The small picture, inside a link to the large one. */
export function pictureHtml({ id, alt, sizes }: PostImage, enlarge: string): string {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (!small || !large) return '';
  const address = (width: number) => `/image/${id}/${width}.webp`;
  const set = sizes.filter(({ width }) => width <= 960).map(({ width }) => `${address(width)} ${width}w`);
  return (
    `<a class="enlarge" href="${address(large.width)}" title="${attribute(enlarge)}">` +
    `<img src="${address(small.width)}" srcset="${set.join(', ')}" sizes="(min-width: 46rem) 42rem, 94vw" ` +
    `width="${large.width}" height="${large.height}" alt="${attribute(alt)}" loading="lazy"></a>`
  );
}

/** The words of a post without its marks, shortened at a word: for lists, feeds and social previews. */
export function postSummary(markdown: string, most = 240): string {
  return remembered(`${most} ${markdown}`, () => makeSummary(markdown, most));
}

function makeSummary(markdown: string, most: number): string {
  const words = sanitize(marked.parse(markdown) as string, { allowedTags: [], allowedAttributes: {} })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= most ? words : `${words.slice(0, most).replace(/\s+\S*$/, '')}…`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
}
