import { binaryString, byteLines } from './bytes.ts';
import { type RawHeader, readHeaderBlock } from './header-block.ts';
import { readStructured, type StructuredValue } from './header-params.ts';

/** One part of a mail. A multipart has `children`; a leaf has its `body`, still transfer-encoded. */
export type MimePart = {
  headers: RawHeader[];
  type: StructuredValue;
  body: Uint8Array;
  children: MimePart[];
  parent: MimePart | null;
};

export type MimeTree = { root: MimePart; warnings: string[] };

/** Deeper multiparts and further parts stay whole, as one attachment. */
const MAX_DEPTH = 60;
const MAX_PARTS = 2_000;

/** Splits a message at its boundaries in one pass over its lines, whatever their nesting. */
export function splitMessage(bytes: Uint8Array): MimeTree {
  const warnings: string[] = [];
  const root = readPart(bytes, 0, null, warnings);
  if (!isMultipart(root.part)) return { root: asLeaf(root, bytes, bytes.length), warnings };
  fillMultiparts(bytes, root, warnings);
  return { root: root.part, warnings };
}

/** The first value of a header of this part as a binary string, or an empty string. */
export function rawHeader(part: MimePart, name: string): string {
  return part.headers.find((header) => header.name === name)?.value ?? '';
}

type OpenPart = { part: MimePart; bodyStart: number; boundary: string; ended: boolean; found: boolean };

function readPart(bytes: Uint8Array, start: number, parent: MimePart | null, warnings: string[]): OpenPart {
  const block = readHeaderBlock(bytes, start, bytes.length);
  if (block.odd.length > 0) warnings.push(`header lines without a name: ${block.odd.length}`);
  return openPart(block.headers, block.bodyStart, parent);
}

function openPart(headers: RawHeader[], bodyStart: number, parent: MimePart | null): OpenPart {
  const type = contentType(headers, parent);
  const part = { headers, type, body: new Uint8Array(), children: [], parent };
  return { part, bodyStart, boundary: (type.params.get('boundary') ?? '').trimEnd(), ended: false, found: false };
}

function contentType(headers: RawHeader[], parent: MimePart | null): StructuredValue {
  const declared = headers.filter((header) => header.name === 'content-type' && header.value !== '');
  const values = declared.map((header) => readStructured(header.value));
  // Of several declarations, a multipart with a boundary is the one the body was built with.
  const best =
    values.find((value) => value.value.startsWith('multipart/') && value.params.has('boundary')) ?? values[0];
  if (best && /^[^/\s]+\/[^/\s]+$/.test(best.value)) return best;
  const fallback = parent?.type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  return {
    value: /^(text|html)$/.test(best?.value ?? '') ? 'text/plain' : fallback,
    params: best?.params ?? new Map(),
  };
}

function isMultipart(part: MimePart): boolean {
  return part.type.value.startsWith('multipart/');
}

function fillMultiparts(bytes: Uint8Array, root: OpenPart, warnings: string[]): void {
  const walk = new Walk(bytes, root, warnings);
  for (const line of byteLines(bytes.subarray(root.bodyStart))) {
    const start = root.bodyStart + line.start;
    if (start < walk.resumeAt) continue;
    if (bytes[start] !== 0x2d || bytes[start + 1] !== 0x2d || line.end - line.start > 1_000) continue;
    walk.boundaryLine(start, root.bodyStart + line.end, root.bodyStart + line.next);
  }
  walk.finish();
}

/** Holds the open multiparts, outermost first, and the leaf being read. */
class Walk {
  resumeAt = 0;
  readonly #bytes: Uint8Array;
  readonly #warnings: string[];
  readonly #open: OpenPart[] = [];
  #leaf: OpenPart | null = null;
  #parts = 1;

  constructor(bytes: Uint8Array, root: OpenPart, warnings: string[]) {
    this.#bytes = bytes;
    this.#warnings = warnings;
    this.#push(root);
  }

  boundaryLine(start: number, end: number, next: number): void {
    const text = binaryString(this.#bytes.subarray(start + 2, end)).trimEnd();
    const depth = this.#open.findLastIndex((open) => text === open.boundary || text === `${open.boundary}--`);
    const target = this.#open[depth];
    if (!target || (this.#parts >= MAX_PARTS && text === target.boundary)) return;
    this.#closeLeaf(this.#lineEndBefore(start));
    this.#closeDeeper(depth, this.#lineEndBefore(start));
    target.found = true;
    if (text === target.boundary) this.#startPart(target, next);
    else {
      target.ended = true;
      this.#open.length = Math.max(depth, 1);
    }
  }

  finish(): void {
    if (this.#leaf) this.#closeLeaf(this.#bytes.length);
    const [root] = this.#open;
    this.#closeDeeper(0, this.#bytes.length);
    if (root && !root.found) this.#wholeBodyAsText(root, this.#bytes.length);
    else if (root && !root.ended) this.#warnings.push('the last boundary is missing');
    if (this.#parts >= MAX_PARTS) this.#warnings.push('too many parts: the rest stays in the last one');
  }

  #startPart(parent: OpenPart, start: number): void {
    const child = readPart(this.#bytes, start, parent.part, this.#warnings);
    this.resumeAt = child.bodyStart;
    this.#parts += 1;
    parent.part.children.push(child.part);
    if (isMultipart(child.part) && child.boundary !== '' && this.#open.length < MAX_DEPTH) this.#push(child);
    else this.#leaf = child;
  }

  #push(open: OpenPart): void {
    if (open.boundary === '') open.boundary = guessBoundary(this.#bytes, open.bodyStart) ?? '\u0000';
    this.#open.push(open);
  }

  #closeDeeper(depth: number, end: number): void {
    for (const open of this.#open.slice(depth + 1)) if (!open.found) this.#wholeBodyAsText(open, end);
    this.#open.length = depth + 1;
  }

  #closeLeaf(end: number): void {
    if (this.#leaf) asLeaf(this.#leaf, this.#bytes, end);
    this.#leaf = null;
  }

  /** A multipart none of whose boundaries appears is read as what it holds: text. */
  #wholeBodyAsText(open: OpenPart, end: number): void {
    this.#warnings.push('a multipart without its boundary is read as text');
    open.part.type = { value: 'text/plain', params: open.part.type.params };
    asLeaf(open, this.#bytes, end);
  }

  /** The line end before a boundary belongs to the boundary. */
  #lineEndBefore(start: number): number {
    if (this.#bytes[start - 1] !== 0x0a) return start;
    return this.#bytes[start - 2] === 0x0d ? start - 2 : start - 1;
  }
}

function asLeaf(open: OpenPart, bytes: Uint8Array, end: number): MimePart {
  open.part.body = bytes.subarray(Math.min(open.bodyStart, end), end);
  return open.part;
}

/** A multipart that names no boundary: the first `--x` line that also comes as `--x--`. */
function guessBoundary(bytes: Uint8Array, start: number): string | null {
  const text = binaryString(bytes.subarray(start, start + 65_536));
  const candidate = /^--(\S[^\r\n]{0,80}?)[ \t]*\r?$/m.exec(text)?.[1];
  return candidate && text.includes(`--${candidate}--`) ? candidate : null;
}
