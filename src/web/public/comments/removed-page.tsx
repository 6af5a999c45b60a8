import { longDay } from '../../../core/text/dates.ts';
import { removalLog } from '../../../desk/views/moderation.ts';
import type { WebContext } from '../../route.ts';
import { setScene, showPage } from '../../ui/page.tsx';
import { reasonKey } from './reasons.ts';

/** GET /:locale/removed — what moderation removed, when and why; the text is nowhere on it. */
export async function showRemoved(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale, now, style } = scene;
  const { removed, refused } = await removalLog(c.var.house.db, now);
  const counts = refused.map(({ count, reason }) => say('removedCount', { count, reason: say(reasonKey(reason)) }));
  return showPage(c, scene, {
    title: say('removedTitle'),
    cache: 'public',
    body: (
      <>
        <h1>{say('removedTitle')}</h1>
        <p class="lead">{say('removedLead')}</p>
        {removed.length === 0 ? <p>{say('removedNone')}</p> : null}
        <ul class="marks">
          {removed.map(({ at, reason, slug, title }) => (
            <li key={`${at.getTime()} ${slug}`}>
              <a href={`/${locale}/posts/${slug}`}>
                {say('removedOne', { date: longDay(at, now, style), reason: say(reasonKey(reason)), title })}
              </a>
            </li>
          ))}
        </ul>
        {counts.length > 0 ? <p>{say('removedRefused', { counts: counts.join(', ') })}</p> : null}
      </>
    ),
  });
}
