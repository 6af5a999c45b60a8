import type { Child } from 'hono/jsx';
import type { Actor } from '../../desk/actor.ts';
import { can } from '../../desk/permissions.ts';
import type { WebContext } from '../route.ts';
import { ErrorSummary, type Problems } from '../ui/fields.tsx';
import type { Way } from '../ui/footer.tsx';
import { type Page, type Scene, showPage } from '../ui/page.tsx';

interface StaffPage {
  title: string;
  body: Child;
  problems?: Problems | undefined;
  status?: Page['status'];
  /** The page offers passkeys, which need the one script there is. */
  passkeys?: boolean;
  /** Address of the one script of this page. */
  script?: string | undefined;
}

/** A page of the staff in the common frame, without the customer's contact person. */
export async function showStaffPage(c: WebContext, scene: Scene, page: StaffPage): Promise<Response> {
  const { title, body, problems = {}, passkeys, script } = page;
  const failed = Object.keys(problems).length > 0;
  const response = await showPage(c, scene, {
    title,
    strip: false,
    ways: waysOf(c.var.actor, scene),
    script,
    failed,
    status: page.status ?? (failed ? 422 : 200),
    body: (
      <>
        <ErrorSummary problems={problems} locale={scene.locale} />
        <h1>{title}</h1>
        {body}
        {passkeys ? <script src="/staff/passkey.js" defer></script> : null}
      </>
    ),
  });
  if (passkeys) allowScript(response);
  return response;
}

/** Whoever is not signed in yet has none: all of them would lead back to signing in. */
function waysOf(actor: Actor, { locale, say }: Scene): Way[] {
  if (actor.kind !== 'staff') return [];
  const administration = { href: `/${locale}/staff/administration`, label: say('adminTitle') };
  return [
    { href: '/workspace/', label: say('staffToWorkspace') },
    ...(can(actor, 'read customers') ? [administration] : []),
    { href: `/${locale}/staff/account`, label: say('staffAccountTitle') },
  ];
}

function allowScript(response: Response): void {
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  response.headers.set('Content-Security-Policy', `${policy}; script-src 'self'; connect-src 'self'`);
}

/** A sentence under a heading, with a way on. */
export function showSentence(
  c: WebContext,
  scene: Scene,
  {
    title,
    sentence,
    href,
    link,
    status,
  }: { title: string; sentence: string; href: string; link: string; status: Page['status'] },
): Promise<Response> {
  return showStaffPage(c, scene, {
    title,
    status,
    body: (
      <>
        <p>{sentence}</p>
        <p>
          <a href={href}>{link}</a>
        </p>
      </>
    ),
  });
}

interface PasswordFieldProps {
  name: string;
  label: string;
  hint?: string;
  problems?: Problems | undefined;
  autocomplete: 'current-password' | 'new-password';
}

/** A password to type or paste; it is never sent back to the page. */
export function PasswordField({ name, label, hint, problems, autocomplete }: PasswordFieldProps) {
  const problem = problems?.[name];
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ');
  return (
    <div class={problem ? 'field bad' : 'field'}>
      <label for={name}>{label}</label>
      {hint ? (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span class="problem" id={`${name}-problem`}>
          {problem}
        </span>
      ) : null}
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={autocomplete}
        aria-describedby={described || undefined}
        aria-invalid={problem ? 'true' : undefined}
      />
    </div>
  );
}
