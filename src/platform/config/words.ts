import type { Language } from './language.ts';

/** What can be wrong with a setting; some name an example or a list after a space: "address smtp://host". */
export type ConfigProblem = keyof (typeof phrases)['en'];

/** Continues a sentence that begins with the setting and what was given. In French, spaces that must not break are. */
const phrases = {
  en: {
    port: () => 'is not a port number from 0 to 65535',
    address: (example: string) => `must be an address like ${example}`,
    flag: () => 'must be 0 or 1',
    parts: () => 'must list web, jobs or mail, with commas between them',
    hostAndPort: () => 'must be a host and a port like 127.0.0.1:8448',
    phones: () => 'must be a host and a port like 192.0.2.20:5060, or registrar',
    networks: () => 'must list addresses or networks (10.0.0.0/8)',
    secret: () => 'must have at least 32 characters',
    secrets: () => 'must list secrets of at least 32 characters, with spaces between them',
    smsSender: () => 'must be a short code, a number like +33353010000, or a name of 3 to 11 letters and digits',
    smsPersonal: () =>
      'is a number of the 06 and 07 ranges, which machines may not use; take a short code or another range',
    postgres: () => 'must begin with postgresql://',
    oneOf: (list: string) => `must be one of ${list}`,
  },
  fr: {
    port: () => 'n’est pas un numéro de port de 0 à 65535',
    address: (example: string) => `doit être une adresse comme ${example}`,
    flag: () => 'doit être 0 ou 1',
    parts: () => 'doit nommer web, jobs ou mail, séparés par des virgules',
    hostAndPort: () => 'doit être un hôte et un port, comme 127.0.0.1:8448',
    phones: () => 'doit être un hôte et un port, comme 192.0.2.20:5060, ou registrar',
    networks: () => 'doit nommer des adresses ou des réseaux (10.0.0.0/8), séparés par des virgules',
    secret: () => 'doit avoir au moins 32 caractères',
    secrets: () => 'doit contenir des secrets d’au moins 32 caractères, séparés par des espaces',
    smsSender: () => 'doit être un numéro court, un numéro comme +33353010000, ou un nom de 3 à 11 lettres et chiffres',
    smsPersonal: () =>
      'est un numéro en 06 ou 07, interdit aux automates\u00a0; il doit être un numéro court ou d’une autre tranche',
    postgres: () => 'doit commencer par postgresql://',
    oneOf: (list: string) => `doit être l’une de ces valeurs\u00a0: ${list}`,
  },
} satisfies Record<Language, Record<string, (detail: string) => string>>;

const frames: Record<Language, (name: string, shown: string | undefined, phrase: string) => string> = {
  en: (name, shown, phrase) =>
    `${name}:${shown === undefined ? '' : ` "${shown}"`} ${phrase}. Correct this environment variable and start again.`,
  fr: (name, shown, phrase) =>
    `${name}\u00a0: ${shown === undefined ? 'la valeur' : `«\u00a0${shown}\u00a0»`} ${phrase}. Corrigez cette variable d’environnement et démarrez à nouveau.`,
};

/** One sentence about one setting, and how to mend it. Without `shown` the value stays secret. */
export function problemSentence(
  language: Language,
  setting: { name: string; shown: string | undefined },
  message: string,
): string {
  const [code = '', ...detail] = message.split(' ');
  const phrase = isProblem(code) ? phrases[language][code](detail.join(' ')) : message;
  return frames[language](setting.name, setting.shown, phrase);
}

function isProblem(code: string): code is ConfigProblem {
  return code in phrases.en;
}

/** Settings that are of use together only. */
export function togetherSentence(language: Language, names: readonly string[]): string {
  const list = `${names.slice(0, -1).join(', ')} ${language === 'fr' ? 'et' : 'and'} ${names.at(-1)}`;
  const all = { en: names.length === 2 ? 'both' : 'all three', fr: names.length === 2 ? 'les deux' : 'les trois' };
  return language === 'fr'
    ? `${list} vont ensemble\u00a0: donnez ${all.fr}, ou aucune.`
    : `${list} go together: set ${all.en}, or none.`;
}

/** A port that cannot be opened, and the setting that chooses another. */
export function portSentence(
  language: Language,
  { port, host, setting, taken, code }: { port: number; host: string; setting: string; taken: boolean; code: string },
): string {
  if (language === 'fr')
    return taken
      ? `Le port ${port} sur ${host} est pris, peut-être par un autre Visavis. Arrêtez-le, ou donnez un autre numéro à ${setting}, et démarrez à nouveau.`
      : `Le port ${port} sur ${host} ne peut pas être ouvert (${code}). Donnez un autre numéro à ${setting} et démarrez à nouveau.`;
  return taken
    ? `Port ${port} on ${host} is taken, perhaps by another Visavis. Stop it, or set ${setting} to another number, and start again.`
    : `Port ${port} on ${host} cannot be opened (${code}). Set ${setting} to another number and start again.`;
}
