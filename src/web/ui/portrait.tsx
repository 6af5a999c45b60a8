/** A portrait, or the initials where no photo was given. Decorative: the name always stands beside it. */
export function Portrait({ of, size }: { of: Pictured; size: 'small' | 'strip' | 'middle' | 'large' }) {
  const pixels = { small: 40, strip: 52, middle: 88, large: 152 }[size];
  const name = size === 'strip' ? 'face' : `face ${size}`;
  if (of.photo) return <img class={name} src={of.photo} alt="" width={pixels} height={pixels} />;
  return (
    <svg class={name} viewBox="0 0 40 40" width={pixels} height={pixels} aria-hidden="true">
      <circle cx="20" cy="20" r="19.5" fill="none" stroke="currentColor" stroke-opacity=".35" />
      <text
        x="20"
        y="20"
        dy=".36em"
        text-anchor="middle"
        font-family="Georgia, serif"
        font-size="15"
        fill="currentColor"
      >
        {initials(of.name)}
      </text>
    </svg>
  );
}

export interface Pictured {
  name: string;
  /** URL of the photo, or null. */
  photo: string | null;
}

/** First letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
