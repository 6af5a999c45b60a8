import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const COMMON =
  'bonjour la ligne est coupée depuis hier internet ne marche plus le téléphone non plus pouvez vous passer merci box fibre panne facture technicien rendez-vous voyant rouge orage commune voisin toujours rien débit lent adresse travaux poteau câble prise décodeur courrier contrat numéro portable mairie'.split(
    ' ',
  );
const SYLLABLES = 'ba be bi bo bra cha cou dan der fai for gra ja len lou ma mer nou pal pier ron sau tan ver'.split(
  ' ',
);
const VOCABULARY = 4_000;

/** Many short texts whose words are as unequal as in real ones: a few everywhere, most of them rare. Always the same. */
export function phrases(count: number): string[] {
  const generator = xoroshiro128plus(25);
  const random = () => (generator.next() >>> 0) / 2 ** 32;
  const words = [...COMMON, ...Array.from({ length: VOCABULARY }, (_, index) => rareWord(index))];
  return Array.from({ length: count }, () =>
    Array.from({ length: 13 }, () => words[Math.floor(random() ** 3 * words.length)]).join(' '),
  );
}

/** A pronounceable word of three syllables, another one for every number. */
export function rareWord(index: number): string {
  const count = SYLLABLES.length;
  const at = (place: number) => SYLLABLES[Math.floor(index / count ** place) % count];
  return `${at(0)}${at(1)}${at(2)}${index % 7 === 0 ? 'é' : ''}`;
}
