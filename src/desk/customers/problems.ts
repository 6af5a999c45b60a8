import { type Locale, typeset } from '../../core/text/typeset.ts';

/** What is wrong with what was typed for a customer: the field, why, and the value. */
export interface CustomerProblem {
  field: 'name' | 'kind' | 'commune' | 'sector' | 'phone' | 'mail' | 'reference' | 'line' | 'serviceLevel' | 'advisor';
  why: keyof typeof sentences;
  value: string;
  /** What could be given instead. */
  choices?: readonly string[];
}

const sentences = {
  missing: { fr: 'Il manque {field}.', en: 'The {field} is missing.' },
  unknown: {
    fr: '{field} : « {value} » n’existe pas. Vérifiez l’orthographe.',
    en: '{field}: "{value}" does not exist. Check the spelling.',
  },
  not_served: {
    fr: '{field} : aucun secteur ne couvre {value}. Créez d’abord le secteur.',
    en: '{field}: no area covers {value}. Add the area first.',
  },
  choose: { fr: '{field} : précisez lequel, parmi {choices}.', en: '{field}: say which one, of {choices}.' },
  unreadable: {
    fr: '{field} : « {value} » ne peut pas être lu. Exemple : {example}.',
    en: '{field}: "{value}" cannot be read. Example: {example}.',
  },
  taken: {
    fr: '{field} : « {value} » est déjà utilisé. Choisissez-en un autre.',
    en: '{field}: "{value}" is already used. Choose another.',
  },
} as const;

const fields: Record<CustomerProblem['field'], Record<Locale, string>> = {
  name: { fr: 'Nom', en: 'name' },
  kind: { fr: 'Type de client', en: 'kind' },
  commune: { fr: 'Commune', en: 'commune' },
  sector: { fr: 'Secteur', en: 'sector' },
  phone: { fr: 'Téléphone', en: 'phone' },
  mail: { fr: 'Adresse de courriel', en: 'mail address' },
  reference: { fr: 'Numéro de client', en: 'customer number' },
  line: { fr: 'Numéro de ligne', en: 'line number' },
  serviceLevel: { fr: 'Niveau de service', en: 'service level' },
  advisor: { fr: 'Interlocuteur', en: 'advisor' },
};

const examples: Partial<Record<CustomerProblem['field'], string>> = {
  phone: '03 53 01 20 30',
  mail: 'prenom.nom@example.org',
  reference: 'C100123',
  line: 'L25200123',
  kind: 'household, business, town_hall',
};

/** The problem as a sentence that says how to mend it. */
export function explainCustomerProblem(problem: CustomerProblem, locale: Locale): string {
  const sentence = sentences[problem.why][locale]
    .replace('{field}', fields[problem.field][locale])
    .replace('{value}', problem.value)
    .replace('{choices}', (problem.choices ?? []).join(', '))
    .replace('{example}', examples[problem.field] ?? '');
  return typeset(sentence.charAt(0).toUpperCase() + sentence.slice(1), locale);
}
