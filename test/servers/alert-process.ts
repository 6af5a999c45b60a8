// Tells of one event in a process of its own, for tests that kill it half-way.
import { tellAlerts } from '../../src/desk/alerts/tell.ts';
import { openHouse } from '../../src/house.ts';
import { readConfig } from '../../src/platform/config/config.ts';

const open = await openHouse(readConfig(process.env));
await tellAlerts(open.house, process.argv[2] ?? '');
await open.close();
