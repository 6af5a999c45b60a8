import { get, LOCALE, post, type Route } from '../route.ts';
import { askCard, sendCard, showCardSent } from './card-pages.tsx';
import { confirm, showConfirm } from './confirm-pages.tsx';
import { showAddress, showContact } from './contact-page.tsx';
import { showFind } from './find-pages.tsx';
import { chooseLanguage, showHome } from './home.tsx';
import { showIcon } from './icon-route.ts';
import { showLogo } from './logo-route.ts';
import { showPortrait } from './portrait-route.ts';
import { showSent } from './sent-page.tsx';
import { sendQr, sendVcard } from './vcard.ts';
import { sendWritten, showWrite } from './write-pages.tsx';

const PERSON = `${LOCALE}/contact/:advisorId`;

/** What anyone may read and do: find their contact, keep the card, write without an account. */
export const publicRoutes: readonly Route[] = [
  get('/', 'anyone', chooseLanguage),
  get('/icon.svg', 'anyone', showIcon),
  get('/logo/:key', 'anyone', showLogo),
  get('/portrait/:advisorId/:size/:key', 'anyone', showPortrait),
  get(LOCALE, 'anyone', showHome),
  get(`${LOCALE}/contact`, 'anyone', showFind),
  get(PERSON, 'anyone', showContact),
  post(`${PERSON}/address`, 'anyone', showAddress),
  get(`${PERSON}/contact.vcf`, 'anyone', sendVcard),
  get(`${PERSON}/qr.svg`, 'anyone', sendQr),
  get(`${PERSON}/write`, 'anyone', showWrite),
  post(`${PERSON}/write`, 'anyone', sendWritten),
  get(`${PERSON}/sent/:note`, 'anyone', showSent),
  get(`${LOCALE}/confirm/:token`, 'anyone', showConfirm),
  post(`${LOCALE}/confirm/:token`, 'anyone', confirm),
  get(`${LOCALE}/card`, 'anyone', askCard),
  post(`${LOCALE}/card`, 'anyone', sendCard),
  get(`${LOCALE}/card/sent`, 'anyone', showCardSent),
];
