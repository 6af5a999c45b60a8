import sharp from 'sharp';
import { type PreparedImage, prepareImage } from '../posts/images.ts';

const WIDTH = 2000;
const HEIGHT = 2200;

const columns = [
  'Jusqu’ici, il fallait appeler un numéro unique, attendre, et tout raconter de nouveau à une voix inconnue. Depuis lundi, l’opérateur des Combes nomme une personne pour chaque commune, avec son nom, son numéro et son adresse. « Ce n’est pas un numéro de plus, c’est quelqu’un », dit une habitante de la vallée, restée cinq jours sans téléphone l’hiver dernier.',
  'Les mairies avaient déjà le portable d’un directeur. Les abonnés, eux, gardaient la musique d’attente. L’opérateur promet désormais la même chose à tous : une réponse du même interlocuteur, ou un rappel à une heure dite. Nous avons essayé. Trois appels sur quatre ont abouti chez la bonne personne. Le quatrième a été rappelé dans l’heure.',
  'Reste une question que nos lecteurs poseront. Qui paie ces articles qui disent du bien d’un opérateur ? Celui-ci est écrit par la rédaction, sans contrepartie. L’opérateur publie de son côté ses propres textes. Il y écrit, en toutes lettres, qui les a payés. C’est bien le moins, et ce n’est pas si courant.',
];

/** A page of a newspaper that does not exist, as a scan would be: large enough to be read a column at a time. */
export async function drawClipping(): Promise<PreparedImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="serif" fill="#221f1b">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#f4efe2"/>
<text x="1000" y="190" font-size="150" text-anchor="middle">L’Écho des Combes</text>
<path d="M100 250 h1800 M100 262 h1800" stroke="#221f1b" stroke-width="4"/>
<text x="100" y="330" font-size="44">Journal inventé pour la démonstration</text>
<text x="100" y="500" font-size="96" font-weight="bold">Un nom, un visage, un numéro</text>
<text x="100" y="590" font-size="58" font-style="italic">L’opérateur des Combes présente ses interlocuteurs</text>
${columns.map((text, index) => column(text, 100 + index * 620)).join('\n')}</svg>`;
  const png = await sharp(Buffer.from(svg)).png().toBuffer();
  const image = await prepareImage(png);
  if (!image) throw new Error('the clipping was not drawn');
  return image;
}

const LETTERS = 27;

function column(text: string, x: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (`${last} ${word}`.length > LETTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  return lines.map((line, index) => `<text x="${x}" y="${720 + index * 62}" font-size="40">${line}</text>`).join('');
}
