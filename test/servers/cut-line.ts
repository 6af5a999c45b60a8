import { connect, createServer, type Socket } from 'node:net';

/** A wire between Visavis and Kamailio's evapi that can be cut. */
export interface CutLine {
  address: string;
  /** How many times it was connected. */
  connections(): number;
  cut(): void;
  /** Cuts itself when Kamailio next asks about a call: in the middle of the question, or before an answer passes. */
  cutAtQuestion(where: 'inside' | 'before the answer'): void;
  stop(): void;
}

export async function startCutLine(port: number, evapi: string): Promise<CutLine> {
  const [host = '', evapiPort = ''] = evapi.split(':');
  let ends: Socket[] = [];
  let connections = 0;
  let next: 'inside' | 'before the answer' | undefined;
  const cut = () => {
    for (const end of ends) end.destroy();
    ends = [];
  };
  const server = createServer((visavis) => {
    const kamailio = connect(Number(evapiPort), host);
    connections += 1;
    ends = [visavis, kamailio];
    let deaf = false;
    for (const end of ends) end.on('error', () => undefined).on('close', cut);
    visavis.on('data', (bytes) => deaf || kamailio.write(bytes));
    kamailio.on('data', (bytes) => {
      if (!next || !bytes.includes('"event":"invited"')) return void visavis.write(bytes);
      deaf = true;
      visavis.write(next === 'inside' ? bytes.subarray(0, bytes.length >> 1) : bytes);
      next = undefined;
      setTimeout(cut, 60);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${port}`,
    connections: () => connections,
    cut,
    cutAtQuestion: (where) => {
      next = where;
    },
    stop: () => {
      cut();
      server.close();
    },
  };
}
