import { parentPort, workerData } from 'node:worker_threads';
import { openLine } from './line.ts';
import type { FromLine, LineSettings, ToLine } from './port.ts';

// The thread that answers Kamailio, and nothing else: what it says and hears is in port.ts.
const line = openLine(workerData as LineSettings, (said: FromLine) => parentPort?.postMessage(said));
parentPort?.on('message', (said: ToLine) => {
  if (said.kind !== 'stop') return line.hear(said);
  parentPort?.close();
  void line.stop();
});
