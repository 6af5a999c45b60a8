/** "d’Arinthod", "d’Hérimoncourt", "des Rousses", "du Frasnois", "de La Chaux". */
export function ofName(name: string): string {
  if (/^les /i.test(name)) return `des ${name.slice(4)}`;
  if (/^le /i.test(name)) return `du ${name.slice(3)}`;
  return isElided(name) ? `d’${name}` : `de ${name}`;
}

/** "à Arinthod", "aux Rousses", "au Frasnois", "à La Chaux". */
export function toName(name: string): string {
  if (/^les /i.test(name)) return `aux ${name.slice(4)}`;
  return /^le /i.test(name) ? `au ${name.slice(3)}` : `à ${name}`;
}

/**
 * Before a vowel, and before h, which is mute in most names: not in those made of "haut", nor in a few known ones. Before
 * y only where a consonant follows: "d’Yves", but "de Yann".
 */
function isElided(name: string): boolean {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  if (/^h/i.test(plain)) return !/^h(aut|a(vre|ye|gue|lles|novre|mbourg)\b)/i.test(plain);
  return /^([aeiouœæ]|y[^aeiou\s-])/i.test(plain);
}
