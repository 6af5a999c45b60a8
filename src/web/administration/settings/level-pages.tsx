import { removeServiceLevel, saveServiceLevel } from '../../../desk/settings/service-levels.ts';
import { listServiceLevels } from '../../../desk/views/service-levels.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { showStaffPage } from '../../staff/frame.tsx';
import { Input, type Problems } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import { Buttons, Done, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { numberToType, numberTyped } from './number-typed.ts';

/** GET /:locale/staff/service-levels */
export async function listLevels(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const levels = await listServiceLevels(c.var.house.db);
  return showStaffPage(c, scene, {
    title: say('levelsTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ saved: 'adminSaved', removed: 'adminRemoved' }} />
        <p class="lead">{say('levelsLead')}</p>
        <ul class="matters">
          {levels.map((level) => (
            <li key={level.code}>
              <a href={`/${locale}/staff/service-levels/${level.code}`}>
                {locale === 'fr' ? level.nameFr : level.nameEn}
              </a>
              <span class="soft num">
                {say('levelLine', { hours: numberToType(level.answerWithinMinutes / 60, locale), lines: level.lines })}
              </span>
            </li>
          ))}
        </ul>
        <p>
          <a href={`/${locale}/staff/service-levels/new`}>{say('levelAdd')}</a>
        </p>
      </>
    ),
  });
}

/** GET /:locale/staff/service-levels/:code — or `new`. */
export async function showLevel(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const code = c.req.param('code');
  if (code === 'new') return levelForm(c, scene, {}, {});
  const level = (await listServiceLevels(c.var.house.db)).find((each) => each.code === code);
  if (!level) return answerNotFound(c);
  const hours = numberToType(level.answerWithinMinutes / 60, scene.locale);
  return levelForm(c, scene, { code: level.code, nameFr: level.nameFr, nameEn: level.nameEn, hours }, {});
}

/** POST — saves or removes. */
export async function postLevel(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const isNew = c.req.param('code') === 'new';
  const code = isNew ? (typed.code ?? '') : (c.req.param('code') ?? '');
  if (typed.do === 'remove') {
    const removed = await house.transact((tx) => removeServiceLevel(tx, actor, { code }));
    if (removed.ok) return goBack(c, '/staff/service-levels', 'removed');
    const problems = problemAt(scene, removed.why, {
      in_use: ['nameFr', 'levelInUse'],
      standard: ['nameFr', 'levelStandardStays'],
    });
    return problems ? levelForm(c, scene, typed, problems) : answerNotFound(c);
  }
  const answerWithinMinutes = numberTyped(typed.hours) * 60;
  const { nameFr = '', nameEn = '' } = typed;
  const saved = await house.transact((tx) =>
    saveServiceLevel(tx, actor, { code, nameFr, nameEn, answerWithinMinutes, isNew }),
  );
  if (saved.ok) return goBack(c, '/staff/service-levels', 'saved');
  const problems = problemAt(scene, saved.why, {
    bad_code: ['code', 'levelBadCode'],
    taken: ['code', 'levelTaken'],
    no_name: [nameFr.trim() ? 'nameEn' : 'nameFr', 'levelNoName'],
    bad_time: ['hours', 'levelBadTime'],
  });
  return problems ? levelForm(c, scene, typed, problems) : answerNotFound(c);
}

function levelForm(c: WebContext, scene: Scene, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const isNew = c.req.param('code') === 'new';
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say(isNew ? 'levelAdd' : 'levelEdit'),
    back: { href: `/${locale}/staff/service-levels`, label: say('levelsTitle') },
    lead: say('levelFormLead'),
    problems,
    body: (
      <form novalidate method="post">
        {isNew ? (
          <Input {...shared} name="code" label={say('levelCode')} hint={say('levelCodeHint')} value={typed.code} />
        ) : null}
        <div class="pair">
          <Input {...shared} name="nameFr" label={say('levelNameFr')} value={typed.nameFr} />
          <Input {...shared} name="nameEn" label={say('levelNameEn')} value={typed.nameEn} />
        </div>
        <Input {...shared} name="hours" label={say('levelHours')} hint={say('levelHoursHint')} value={typed.hours} />
        <Buttons save={say('adminSave')} remove={isNew ? undefined : say('levelRemove')} />
      </form>
    ),
  });
}
