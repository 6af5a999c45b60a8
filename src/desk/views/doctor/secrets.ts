import { type Locale, typeset } from '../../../core/text/typeset.ts';
import type { OlderKey } from '../../signing-keys.ts';
import type { Finding } from './finding.ts';

/** An older key that is known, at this moment. */
export interface SecretNote extends OlderKey {
  now: Date;
}

/** Keys that signed, are still needed, and are not among those the program was given. */
export function missingSecrets(keys: readonly OlderKey[], now: Date): Finding[] {
  const missing = keys.filter((key) => !key.known && (key.caseFiles > 0 || key.neededUntil > now));
  if (missing.length === 0) return [];
  return [{ check: 'secretMissing', count: missing.length, examples: missing.map(({ fingerprint }) => fingerprint) }];
}

/** How long each older secret is still needed. No fault: what to do, and when. */
export function secretNotes(locale: Locale, notes: readonly SecretNote[]): string[] {
  return notes.map((note) => typeset(sentence(locale, note), locale));
}

function sentence(locale: Locale, { fingerprint, neededUntil, caseFiles, now }: SecretNote): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(neededUntil);
  const words = sentences[locale];
  const subject = `${words.subject} ${fingerprint}`;
  if (neededUntil > now) return `${subject}${words.until(day)}${caseFiles > 0 ? words.and(caseFiles) : ''}`;
  return `${subject}${caseFiles > 0 ? words.open(caseFiles) : words.over}`;
}

const sentences = {
  fr: {
    subject: 'Ancien secret',
    until: (day: string) => ` : gardez-le au moins jusqu’au ${day}, pour les sessions et les liens déjà envoyés.`,
    and: (count: number) => ` Les réponses à ${count} dossiers ouverts en ont besoin aussi.`,
    open: (count: number) => ` : gardez-le encore, les réponses à ${count} dossiers ouverts en ont besoin.`,
    over: ' : plus rien n’en a besoin. Retirez-le de VISAVIS_OLDER_SECRETS.',
  },
  en: {
    subject: 'Older secret',
    until: (day: string) => `: keep it until ${day} at least, for sessions and links sent before.`,
    and: (count: number) => ` Answers to ${count} open case files need it too.`,
    open: (count: number) => `: keep it still, answers to ${count} open case files need it.`,
    over: ': nothing needs it any more. Take it out of VISAVIS_OLDER_SECRETS.',
  },
};
