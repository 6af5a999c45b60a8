import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Problems } from '../ui/fields.tsx';
import type { Filled } from '../ui/uploads.ts';
import type { Say } from '../ui/words/words.ts';

export const MOST_TEXT = 20_000;

/** What a visitor wrote, checked: either what is to be corrected, or the values. */
export interface Written {
  problems: Problems;
  text: string;
  name: string;
  /** Undefined when none was given. */
  mail: string | undefined;
  phone: string | undefined;
}

/** Checks a message written without an account. */
export function checkWritten({ fields, tooLarge }: Filled, say: Say): Written {
  const [typedMail, typedPhone] = [(fields.mail ?? '').trim(), (fields.phone ?? '').trim()];
  const text = (fields.text ?? '').trim();
  const name = (fields.name ?? '').replace(/\s+/g, ' ').trim().slice(0, 120);
  const mail = typedMail ? normaliseMail(typedMail) : undefined;
  const phone = typedPhone ? normalisePhone(typedPhone) : undefined;
  const problems: Record<string, string> = {};
  if (!text) problems.text = say('errorText');
  else if (text.length > MOST_TEXT) problems.text = say('errorTextLong', { count: MOST_TEXT });
  if (!name) problems.name = say('errorName');
  if (typedMail && !mail) problems.mail = say('errorMail');
  if (typedPhone && !phone) problems.phone = say('errorPhone');
  if (!typedMail && !typedPhone) problems.mail = say('errorReach');
  if (tooLarge) problems.files = say('errorFiles');
  return { problems, text, name, mail, phone };
}
