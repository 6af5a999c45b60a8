import type { House } from '../../../desk/house.ts';
import type { WebContext } from '../../route.ts';
import { setScene, showPage } from '../../ui/page.tsx';
import { openNote, READ_FOR_MS, sealNote } from '../../ui/sealed-note.ts';

const ABOUT = 'alert asked for';

/** The address of the page that says where the link to confirm went. The mail address is sealed in it. */
export function alertSentPath(house: House, locale: string, mail: string): string {
  return `/${locale}/alerts/sent/${sealNote(house, ABOUT, { mail })}`;
}

/** GET /:locale/alerts/sent/:note — after the form was sent; loading it again sends nothing. Too old, it is the form. */
export async function showAlertSent(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const note = openNote(house, ABOUT, c.req.param('note') ?? '', READ_FOR_MS) as { mail: string } | undefined;
  const scene = await setScene(c);
  const { say, locale } = scene;
  if (!note) return c.redirect(`/${locale}/alerts`, 303);
  return showPage(c, scene, {
    title: say('alertSentTitle'),
    body: (
      <>
        <h1>{say('alertSentTitle')}</h1>
        <p class="lead">{say('alertSent', note)}</p>
      </>
    ),
  });
}
