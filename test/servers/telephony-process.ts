// The telephone side of Visavis in a process of its own, for tests that kill it. Prints a line once it is connected.
import { setTimeout as pause } from 'node:timers/promises';
import { openTelephony } from '../../src/channels/telephony/open.ts';
import { openHouse } from '../../src/house.ts';
import { readConfig } from '../../src/platform/config/config.ts';

const config = readConfig(process.env);
const { house } = await openHouse(config);
if (!house.config.telephony) throw new Error('no telephony is configured');
const voice: string[] = JSON.parse(process.env.TEST_VOICE ?? '[]');
await openTelephony(house, {
  ...house.config.telephony,
  mediaAddress: '127.0.0.1',
  voice,
  databaseUrl: config.databaseUrl ?? '',
});
// Until the connection to evapi stands.
await pause(300);
process.stdout.write('0\n');
