import { useDateStyle } from '../words/use-words.tsx';

interface AttachedFileProps {
  /** Where its bytes are. */
  href: string;
  file: { filename: string; contentType: string; size: number };
}

/** A file somebody sent: kept by a click, and what was spoken is heard in place. */
export function AttachedFile({ href, file }: AttachedFileProps) {
  const { locale } = useDateStyle();
  return (
    <li>
      <a href={href} download>
        {file.filename}
      </a>{' '}
      <span className="soft num">{sizeWords(file.size, locale)}</span>
      {file.contentType.startsWith('audio/') && (
        // biome-ignore lint/a11y/useMediaCaption: what a caller said has no captions
        <audio controls preload="none" aria-label={file.filename} src={href} />
      )}
    </li>
  );
}

/** "12 ko", "3,4 Mo"; "12 kB", "3.4 MB". */
export function sizeWords(bytes: number, locale: 'fr' | 'en'): string {
  const unit = locale === 'fr' ? 'o' : 'B';
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0k${unit}`;
  return `${(bytes / 1_000_000).toLocaleString(locale, { maximumFractionDigits: 1 })}\u00a0M${unit}`;
}
