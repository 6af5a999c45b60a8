import { normaliseMail } from '../../../core/identity/mail-address.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { askForAlert } from '../../../desk/alerts/alerts.ts';
import { writeMail } from '../../../desk/outbox/write-mail.ts';
import { signLink } from '../../../desk/signed-link.ts';
import { readPost, shownVersion } from '../../../desk/views/post.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { networkOf } from '../../session/network.ts';
import { addressKey, mayTry } from '../../session/rate-limits.ts';
import { ErrorSummary, Input, type Problems } from '../../ui/fields.tsx';
import { FormGuard } from '../../ui/form-guard.tsx';
import { type Page, type Scene, setScene, showPage } from '../../ui/page.tsx';
import { readForm } from '../../ui/signed-form.ts';
import { communeNamed, communeTyped } from '../commune-query.ts';
import { alertSentPath } from './alert-sent.tsx';

const ALERT = 'alert';

/** What the alert is about, as asked: the comments of a post, or the news of a place. */
type About = { post: { id: string; slug: string; title: string } | undefined };

/** GET /:locale/alerts — ?post= for the comments of one post, ?commune= for the news of a commune. */
export async function showAlertForm(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const about = await aboutOf(c, scene, c.req.query('post'));
  if (!about) return answerNotFound(c);
  const commune = await communeNamed(c.var.house.db, c.req.query('commune') ?? '');
  return showForm(c, scene, about, { commune: commune?.name ?? '' }, {});
}

/** POST — a link goes to the address; nothing else is sent there before it is confirmed by a button. Then on to what was done. */
export async function sendAlertForm(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const body = await c.req.parseBody();
  const typed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, String(value).replaceAll('\0', '')]),
  );
  const about = await aboutOf(c, scene, typed.post);
  if (!about) return answerNotFound(c);
  const again = (problems: Problems, status?: Page['status']) => showForm(c, scene, about, typed, problems, status);
  const mail = normaliseMail((typed.mail ?? '').trim());
  const place = about.post ? '' : (typed.commune ?? '').trim();
  const commune = place ? await communeTyped(house.db, place) : undefined;
  if (!mail) return again({ mail: scene.say('commentErrorMail') });
  if (place && !commune) return again({ commune: scene.say('alertErrorCommune') });
  const form = readForm(house, ALERT, typed);
  if (!form.ok) return again({ mail: scene.say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired') });
  if (!(await mayAsk(c, mail)))
    return again({ mail: scene.say('tooOften', { phone: spacedPhone(scene.operator.phone) }) }, 429);
  const { say, locale, operator } = scene;
  await house.transact(async (tx) => {
    const ids = { communeInsee: commune?.insee ?? null, postId: about.post?.id ?? null };
    const id = await askForAlert(tx, { mail, locale, ...ids });
    await writeMail(tx, {
      kind: 'confirm',
      to: mail,
      automatic: true,
      subject: say('alertMailSubject'),
      text: say('alertMailText', {
        operator: operator.name,
        about: aboutWords(scene, about.post?.title, commune?.name),
        link: `${tx.origin}/${locale}/alerts/${signLink(tx.signingKey, 'alert', id)}`,
      }),
    });
  });
  return c.redirect(alertSentPath(house, locale, mail), 303);
}

/** "Les nouvelles d’Arbois", "Les commentaires sur …". */
export function aboutWords({ say }: Scene, title: string | undefined, commune: string | undefined | null): string {
  if (title) return say('alertAboutPost', { title });
  return commune ? say('alertAboutCommune', { commune }) : say('alertAboutAll');
}

async function aboutOf(c: WebContext, scene: Scene, slug: string | undefined): Promise<About | undefined> {
  if (!slug) return { post: undefined };
  const post = await readPost(c.var.house.db, { slug }, scene.locale, scene.now);
  const said = post && shownVersion(post, scene.locale);
  if (!said || !post.publishAt || post.publishAt > scene.now || post.withdrawnAt) return undefined;
  return { post: { id: post.id, slug: post.slug, title: said.title } };
}

async function mayAsk(c: WebContext, mail: string): Promise<boolean> {
  const { house } = c.var;
  if (!(await mayTry(house, 'ask for alerts, by network', networkOf(c, house.config.trustedProxies)))) return false;
  return mayTry(house, 'ask for alerts, by address', addressKey(mail));
}

function showForm(
  c: WebContext,
  scene: Scene,
  { post }: About,
  typed: Readonly<Record<string, string>>,
  problems: Problems,
  status: Page['status'] = 422,
): Promise<Response> {
  const { say, locale } = scene;
  const shared = { locale, problems };
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: post ? `${say('alertTitle')} · ${post.title}` : say('alertTitle'),
    failed,
    status: failed ? status : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{say('alertTitle')}</h1>
        <p class="lead">{say('alertLead')}</p>
        <form novalidate method="post" action={`/${locale}/alerts`}>
          <FormGuard house={c.var.house} purpose={ALERT} say={say} />
          {post ? (
            <>
              <p>
                <bdi>{aboutWords(scene, post.title, null)}</bdi>
              </p>
              <input type="hidden" name="post" value={post.slug} />
            </>
          ) : (
            <Input
              {...shared}
              name="commune"
              label={say('alertCommune')}
              hint={say('alertCommuneHint')}
              optional
              autocomplete="address-level2"
              value={typed.commune}
            />
          )}
          <Input
            {...shared}
            name="mail"
            type="email"
            inputmode="email"
            autocomplete="email"
            label={say('alertMail')}
            value={typed.mail}
          />
          <button type="submit">{say('alertSend')}</button>
        </form>
      </>
    ),
  });
}
