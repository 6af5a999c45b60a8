import { slugOf } from '../../../core/text/slug.ts';

/** The one address of a commune's page: "/fr/communes/39478-saint-claude". The code counts, the name is for people. */
export function communePath(locale: 'fr' | 'en', { insee, name }: { insee: string; name: string }): string {
  return `/${locale}/communes/${insee}-${slugOf(name)}`;
}

/** The INSEE code at the beginning of such an address, in capitals. */
export function inseeIn(place: string): string {
  return /^([0-9AB]{5})(?:-|$)/i.exec(place)?.[1]?.toUpperCase() ?? '';
}
