/** The text as a plain HTML letter: paragraphs, line breaks, links one can touch. Loads nothing from anywhere. */
export function htmlOf(text: string): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="margin:0 0 1em">${linked(paragraph).replaceAll('\n', '<br>\n')}</p>`);
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>',
    '<body style="font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:16px;line-height:1.5;color:#1b1b1b;max-width:40em">',
    ...paragraphs,
    '</body></html>',
  ].join('\n');
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? link(part) : escaped(part)))
    .join('');
}

/** A full stop after a link belongs to the sentence. */
function link(url: string): string {
  const end = /[.,;:!?)\]]*$/.exec(url)?.[0] ?? '';
  const address = escaped(url.slice(0, url.length - end.length));
  return `<a href="${address}">${address}</a>${escaped(end)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
