import type { WebContext } from '../../route.ts';
import { PhoneLink } from '../../ui/layout.tsx';
import { setScene, showPage } from '../../ui/page.tsx';

/** GET /:locale/offline — what a device shows without the network; the worker adds what it has kept (offline-island.ts). */
export async function showOffline(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale, operator } = scene;
  return showPage(c, scene, {
    title: say('offlineTitle'),
    cache: 'public',
    hidden: true,
    strip: false,
    body: (
      <>
        <h1>{say('offlineTitle')}</h1>
        <p class="lead">{say(operator.phone ? 'offlineLead' : 'offlineLeadNoPhone')}</p>
        {operator.phone ? (
          <p>
            <PhoneLink phone={operator.phone} />
          </p>
        ) : null}
        <p class="buttons">
          {/* biome-ignore lint/a11y/useValidAnchor: the empty address is this page, whichever was asked for. */}
          <a class="button" href="">
            {say('offlineAgain')}
          </a>
          <a class="button quiet" href={`/${locale}`}>
            {say('toHome')}
          </a>
        </p>
        <div id="kept"></div>
      </>
    ),
  });
}
