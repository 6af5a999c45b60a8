import type { House } from '../../desk/house.ts';
import { keepSms } from '../../desk/sms/keep.ts';
import { keepReceipt } from '../../desk/sms/receipts.ts';
import { gatewayLink } from './gateway.ts';
import type { SmsLink, SmsTaker } from './port.ts';
import { smscLink } from './smsc.ts';

/** The configured way for SMS to leave, opened; undefined when there is none. An SMSC also delivers through it. */
export function openSms(house: House): SmsLink | undefined {
  const { sms } = house.config;
  if (!sms) return undefined;
  if (/^http/.test(sms.url)) return gatewayLink(sms.url, sms.secret ?? '', house.clock);
  return smscLink(sms.url, smsTaker(house), house.log);
}

/** Where what comes in is kept. */
function smsTaker(house: Pick<House, 'transact'>): SmsTaker {
  return { message: (sms) => keepSms(house, sms), receipt: (receipt) => keepReceipt(house, receipt) };
}
