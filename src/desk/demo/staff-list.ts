/** The thirty advisors of the demo, pod by pod; family names are made up. `hours`: lunch at noon, at one, or part-time. */
export interface DemoAdvisor {
  given: string;
  family: string;
  hairCut: 'short' | 'long';
  hours: 'lunchAtNoon' | 'lunchAtOne' | 'noWednesday' | 'mornings';
  languages: readonly string[];
  shownAs: 'full' | 'first';
}

export interface DemoPod {
  name: string;
  office: string;
  advisors: readonly DemoAdvisor[];
}

const someone = (
  name: string,
  hairCut: DemoAdvisor['hairCut'],
  hours: DemoAdvisor['hours'],
  more: Partial<Pick<DemoAdvisor, 'languages' | 'shownAs'>> = {},
): DemoAdvisor => {
  const [given = '', family = ''] = name.split(' ');
  return { given, family, hairCut, hours, languages: more.languages ?? ['fr'], shownAs: more.shownAs ?? 'full' };
};

/** The advisor who signs in as `advisor` in the demo, and the lead: places in `demoPods`. */
export const demoSignIn = { advisor: { pod: 3, place: 1 }, lead: { pod: 2, place: 0 } } as const;

/** From north to south, so that a pod's areas lie together. */
export const demoPods: readonly DemoPod[] = [
  {
    name: 'Pays de Montbéliard',
    office: 'Montbéliard',
    advisors: [
      someone('Étienne Courbelier', 'short', 'lunchAtNoon', { languages: ['fr', 'de'] }),
      someone('Nadia Vauremey', 'long', 'lunchAtOne', { languages: ['fr', 'en', 'ar'] }),
      someone('Bastien Mailequin', 'short', 'lunchAtNoon'),
      someone('Odile Grimanay', 'long', 'noWednesday', { shownAs: 'first' }),
      someone('Hakim Bredelois', 'short', 'lunchAtOne', { languages: ['fr', 'ar'] }),
    ],
  },
  {
    name: 'Vallée du Doubs',
    office: 'Besançon',
    advisors: [
      someone('Claire Toutivard', 'long', 'lunchAtNoon', { languages: ['fr', 'en'] }),
      someone('Yann Percheval', 'short', 'lunchAtOne'),
      someone('Maëlle Sauguetin', 'long', 'lunchAtNoon', { languages: ['fr', 'en', 'es'] }),
      someone('Gilles Lanadieux', 'short', 'lunchAtOne', { shownAs: 'first' }),
      someone('Inès Charmirey', 'long', 'mornings', { languages: ['fr', 'es'] }),
    ],
  },
  {
    name: 'Besançon',
    office: 'Besançon',
    advisors: [
      someone('Hélène Jouvatal', 'long', 'lunchAtNoon', { languages: ['fr', 'en'] }),
      someone('Mehdi Balquenay', 'short', 'lunchAtOne', { languages: ['fr', 'ar', 'en'] }),
      someone('Lucie Frabannet', 'long', 'lunchAtNoon'),
      someone('Thomas Rouzelard', 'short', 'lunchAtOne', { languages: ['fr', 'en'] }),
      someone('Véronique Marguerel', 'long', 'noWednesday', { shownAs: 'first' }),
    ],
  },
  {
    name: 'Haut-Doubs',
    office: 'Pontarlier',
    advisors: [
      someone('Karim Loudetal', 'short', 'lunchAtOne', { languages: ['fr', 'en'] }),
      someone('Samira Bourlanney', 'long', 'lunchAtNoon', { languages: ['fr', 'en', 'ar'] }),
      someone('Jean Narchelier', 'short', 'lunchAtOne'),
      someone('Adèle Vertinard', 'long', 'lunchAtNoon', { languages: ['fr', 'de'] }),
      someone('Solange Moumanet', 'long', 'noWednesday', { shownAs: 'first' }),
    ],
  },
  {
    name: 'Lédonien et Haut-Jura',
    office: 'Lons-le-Saunier',
    advisors: [
      someone('Olivier Gaubelval', 'short', 'lunchAtNoon'),
      someone('Estelle Parelois', 'long', 'lunchAtOne', { languages: ['fr', 'en'] }),
      someone('Quentin Brezerel', 'short', 'lunchAtNoon', { languages: ['fr', 'en', 'it'] }),
      someone('Fanny Daguemey', 'long', 'lunchAtOne', { shownAs: 'first' }),
      someone('Régis Chatinay', 'short', 'mornings'),
    ],
  },
  {
    name: 'Dole et Bresse',
    office: 'Dole',
    advisors: [
      someone('Camille Gridequin', 'long', 'lunchAtNoon', { languages: ['fr', 'en'] }),
      someone('Aurélien Perlerey', 'short', 'lunchAtOne'),
      someone('Florence Saumitard', 'long', 'lunchAtNoon'),
      someone('Sylvain Louvatin', 'short', 'lunchAtOne', { languages: ['fr', 'pt'] }),
      someone('Anaïs Coureret', 'long', 'noWednesday', { languages: ['fr', 'en'], shownAs: 'first' }),
    ],
  },
];

export interface DemoOffice {
  /** Commune it stands in, and its name. */
  name: string;
  insee: string;
  street: string;
  postcode: string;
  /** Arrondissements whose areas it serves, as the commune table writes them. */
  arrondissement: string;
}

export const demoOffices: readonly DemoOffice[] = [
  {
    name: 'Montbéliard',
    insee: '25388',
    street: '4 rue de l’Heure-Dite',
    postcode: '25200',
    arrondissement: 'Montbéliard',
  },
  {
    name: 'Besançon',
    insee: '25056',
    street: '12 place du Rendez-Vous',
    postcode: '25000',
    arrondissement: 'Besançon',
  },
  {
    name: 'Pontarlier',
    insee: '25462',
    street: '7 rue de la Bonne-Réponse',
    postcode: '25300',
    arrondissement: 'Pontarlier',
  },
  {
    name: 'Saint-Claude',
    insee: '39478',
    street: '2 cour du Bottier-Muet',
    postcode: '39200',
    arrondissement: 'Saint-Claude',
  },
  {
    name: 'Lons-le-Saunier',
    insee: '39300',
    street: '9 rue des Trois-Lanternes',
    postcode: '39000',
    arrondissement: 'Lons-le-Saunier',
  },
  { name: 'Dole', insee: '39198', street: '5 rue de la Lettre-Ouverte', postcode: '39100', arrondissement: 'Dole' },
];

/** Quarters by which large towns are cut; the others by points of the compass. */
export const quarters: Readonly<Record<string, readonly string[]>> = {
  '25056': [
    'Battant',
    'Boucle',
    'Bregille',
    'Butte',
    'Chaprais',
    'Fontaine-Écu',
    'Montrapon',
    'Palente',
    'Planoise',
    'Saint-Claude',
    'Saint-Ferjeux',
    'Tilleroyes',
    'Velotte',
    'Vaîtes',
  ],
  '25388': ['Centre', 'Petite-Hollande', 'Chiffogne', 'Citadelle', 'Batteries-du-Parc'],
  '39198': ['Centre', 'Mesnils-Pasteur', 'Azans', 'Poiset', 'Goux'],
  '25462': ['Centre', 'Pareuses', 'Longs-Traits', 'Saint-Étienne'],
  '39300': ['Centre', 'Marjorie', 'Richebourg', 'Solvan'],
};
export const compass = ['Centre', 'Nord', 'Sud', 'Est', 'Ouest', 'Gare'] as const;
