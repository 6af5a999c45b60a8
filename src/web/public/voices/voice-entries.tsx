import { raw } from 'hono/html';
import { longDay } from '../../../core/text/dates.ts';
import type { VoiceEntry } from '../../../desk/views/voices.ts';
import type { Scene } from '../../ui/page.tsx';

const SHORT = 600;

/** Texts of outside voices, under their own names, with the way to their site. */
export function VoiceEntries({ scene, entries }: { scene: Scene; entries: readonly VoiceEntry[] }) {
  const { say, now, style } = scene;
  return (
    <ol class="posts">
      {entries.map(({ id, voice, title, link, html, publishedAt }) => (
        <li key={id}>
          <article>
            <p class="genre">{say('voiceBy', { name: voice, date: longDay(publishedAt, now, style) })}</p>
            <h3>
              <bdi>{link ? <a href={link}>{title}</a> : title}</bdi>
            </h3>
            {html && html.length <= SHORT ? <div class="text">{raw(html)}</div> : null}
          </article>
        </li>
      ))}
    </ol>
  );
}
