export type Language = 'fr' | 'en';

/** The language of whoever runs the program at a terminal: VISAVIS_LANGUAGE, else that of the system, else English. */
export function operatorLanguage(environment: Record<string, string | undefined>): Language {
  const { VISAVIS_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  if (VISAVIS_LANGUAGE === 'fr' || VISAVIS_LANGUAGE === 'en') return VISAVIS_LANGUAGE;
  return /^fr/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'fr' : 'en';
}
