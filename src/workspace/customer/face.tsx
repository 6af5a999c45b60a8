/** A portrait, or the initials where there is none. Says nothing that the name beside it does not say. */
export function Face({ name, src, large }: { name: string; src?: string | undefined; large?: boolean }) {
  const kind = large ? 'face large' : 'face';
  if (src) return <img className={kind} src={src} alt="" />;
  return (
    <span className={kind} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name
    .replace(/^(Mairie (de|d’|d')|M\.|Mme)\s*/i, '')
    .split(/[\s'’-]+/)
    .filter((word) => /^\p{L}/u.test(word));
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return `${first.charAt(0)}${last.charAt(0)}`.toLocaleUpperCase();
}
