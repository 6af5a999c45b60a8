import { Zip, ZipPassThrough } from 'fflate';
import { recordChange } from '../../../desk/people/record-change.ts';
import { type CustomerRecord, readBytes, readCustomerRecord } from '../../../desk/views/customer-record.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Say, speak } from '../../ui/words/words.ts';
import { findCustomer } from './found.tsx';

/** POST /:locale/staff/customers/:id/export — everything held about a customer as one zip: JSON, and their files. */
export async function exportCustomer(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const { actor, house } = c.var;
  const record = found && (await readCustomerRecord(house.db, found.customer.id));
  if (!found || !record) return answerNotFound(c);
  const { customer, scene } = found;
  await house.transact((tx) =>
    recordChange(tx, actor, {
      action: 'export customer',
      event: 'customer.exported',
      customerId: customer.id,
      facts: { files: record.files.length },
    }),
  );
  // What the person reads is in their own language.
  const say = speak(customer.locale);
  const about = say('exportReadMe', { operator: scene.operator.name, date: scene.now.toISOString().slice(0, 10) });
  const bytes = (sha256: Buffer) => readBytes(house.db, sha256);
  return c.body(zipOf(`${about}\n`, record, say, bytes), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${customer.reference}.zip"`,
  });
}

/** Written while it is sent, one file in memory at a time. */
function zipOf(
  readMe: string,
  record: CustomerRecord,
  say: Say,
  bytesOf: (sha256: Buffer) => Promise<Buffer | undefined>,
): ReadableStream<Uint8Array> {
  const left = [...record.files];
  const zip = new Zip();
  const add = (name: string, bytes: Uint8Array) => {
    const file = new ZipPassThrough(name);
    zip.add(file);
    file.push(bytes, true);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      zip.ondata = (error, chunk, final) => {
        if (error) controller.error(error);
        else controller.enqueue(chunk);
        if (final) controller.close();
      };
      const encoder = new TextEncoder();
      add(say('exportReadMeName'), encoder.encode(readMe));
      add('record.json', encoder.encode(`${JSON.stringify(record.tables, null, 2)}\n`));
    },
    async pull() {
      const next = left.shift();
      if (!next) return zip.end();
      const bytes = await bytesOf(next.sha256);
      if (bytes) add(next.name, bytes);
    },
  });
}
