import { events } from './events.ts';
import { head } from './head.ts';
import { outgoing } from './outgoing.ts';
import { redirectDoor } from './redirect.ts';
import { requests } from './requests.ts';
import { routes } from './routes.ts';
import type { TelephonySettings } from './settings.ts';
import { transfer } from './transfer.ts';
import { voicemail } from './voicemail.ts';

/** A complete kamailio.cfg (Kamailio 5.6). Every INVITE asks Visavis and follows its ring list, one step after the other. */
export function kamailioConfig(settings: TelephonySettings): string {
  const passing = settings.registrar && settings.outgoing ? transfer(settings) : '';
  return [
    head(settings),
    requests(settings),
    routes(settings),
    outgoing(settings),
    passing,
    redirectDoor(settings),
    voicemail(),
    events(),
  ].join('\n');
}
