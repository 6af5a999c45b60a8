import type { Child } from 'hono/jsx';
import { type Policy, policyProblems, STANDARD_POLICY } from '../../../core/routing/policy.ts';
import { typeset } from '../../../core/text/typeset.ts';
import { replayRecent } from '../../../desk/replay/recent.ts';
import { changePolicy, type PolicyNumbers } from '../../../desk/settings/change-policy.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import type { Both } from '../../ui/words/catalogue.ts';
import { policyNumberWords, policySectionWords } from '../../ui/words/policy-words.ts';
import { Done, goBack, readTyped, showForm, type Typed } from '../form-page.tsx';
import { numberToType, numberTyped } from './number-typed.ts';
import { PolicyReplay } from './policy-replay.tsx';

/** GET /:locale/staff/policy — every number the rules of answering use. */
export async function showPolicy(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { policy } = await readRoster(c.var.house.db, scene.now);
  return policyForm(c, scene, typedOf(policy, scene), {}, policy);
}

/** POST — puts them in force; what the policy's own check refuses is said beside its field. */
export async function postPolicy(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  if (typed.try) return tryPolicy(c, scene, typed);
  const changed = await house.transact((tx) =>
    changePolicy(tx, actor, { from: typed.version ?? '', numbers: numbersTyped(typed) }),
  );
  if (changed.ok) return goBack(c, '/staff/policy', 'saved');
  if (changed.why === 'not_allowed') return answerNotFound(c);
  const { policy } = await readRoster(house.db, scene.now);
  if (changed.why !== 'problems')
    return policyForm(c, scene, typed, { 'call.ringSeconds': scene.say('policyChangedMeanwhile') }, policy);
  return policyForm(c, scene, typed, problemsOf(changed.paths, scene), policy);
}

/** What the numbers typed would have changed lately. Saves nothing, loses nothing. */
async function tryPolicy(c: WebContext, scene: Scene, typed: Typed): Promise<Response> {
  const { policy } = await readRoster(c.var.house.db, scene.now);
  const draft = { ...policy, ...numbersTyped(typed), version: scene.say('policyDraft') };
  const paths = policyProblems(draft);
  if (paths.length > 0) return policyForm(c, scene, typed, problemsOf(paths, scene), policy);
  const report = await replayRecent(c.var.house.db, scene.now, draft);
  return policyForm(c, scene, typed, {}, policy, <PolicyReplay scene={scene} report={report} />);
}

/** The numbers of a policy by path, `call.ringSeconds`; the standard policy says which there are. */
function pathsOf(policy: Policy): { section: string; name: string; path: string; value: number }[] {
  const { version: _version, people: _people, ...sections } = policy;
  return Object.entries(sections).flatMap(([section, numbers]) =>
    Object.entries(numbers as Record<string, number>).map(([name, value]) => ({
      section,
      name,
      path: `${section}.${name}`,
      value,
    })),
  );
}

function typedOf(policy: Policy, { locale }: Scene): Typed {
  const numbers = pathsOf(policy).map(({ path, value }) => [path, numberToType(value, locale)]);
  return { ...Object.fromEntries(numbers), version: policy.version };
}

function numbersTyped(typed: Typed): PolicyNumbers {
  const sections: Record<string, Record<string, number>> = {};
  for (const { section, name, path } of pathsOf(STANDARD_POLICY))
    sections[section] = { ...sections[section], [name]: numberTyped(typed[path]) };
  return sections as unknown as PolicyNumbers;
}

/** `policyProblems` in words. */
function problemsOf(paths: readonly string[], { say }: Scene): Problems {
  return Object.fromEntries(
    paths.map((path) => {
      if (path === 'call.holdForOwnMostSeconds') return [path, say('policyHoldBad')];
      if (path === 'commitments.remindAtShare') return [path, say('policyShareBad')];
      return [path, say('policyNumberBad')];
    }),
  );
}

function policyForm(
  c: WebContext,
  scene: Scene,
  typed: Typed,
  problems: Problems,
  policy: Policy,
  tried: Child = null,
) {
  const { say, locale } = scene;
  const all = pathsOf(STANDARD_POLICY);
  const sections = [...new Set(all.map(({ section }) => section))];
  const words = (catalogue: Record<string, Both>, key: string) => typeset(catalogue[key]?.[locale] ?? key, locale);
  return showForm(c, scene, {
    title: say('policyTitle'),
    back: { href: `/${locale}/staff/administration`, label: say('adminTitle') },
    lead: say('policyLead'),
    problems,
    body: (
      <>
        <Done c={c} scene={scene} words={{ saved: 'policySaved' }} />
        {tried}
        <form novalidate method="post">
          <p class="soft">{say('policyVersion', { version: policy.version })}</p>
          <input type="hidden" name="version" value={typed.version ?? ''} />
          {sections.map((section) => (
            <fieldset class="field" key={section}>
              <legend>
                <h2>{words(policySectionWords, section)}</h2>
              </legend>
              {all
                .filter((each) => each.section === section)
                .map(({ path, value }) => (
                  <Input
                    key={path}
                    locale={locale}
                    problems={problems}
                    name={path}
                    label={words(policyNumberWords, path)}
                    hint={say('policyStandard', { value: numberToType(value, locale) })}
                    value={typed[path]}
                  />
                ))}
            </fieldset>
          ))}
          <p class="soft">{say('policyTryHint')}</p>
          <p class="buttons">
            <button type="submit">{say('policySave')}</button>
            <button type="submit" class="quiet" name="try" value="week">
              {say('policyTry')}
            </button>
          </p>
        </form>
      </>
    ),
  });
}
