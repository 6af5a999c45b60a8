import { longDay } from '../../core/text/dates.ts';
import { allVoices } from '../../desk/views/voices.ts';
import { addVoice, removeVoice } from '../../desk/voices/voices.ts';
import { answerNotFound } from '../problems.ts';
import { communeTyped } from '../public/commune-query.ts';
import { failingKey } from '../public/voices/voices-page.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems } from '../ui/fields.tsx';
import { setScene } from '../ui/page.tsx';

/** GET /:locale/staff/voices — the outside voices, whether they answer, and a form for another. */
export function voicesToKeep(c: WebContext): Promise<Response> {
  return showVoiceForm(c, {}, {});
}

/** POST — adds one by the address of its feed. */
export async function addVoiceByUrl(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const { say, locale } = await setScene(c);
  const form = await c.req.parseBody();
  const typed = { url: String(form.url ?? ''), name: String(form.name ?? ''), commune: String(form.commune ?? '') };
  const commune = typed.commune.trim() ? await communeTyped(house.db, typed.commune) : undefined;
  if (typed.commune.trim() && !commune) return showVoiceForm(c, typed, { commune: say('alertErrorCommune') });
  const added = await house.transact((tx) => addVoice(tx, actor, { ...typed, communeInsee: commune?.insee ?? null }));
  if (!added.ok) return showVoiceForm(c, typed, { url: say(added.why === 'known' ? 'voiceKnown' : 'voiceBadUrl') });
  return c.redirect(`/${locale}/staff/voices`, 303);
}

/** POST /:locale/staff/voices/:id/remove */
export async function removeVoiceById(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const id = c.req.param('id') ?? '';
  if (!/^[\da-f-]{36}$/.test(id) || !(await house.transact((tx) => removeVoice(tx, actor, id))))
    return answerNotFound(c);
  return c.redirect(`/${c.req.param('locale')}/staff/voices`, 303);
}

async function showVoiceForm(c: WebContext, typed: Record<string, string>, problems: Problems): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale, now, style } = scene;
  const shared = { locale, problems };
  const voices = await allVoices(c.var.house.db);
  return showStaffPage(c, scene, {
    title: say('editorVoices'),
    problems,
    body: (
      <>
        <p class="lead">{say('editorVoicesLead')}</p>
        <form novalidate method="post" action={`/${locale}/staff/voices`}>
          <Input {...shared} name="url" type="url" label={say('voiceUrl')} value={typed.url} />
          <div class="pair">
            <Input
              {...shared}
              name="name"
              label={say('voiceName')}
              hint={say('voiceNameHint')}
              optional
              value={typed.name}
            />
            <Input
              {...shared}
              name="commune"
              label={say('voiceCommune')}
              hint={say('alertCommuneHint')}
              optional
              value={typed.commune}
            />
          </div>
          <button type="submit">{say('voiceAdd')}</button>
        </form>
        <ol class="posts">
          {voices.map(({ id, name, url, failingSince, failingWhy }) => (
            <li key={id}>
              <h2>
                <bdi>{name}</bdi>
              </h2>
              <p class="soft">{url}</p>
              {failingSince && failingWhy ? (
                <p>
                  {say('voiceFailing', { date: longDay(failingSince, now, style), why: say(failingKey(failingWhy)) })}
                </p>
              ) : null}
              <form novalidate method="post" action={`/${locale}/staff/voices/${id}/remove`}>
                <button type="submit" class="quiet">
                  {say('voiceRemove')} <span class="unseen">{name}</span>
                </button>
              </form>
            </li>
          ))}
        </ol>
      </>
    ),
  });
}
