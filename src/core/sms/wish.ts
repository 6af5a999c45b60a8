import { searchKey } from '../identity/search-key.ts';

const STOP = /^(stop|arret|desabonnement|unsubscribe|end|quit)( ?(sms|svp|merci|please|\d{3,6}))?$/;
const START = /^(start|reprise|reprendre|unstop)( ?(sms|svp|merci|please|\d{3,6}))?$/;

/** Whether an SMS says nothing but that no more are wanted, or that they are again. */
export function smsWish(text: string): 'stop' | 'start' | undefined {
  const words = searchKey(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (STOP.test(words)) return 'stop';
  return START.test(words) ? 'start' : undefined;
}
