import { parentPort, workerData } from 'node:worker_threads';
import { comeFirst } from '../../../platform/come-first.ts';
import { openLine } from './line.ts';
import type { FromLine, LineSettings, ToLine } from './port.ts';

// The thread that answers Kamailio, and nothing else: what it says and hears is in port.ts.
const NOT_FIRST =
  'the system lets no thread come before others, so callers wait longer while much is written; see CAP_SYS_NICE in docs/operate/telephony.md';
const isFirst = comeFirst();
const line = openLine(workerData as LineSettings, (said: FromLine) => parentPort?.postMessage(said));
if (!isFirst) parentPort?.postMessage({ kind: 'trouble', words: NOT_FIRST, error: undefined, harmless: true });
parentPort?.on('message', (said: ToLine) => {
  if (said.kind !== 'stop') return line.hear(said);
  parentPort?.close();
  void line.stop();
});
