import type { Catalogue } from './catalogue.ts';

/** Words of the pages that cut a commune into sectors. */
export const sectorWords = {
  sectorsTitle: { fr: 'Couper une grande commune', en: 'Cut a large commune' },
  sectorsLead: {
    fr: 'Un secteur pèse au plus un dixième d’un portefeuille. Ces communes sont coupées, ou gagneraient à l’être.',
    en: 'A sector weighs at most a tenth of a caseload. These communes are cut, or would be better cut.',
  },
  sectorsNone: {
    fr: 'Aucune commune n’est trop grande pour rester entière.',
    en: 'No commune is too large to stay whole.',
  },
  sectorsCustomers: { fr: 'clients : {count}', en: 'customers: {count}' },
  sectorsCount: { fr: '{count} secteurs : {names}', en: '{count} sectors: {names}' },
  sectorsAdvice: { fr: 'Il lui faudrait {count} secteurs au moins.', en: 'It needs {count} sectors at least.' },
  sectorsSmall: { fr: 'Elle peut rester entière.', en: 'It may stay whole.' },
  sectorsDone: {
    fr: 'La commune est coupée. Chaque client garde son contact.',
    en: 'The commune is cut. Every customer keeps their contact.',
  },
  sectorsCutTitle: { fr: 'Couper {place} en secteurs', en: 'Cut {place} into sectors' },
  sectorsCutLead: {
    fr: 'Aujourd’hui {name} sert toute la commune (clients : {count}).',
    en: 'Today {name} serves the whole commune (customers: {count}).',
  },
  sectorsOne: { fr: 'Secteur {number}', en: 'Sector {number}' },
  sectorsName: { fr: 'Nom du secteur', en: 'Name of the sector' },
  sectorsAdvisor: { fr: 'Qui le sert', en: 'Who serves it' },
  sectorsStreets: { fr: 'Ses rues', en: 'Its streets' },
  sectorsStreetsHint: {
    fr: 'Une par ligne. Sans rue, le secteur prend sa part des autres adresses, voisins ensemble.',
    en: 'One a line. Without streets it takes its part of the other addresses, neighbours together.',
  },
  sectorsSee: { fr: 'Voir qui va où', en: 'See who goes where' },
  sectorsCut: { fr: 'Couper la commune', en: 'Cut the commune' },
  sectorsMore: { fr: 'Un secteur de plus (recommence cette page)', en: 'One sector more (begins this page anew)' },
  sectorsPreview: { fr: 'Ce qui changerait', en: 'What would change' },
  sectorsWith: { fr: '{name} · clients : {count}', en: '{name} · customers: {count}' },
  sectorsChange: { fr: '{De from} {à to} : {count}', en: 'From {from} to {to}: {count}' },
  sectorsNobody: { fr: 'Personne ne change de contact.', en: 'Nobody changes contact.' },
  sectorsThen: {
    fr: 'Couper ne déplace personne. Un plan pour {count} clients attend ensuite votre accord, avec relais et présentation.',
    en: 'Cutting moves nobody. A plan for {count} customers then waits for your word, with handover and introduction.',
  },
  sectorsThenNobody: { fr: 'Couper ne déplace personne.', en: 'Cutting moves nobody.' },
  sectorsNoName: { fr: 'Nommez ce secteur.', en: 'Name this sector.' },
  sectorsTwice: { fr: 'Ce nom est déjà pris. Choisissez-en un autre.', en: 'This name is taken. Choose another.' },
  sectorsNoAdvisor: { fr: 'Choisissez une personne de l’équipe.', en: 'Choose somebody of the team.' },
  sectorsAlready: {
    fr: 'Cette commune vient d’être coupée. Rechargez la page.',
    en: 'This commune has just been cut. Load the page again.',
  },
  sectorsOf: { fr: 'Secteurs {de place}', en: 'Sectors of {place}' },
  sectorsGive: {
    fr: 'Ouvrez une personne pour lui donner un autre secteur.',
    en: 'Open a person to give them another sector.',
  },
  sectorsPlan: { fr: 'Une commune coupée en secteurs', en: 'A commune cut into sectors' },
  sectorsPlanLead: {
    fr: 'Ce plan amène {count} clients à la personne de leur secteur. Sans votre accord, chacun garde son contact.',
    en: 'This plan brings {count} customers to the person of their sector. Without your word, all keep their contact.',
  },
} as const satisfies Catalogue;
