import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { DateStyle } from '../../core/text/dates.ts';
import { type Say, sayIn } from './words.ts';

interface Language {
  say: Say;
  style: DateStyle;
}

const device: DateStyle = { locale: navigator.language.startsWith('en') ? 'en' : 'fr', zone: 'Europe/Paris' };
const LanguageContext = createContext<Language>({ say: sayIn(device.locale), style: device });

/** Gives everything inside its language and the time zone of the territory. */
export function Words({ locale, zone, children }: DateStyle & { children: ReactNode }) {
  const language = useMemo(() => ({ say: sayIn(locale), style: { locale, zone } }), [locale, zone]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The words of the workspace in the person's language. */
export const useWords = (): Say => useContext(LanguageContext).say;

/** How dates are written here. */
export const useDateStyle = (): DateStyle => useContext(LanguageContext).style;
