import { palette } from '../../../core/text/palette.ts';

/** A colour on the paper it will stand on, by day or by night. Decorative: its name stands beside it. */
export function Swatch({ colour, onDark }: { colour: string; onDark: boolean }) {
  return (
    <svg class="swatch" viewBox="0 0 40 24" width={40} height={24} aria-hidden="true">
      <rect width="40" height="24" rx="4" fill={palette[onDark ? 'dark' : 'light'].paper} stroke="#877d6d" />
      <rect x="8" y="6" width="24" height="12" rx="2" fill={colour} />
    </svg>
  );
}
