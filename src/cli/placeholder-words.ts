/** What stands between < > in French, by its English name. A test asks for every one the commands have. */
const inFrench: Record<string, string> = {
  address: 'adresse',
  'advisor-mail': 'interlocuteur',
  alias: 'adresse',
  'backup-mail': 'binôme',
  calls: 'appels',
  channel: 'canal',
  code: 'code',
  colour: 'couleur',
  command: 'commande',
  count: 'nombre',
  customers: 'clients',
  date: 'date',
  dates: 'dates',
  days: 'jours',
  division: 'division',
  extension: 'poste',
  factor: 'facteur',
  file: 'fichier',
  insee: 'insee',
  ip: 'ip',
  'ip:port': 'ip:port',
  language: 'langue',
  locale: 'langue',
  mail: 'courriel',
  'mail-or-id': 'courriel-ou-id',
  'mail=share': 'courriel=part',
  'mail[=share]': 'courriel[=part]',
  minutes: 'minutes',
  money: 'montant',
  name: 'nom',
  names: 'noms',
  number: 'numéro',
  path: 'chemin',
  percent: 'pourcentage',
  'phone-or-mail': 'numéro-ou-courriel',
  plan: 'plan',
  realm: 'domaine',
  reference: 'référence',
  role: 'rôle',
  scenario: 'scénario',
  seed: 'graine',
  share: 'part',
  sip: 'sip',
  text: 'texte',
  words: 'mots',
  zone: 'fuseau',
};

/** A placeholder without its brackets and dots, in French. */
export function frenchPlaceholder(name: string): string {
  return inFrench[name] ?? name;
}

/** Whether somebody has said how it is called in French. */
export function isKnownPlaceholder(name: string): boolean {
  return name in inFrench;
}

/** A term or a line of usage with what stands between < > or [ ] in French: `--out <file>`, `[command]`. */
export function frenchPlaceholders(line: string): string {
  return line
    .replace(/<([^<> ]+?)(\.{3})?>/g, (_, name: string, dots = '') => `<${frenchPlaceholder(name)}${dots}>`)
    .replace(/\[([\w-]+)(\.{3})?\]/g, (_, name: string, dots = '') => `[${frenchPlaceholder(name)}${dots}]`);
}
