import { createHash } from 'node:crypto';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import type { IncomingAttachment } from '../../desk/interactions/incoming.ts';
import type { Tx } from '../../desk/tx.ts';
import type { WebContext } from '../route.ts';

/** All files of one message together. */
export const MOST_FILE_BYTES = 25 * 1024 * 1024;
/** Beyond this no request is read at all (app.ts); between the two the text comes back with a sentence. */
export const MOST_REQUEST_BYTES = 45 * 1024 * 1024;
const mostFiles = 20;

/** What someone filled in: the texts by name, the files, and whether they are too many or too large to take. */
export interface Filled {
  fields: Record<string, string>;
  files: File[];
  tooLarge: boolean;
}

/** Reads a form with its files. What is too large is left out, never the text. */
export async function readFilled(c: WebContext): Promise<Filled> {
  const body = await c.req.parseBody({ all: true });
  const fields: Record<string, string> = {};
  const files: File[] = [];
  for (const [name, value] of Object.entries(body))
    for (const each of [value].flat())
      if (each instanceof File) {
        if (each.size > 0 || each.name) files.push(each);
      } else fields[name] ??= each.replaceAll('\0', '').replace(/\r\n?/g, '\n');
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const tooLarge = bytes > MOST_FILE_BYTES || files.length > mostFiles;
  return { fields, files: tooLarge ? [] : files, tooLarge };
}

/** Stores the files and says what the message carries. */
export async function storeFiles(tx: Tx, files: readonly File[]): Promise<IncomingAttachment[]> {
  const stored: IncomingAttachment[] = [];
  for (const file of files) {
    const sha256 = await storeBlob(tx, new Uint8Array(await file.arrayBuffer()));
    stored.push({ filename: fileName(file.name), contentType: file.type || 'application/octet-stream', sha256 });
  }
  return stored;
}

/** What makes a submit the same as another: the form it came from and everything filled in. */
export async function contentHashOf(
  formId: string,
  fields: readonly string[],
  files: readonly File[],
): Promise<Buffer> {
  const hash = createHash('sha256').update(JSON.stringify([formId, ...fields]));
  for (const file of files) hash.update(file.name).update(new Uint8Array(await file.arrayBuffer()));
  return hash.digest();
}

function fileName(name: string): string {
  return (
    name
      .replace(/[\p{Cc}/\\]+/gu, ' ')
      .trim()
      .slice(-150) || 'document'
  );
}
