import { events } from './events.ts';
import { head } from './head.ts';
import { requests } from './requests.ts';
import { routes } from './routes.ts';
import type { TelephonySettings } from './settings.ts';

/** A complete kamailio.cfg (Kamailio 5.6). Every INVITE asks Visavis and follows its ring list, one step after the other. */
export function kamailioConfig(settings: TelephonySettings): string {
  return [head(settings), requests(settings), routes(settings), events()].join('\n');
}
