import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis import contours` says of itself. */
export const contoursHelp = {
  about: {
    fr: 'les contours des communes, en GeoJSON : la carte des portefeuilles, les distances, les communes qui se touchent',
    en: 'outlines of communes from GeoJSON: the map of caseloads, distances, and which communes touch',
  },
  file: {
    fr: 'FeatureCollection GeoJSON en degrés (WGS 84), avec le code INSEE de chaque commune',
    en: 'GeoJSON FeatureCollection in degrees (WGS 84), with the INSEE code of each commune',
  },
} as const satisfies Record<string, Both>;

/** What became of the outlines, or why nothing did. */
export const contoursWords = {
  simplifying: { fr: 'Simplification…', en: 'Simplifying…' },
  unreadable: (path: string): Both => ({
    fr: `${path} ne peut pas être lu. Vérifiez son nom et vos droits.`,
    en: `${path} cannot be read. Check its name and your rights.`,
  }),
  tooLarge: (megabytes: number): Both => ({
    fr: `Le fichier dépasse ${megabytes} Mo. Exportez seulement votre territoire.`,
    en: `The file is larger than ${megabytes} MB. Export only your territory.`,
  }),
  refused: ({ fr, en }: Both): Both => ({
    fr: `${fr} Rien n'a été changé.`,
    en: `${en} Nothing was changed.`,
  }),
  noneOfToday: {
    fr: "Aucune commune d'aujourd'hui n'a l'un de ces codes. Rien n'a été changé.",
    en: 'No commune of today has one of these codes. Nothing was changed.',
  },
  kept: (communes: number, borders: number, unknown: readonly string[]): Both => {
    const codes = unknown.slice(0, 20).join(', ');
    return {
      fr: `Contours gardés : ${communes}, limites partagées : ${borders}.${codes && ` Laissés de côté, sans commune aujourd'hui : ${codes}.`}`,
      en: `Outlines kept: ${communes}, with ${borders} common borders.${codes && ` Left out, no commune of today: ${codes}.`}`,
    };
  },
};
