/** What a backup consists of: lines of its own, and between them the rows of tables, in pieces of any size. */
export type Piece = { kind: 'line'; text: string } | { kind: 'rows'; bytes: Buffer } | { kind: 'end of rows' };

/** The longest line between tables; more is no backup. */
const LONGEST_LINE = 4_000_000;
/** Ends the rows of a table, as in the text form of COPY: no row can be this line. */
const TERMINATOR = Buffer.from('\\.\n');
const NEXT_TERMINATOR = Buffer.from('\n\\.\n');

/** Takes the text of a backup apart. A last line without its end is left out. */
export async function* pieces(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let buffer: Buffer = Buffer.alloc(0);
  let state: 'lines' | 'first row' | 'rows' = 'lines';
  for await (const chunk of source) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    for (;;) {
      if (state === 'lines') {
        const at = buffer.indexOf(10);
        if (at < 0 && buffer.length > LONGEST_LINE) return;
        if (at < 0) break;
        const text = buffer.toString('utf8', 0, at);
        buffer = buffer.subarray(at + 1);
        yield { kind: 'line', text };
        if (text.startsWith('COPY ')) state = 'first row';
      } else if (state === 'first row') {
        if (buffer.length < TERMINATOR.length) break;
        state = 'rows';
        if (!buffer.subarray(0, TERMINATOR.length).equals(TERMINATOR)) continue;
        buffer = buffer.subarray(TERMINATOR.length);
        yield { kind: 'end of rows' };
        state = 'lines';
      } else {
        const at = buffer.indexOf(NEXT_TERMINATOR);
        const ready: number = at < 0 ? buffer.length - NEXT_TERMINATOR.length + 1 : at + 1;
        if (ready > 0) yield { kind: 'rows', bytes: buffer.subarray(0, ready) };
        if (ready > 0) buffer = buffer.subarray(ready);
        if (at < 0) break;
        buffer = buffer.subarray(TERMINATOR.length);
        yield { kind: 'end of rows' };
        state = 'lines';
      }
    }
  }
}
