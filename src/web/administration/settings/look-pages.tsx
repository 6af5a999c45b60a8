import { accentOf } from '../../../core/text/accent.ts';
import { pastTime } from '../../../core/text/dates.ts';
import { changeLook, type LookChanged, readAccent } from '../../../desk/settings/change-look.ts';
import { prepareLogo } from '../../../desk/settings/logo.ts';
import { type KeptLook, readLooks } from '../../../desk/views/looks.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems } from '../../ui/fields.tsx';
import { OperatorLogo } from '../../ui/layout.tsx';
import { forgetOperator } from '../../ui/operator.ts';
import { type Scene, setScene } from '../../ui/page.tsx';
import { readFilled } from '../../ui/uploads.ts';
import type { WordKey } from '../../ui/words/words.ts';
import { Buttons, Done, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { Swatch } from './swatch.tsx';

const MOST_LOOKS = 12;

/** GET /:locale/staff/look — name, accent and logo of the operator: nothing else of the look is set. */
export async function showLook(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { name, accent } = scene.operator;
  return lookPage(c, scene, { name, accent }, {});
}

/** POST — saves name and accent, or shows this very page in them without saving. */
export async function postLook(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const { name = '', accent = '' } = typed;
  if (typed.do === 'preview') {
    const readable = readAccent(accent);
    if (!readable) return lookPage(c, scene, typed, { accent: scene.say('lookAccentBad') });
    const worn = {
      ...scene,
      operator: { ...scene.operator, name: name.trim() || scene.operator.name, accent: readable },
    };
    return lookPage(c, worn, typed, {}, true);
  }
  const changed = await house.transact((tx) => changeLook(tx, actor, { name, accent }));
  forgetOperator(house);
  if (changed.ok) return goBack(c, '/staff/look', 'saved');
  const problems = problemAt(scene, changed.why, lookProblems);
  return problems ? lookPage(c, scene, typed, problems) : answerNotFound(c);
}

const lookProblems: Partial<Record<Exclude<LookChanged, { ok: true }>['why'], readonly [string, WordKey]>> = {
  no_operator: ['name', 'lookNoOperator'],
  name_missing: ['name', 'lookNameMissing'],
  name_long: ['name', 'lookNameLong'],
  accent_unreadable: ['accent', 'lookAccentBad'],
};

/** GET /:locale/staff/look/logo */
export async function showLogoForm(c: WebContext): Promise<Response> {
  return logoForm(c, await setScene(c), {});
}

/** POST — shows another logo, made small and encoded anew; or none. */
export async function postLogo(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const scene = await setScene(c);
  const { say } = scene;
  const { fields, files, tooLarge } = await readFilled(c);
  const [file] = files;
  if (tooLarge) return logoForm(c, scene, { logo: say('errorFiles') });
  if (fields.do !== 'remove' && !file?.size) return logoForm(c, scene, { logo: say('lookLogoNone') });
  const made = fields.do === 'remove' || !file ? null : await prepareLogo(new Uint8Array(await file.arrayBuffer()));
  if (made && !made.ok)
    return logoForm(c, scene, { logo: say(made.why === 'too_pale' ? 'lookLogoPale' : 'lookLogoBad') });
  const changed = await house.transact((tx) => changeLook(tx, actor, { logo: made?.logo ?? null }));
  forgetOperator(house);
  if (changed.ok) return goBack(c, '/staff/look', made ? 'logo' : 'removed');
  const problems = problemAt(scene, changed.why, { no_operator: ['logo', 'lookNoOperator'] } as const);
  return problems ? logoForm(c, scene, problems) : answerNotFound(c);
}

async function lookPage(c: WebContext, scene: Scene, typed: Typed, problems: Problems, preview = false) {
  const { say, locale, operator } = scene;
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('lookTitle'),
    back: { href: `/${locale}/staff/administration`, label: say('adminTitle') },
    lead: say('lookLead'),
    problems,
    body: (
      <>
        <Done c={c} scene={scene} words={{ saved: 'adminSaved', logo: 'lookLogoDone', removed: 'adminRemoved' }} />
        {preview ? (
          <p class="away" role="status">
            {say('lookPreview')}
          </p>
        ) : null}
        <form novalidate method="post" action={`/${locale}/staff/look`}>
          <Input {...shared} name="name" label={say('lookName')} hint={say('lookNameHint')} value={typed.name} />
          <Input
            {...shared}
            name="accent"
            label={say('lookAccent')}
            hint={say('lookAccentHint')}
            value={typed.accent}
          />
          <AsShown scene={scene} />
          <p class="buttons">
            <button type="submit">{say('adminSave')}</button>
            <button type="submit" class="quiet" name="do" value="preview">
              {say('lookSee')}
            </button>
          </p>
        </form>
        <section>
          <h2>{say('lookLogo')}</h2>
          {operator.logo ? <OperatorLogo of={operator.logo} /> : <p class="soft">{say('lookLogoNothing')}</p>}
          <p>
            <a href={`/${locale}/staff/look/logo`}>{say('lookLogoChange')}</a>
          </p>
        </section>
        <History scene={scene} looks={await readLooks(c.var.house.db, MOST_LOOKS)} />
      </>
    ),
  });
}

/** What becomes of the colour by day and by night, in words where it was changed to be read. */
function AsShown({ scene: { say, operator } }: { scene: Scene }) {
  const { light, dark } = accentOf(operator.accent);
  return (
    <div class="field">
      <p class="tight">
        <Swatch colour={light} onDark={false} />{' '}
        {say(light === operator.accent ? 'lookDayAsIs' : 'lookDayDarker', { colour: light })}
      </p>
      <p class="tight">
        <Swatch colour={dark} onDark />{' '}
        {say(dark === operator.accent ? 'lookNightAsIs' : 'lookNightLighter', { colour: dark })}
      </p>
    </div>
  );
}

function History({ scene: { say, now, style }, looks }: { scene: Scene; looks: readonly KeptLook[] }) {
  if (looks.length === 0) return null;
  return (
    <section>
      <h2>{say('lookHistory')}</h2>
      <ul class="matters">
        {looks.map(({ at, by, name, accent, logoKey }) => (
          <li key={at.toISOString()}>
            <div>
              {name} · <Swatch colour={accent} onDark={false} /> <span class="num">{accent}</span>
              {logoKey ? ` · ${say('lookWithLogo')}` : ''}
            </div>
            <span class="soft">
              <time datetime={at.toISOString()}>{pastTime(at, now, style)}</time>
              {by ? ` · ${by}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function logoForm(c: WebContext, scene: Scene, problems: Problems) {
  const { say, locale, operator } = scene;
  return showForm(c, scene, {
    title: say('lookLogoChange'),
    back: { href: `/${locale}/staff/look`, label: say('lookTitle') },
    lead: say('lookLogoLead'),
    problems,
    body: (
      <form novalidate method="post" enctype="multipart/form-data">
        {operator.logo ? (
          <p>
            <OperatorLogo of={operator.logo} />
          </p>
        ) : null}
        <Input locale={locale} problems={problems} name="logo" type="file" label={say('lookLogoFile')} />
        <Buttons save={say('lookLogoSave')} remove={operator.logo ? say('lookLogoRemove') : undefined} />
      </form>
    ),
  });
}
