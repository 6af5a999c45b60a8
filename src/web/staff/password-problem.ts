import type { WebContext } from '../route.ts';
import { passwordLength } from '../session/staff-auth.ts';
import type { Say } from '../ui/words/words.ts';

/** What is wrong with a new password, in words that say how to mend it; undefined when nothing is. */
export async function passwordProblem(
  c: WebContext,
  say: Say,
  staffId: string,
  password: unknown,
): Promise<string | undefined> {
  if (typeof password !== 'string' || password.length < passwordLength.least)
    return say('staffPasswordShort', passwordLength);
  if (password.length > passwordLength.most) return say('staffPasswordLong', passwordLength);
  const staff = await c.var.house.db
    .selectFrom('staff')
    .where('id', '=', staffId)
    .select(['name', 'email'])
    .executeTakeFirst();
  const known = [staff?.name ?? '', staff?.email ?? ''].flatMap((each) => each.toLowerCase().split(/[^\p{L}]+/u));
  return isEasy(password, known) ? say('staffPasswordEasy') : undefined;
}

/** Few different characters, or little left once the own name, the product's and the most usual words are taken out. */
function isEasy(password: string, known: readonly string[]): boolean {
  if (new Set(password).size < 5) return true;
  const usual = ['password', 'motdepasse', 'azerty', 'qwerty', 'visavis', 'bonjour', 'welcome', '123456789', '123456'];
  let rest = password.toLowerCase();
  for (const word of [...known, ...usual].filter((each) => each.length >= 4)) rest = rest.replaceAll(word, '');
  return rest.replace(/[\d\s\W_]+/g, '').length < 4 && rest.length < passwordLength.least;
}
