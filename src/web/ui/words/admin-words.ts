import type { Catalogue } from './catalogue.ts';

/** Words every page of the administration shares. */
export const adminWords = {
  adminTitle: { fr: 'Administration', en: 'Administration' },
  adminSave: { fr: 'Enregistrer', en: 'Save' },
  adminSaved: { fr: 'C’est enregistré.', en: 'Saved.' },
  adminRemoved: { fr: 'C’est retiré.', en: 'Removed.' },
  adminChange: { fr: 'Modifier', en: 'Change' },
  adminChoose: { fr: 'Choisir…', en: 'Choose…' },
} as const satisfies Catalogue;
