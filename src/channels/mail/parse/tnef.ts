import { binaryString } from './bytes.ts';
import { readText } from './charset.ts';

// Microsoft's TNEF (winmail.dat), [MS-OXTNEF]. Own decoder: the one npm library (node-tnef) is a command line first and
// brings its argument parser and logger along.

/** What a winmail.dat holds. */
export type OpenedTnef = {
  text: string | null;
  html: string | null;
  files: { filename: string | null; bytes: Uint8Array }[];
};

const SIGNATURE = 0x223e9f78;
const MAX_FILES = 500;
const attribute = {
  title: 0x8010,
  data: 0x800f,
  render: 0x9002,
  attachment: 0x9005,
  properties: 0x9003,
  body: 0x800c,
  codepage: 0x9007,
};
const property = { html: 0x1013, longName: 0x3707, name: 0x3704, data: 0x3701, body: 0x1000 };

/** Opens a winmail.dat; null when the bytes are none. Broken ends are read as far as they go. */
export function openTnef(bytes: Uint8Array): OpenedTnef | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 6 || view.readUInt32LE(0) !== SIGNATURE) return null;
  const opened: OpenedTnef = { text: null, html: null, files: [] };
  let codepage = 'windows-1252';
  for (const { tag, data } of attributes(view)) {
    if (tag === attribute.codepage && data.length >= 4) codepage = codepageName(data.readUInt32LE(0));
    if (tag === attribute.body) opened.text = readText(untilNul(data), codepage).text;
    if (tag === attribute.properties) takeBody(data, opened, codepage);
    if (tag === attribute.render && opened.files.length < MAX_FILES)
      opened.files.push({ filename: null, bytes: new Uint8Array() });
    const file = opened.files.at(-1);
    if (file) takeFile(tag, data, file, codepage);
  }
  return opened;
}

function* attributes(view: Buffer): Generator<{ tag: number; data: Buffer }> {
  let at = 6;
  while (at + 9 <= view.length) {
    const tag = view.readUInt16LE(at + 1);
    const length = view.readUInt32LE(at + 5);
    yield { tag, data: view.subarray(at + 9, at + 9 + length) };
    at += 9 + length + 2;
  }
}

function takeFile(tag: number, data: Buffer, file: OpenedTnef['files'][number], codepage: string): void {
  if (tag === attribute.title) file.filename ??= readText(untilNul(data), codepage).text || null;
  if (tag === attribute.data) file.bytes = data;
  if (tag !== attribute.attachment) return;
  for (const { id, type, value } of properties(data)) {
    if (id === property.longName) file.filename = propertyText(type, value, codepage) || file.filename;
    if (id === property.data && file.bytes.length === 0 && value.length > 0) file.bytes = value;
  }
}

function takeBody(data: Buffer, opened: OpenedTnef, codepage: string): void {
  for (const { id, type, value } of properties(data)) {
    if (id === property.html) opened.html = propertyText(type, value, codepage);
    if (id === property.body) opened.text ??= propertyText(type, value, codepage);
  }
}

const fixedSizes: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 };

/** MAPI properties: tag, for named ones a GUID and a name, then a value or a counted list of padded values. */
function* properties(data: Buffer): Generator<{ id: number; type: number; value: Buffer }> {
  if (data.length < 4) return;
  let at = 4;
  for (let left = data.readUInt32LE(0); left > 0 && at + 4 <= data.length; left -= 1) {
    const kind = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) at = afterName(data, at);
    const type = kind & 0x0fff;
    const size = fixedSizes[type];
    const counted = size === undefined || (kind & 0x1000) !== 0;
    let count = 1;
    if (counted) {
      if (at + 4 > data.length) return;
      count = data.readUInt32LE(at);
      at += 4;
    }
    for (; count > 0 && at < data.length; count -= 1) {
      const length = size ?? (at + 4 <= data.length ? data.readUInt32LE(at) : 0);
      const start = size === undefined ? at + 4 : at;
      yield { id, type, value: data.subarray(start, start + length) };
      at = start + Math.ceil(length / 4) * 4;
    }
  }
}

function afterName(data: Buffer, at: number): number {
  const kindAt = at + 16;
  if (kindAt + 8 > data.length) return data.length;
  if (data.readUInt32LE(kindAt) === 0) return kindAt + 8;
  return kindAt + 8 + Math.ceil(data.readUInt32LE(kindAt + 4) / 4) * 4;
}

function propertyText(type: number, value: Buffer, codepage: string): string {
  if (type === 0x1f) return new TextDecoder('utf-16le').decode(value).replace(/\0+$/, '');
  return readText(
    untilNul(value),
    /charset=["']?utf-8/i.test(binaryString(value.subarray(0, 2_000))) ? 'utf-8' : codepage,
  ).text;
}

function untilNul(data: Buffer): Buffer {
  const end = data.indexOf(0);
  return end < 0 ? data : data.subarray(0, end);
}

function codepageName(number: number): string {
  const special: Record<number, string> = {
    65001: 'utf-8',
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    20866: 'koi8-r',
  };
  return special[number] ?? `windows-${number}`;
}
