import type { Both } from '../../platform/config/said-in-both.ts';

/** What is wrong with a file of outlines, and how to mend it. */
export const contourProblems = {
  notGeoJson: {
    fr: "Ce fichier n'est pas une FeatureCollection GeoJSON. Exportez les communes en GeoJSON.",
    en: 'This is not a GeoJSON FeatureCollection. Export the communes as GeoJSON.',
  },
  empty: { fr: 'Le fichier ne contient aucune commune.', en: 'The file has no communes.' },
  tooManyFeatures: (most: number): Both => ({
    fr: `Le fichier a plus de ${most} éléments. Exportez seulement votre territoire.`,
    en: `The file has more than ${most} features. Export only your territory.`,
  }),
  tooManyPoints: (most: number): Both => ({
    fr: `Le fichier a plus de ${most} points. Exportez une édition simplifiée.`,
    en: `The file has more than ${most} points. Export a simplified edition.`,
  }),
  inFeature: (number: number, problem: Both): Both => ({
    fr: `Élément ${number} : ${problem.fr}`,
    en: `Feature ${number}: ${problem.en}`,
  }),
  noCode: (names: readonly string[]): Both => ({
    fr: `pas de code INSEE. Donnez-le dans l'une des propriétés ${names.join(', ')}.`,
    en: `no INSEE code. Name it in one of the properties ${names.join(', ')}.`,
  }),
  noPolygon: (code: string): Both => ({
    fr: `${code} n'est pas un polygone. Exportez les contours des communes, non leurs centres.`,
    en: `${code} is not a polygon. Export the outlines of the communes, not their centres.`,
  }),
  noOutline: (code: string): Both => ({
    fr: `le contour de ${code} est inutilisable. Il faut des longitudes et des latitudes en degrés (WGS 84), et des anneaux fermés.`,
    en: `the outline of ${code} cannot be used. Coordinates must be longitude and latitude in degrees (WGS 84), rings closed.`,
  }),
};
