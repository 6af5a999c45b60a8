/** A file found between `begin 644 name` and `end` in a text, and the text without it. */
export type UuencodedFile = { filename: string; bytes: Uint8Array };

const beginLine = /^begin(?:-base64)? [0-7]{3,4} (.{1,250})$/;

/** Takes uuencoded blocks out of a text (binary string). A block without a proper end stays text. */
export function takeUuencoded(binary: string): { text: string; files: UuencodedFile[] } {
  if (!/^begin(?:-base64)? [0-7]{3,4} /m.test(binary)) return { text: binary, files: [] };
  const lines = binary.split(/\r?\n/);
  const kept: string[] = [];
  const files: UuencodedFile[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const block = readBlock(lines, at);
    if (block) {
      files.push(block.file);
      at = block.lastLine;
    } else kept.push(lines[at] as string);
  }
  return { text: kept.join('\r\n'), files };
}

function readBlock(lines: string[], at: number): { file: UuencodedFile; lastLine: number } | null {
  const filename = beginLine.exec(lines[at] as string)?.[1]?.trim();
  if (filename === undefined) return null;
  const base64 = (lines[at] as string).startsWith('begin-base64');
  const chunks: Uint8Array[] = [];
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = (lines[next] as string).trimEnd();
    if (line === 'end' || (base64 && line === '====')) {
      return { file: { filename, bytes: Buffer.concat(chunks) }, lastLine: next };
    }
    const chunk = base64 ? Buffer.from(line, 'base64') : decodeLine(line);
    if (!chunk) return null;
    chunks.push(chunk);
  }
  return null;
}

/** One line: its length, then four signs for three bytes. Senders often strip trailing blanks, which mean zero. */
function decodeLine(line: string): Uint8Array | null {
  if (line === '' || line === '`') return new Uint8Array();
  const length = (line.charCodeAt(0) - 32) & 63;
  if (!/^[\x20-\x60]+$/.test(line) || line.length - 1 > Math.ceil(length / 3) * 4 + 4) return null;
  const bytes = Buffer.alloc(Math.ceil(length / 3) * 3);
  const six = (index: number) => ((line.charCodeAt(index) || 32) - 32) & 63;
  for (let group = 0; group * 3 < length; group += 1) {
    const at = 1 + group * 4;
    const word = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
    bytes.writeUIntBE(word, group * 3, 3);
  }
  return bytes.subarray(0, length);
}
