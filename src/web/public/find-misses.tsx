import { spacedPhone } from '../../core/text/phone.ts';
import type { FoundCommune } from '../../desk/areas/find-communes.ts';
import type { Scene } from '../ui/page.tsx';
import { FindForm } from './find-form.tsx';

/** Nothing by that name: near misses, and the question again with what was typed. */
export function Unknown(props: { scene: Scene; typed: string; suggestions: readonly FoundCommune[] }) {
  const { scene, typed, suggestions } = props;
  const { say, locale } = scene;
  return (
    <>
      <h1>{say('findTitle')}</h1>
      <FindForm locale={locale} typed={typed} problem={say('whereUnknown', { typed })} />
      {suggestions.length > 0 ? (
        <section>
          <h2>{say('nearMisses')}</h2>
          <Communes scene={scene} communes={suggestions} />
        </section>
      ) : null}
    </>
  );
}

/** Several communes of one name: which one? */
export function Ambiguous(props: { scene: Scene; typed: string; communes: readonly FoundCommune[] }) {
  const { scene, typed, communes } = props;
  const { say, locale } = scene;
  return (
    <>
      <h1>{say('severalTitle', { typed })}</h1>
      <p class="lead">{say('severalText')}</p>
      <Communes scene={scene} communes={communes} />
      <section>
        <FindForm locale={locale} typed={typed} />
      </section>
    </>
  );
}

/** A commune without a network of this operator: said, with a way on. */
export function NotServed({ scene, place, near }: { scene: Scene; place: string; near: readonly FoundCommune[] }) {
  const { say, locale, operator } = scene;
  return (
    <>
      <h1>{say('notServedTitle', { place })}</h1>
      <p class="lead">{say('notServed', { phone: spacedPhone(operator.phone) })}</p>
      {near.length > 0 ? (
        <section>
          <h2>{say('nearMisses')}</h2>
          <Communes scene={scene} communes={near} />
        </section>
      ) : null}
      <section class="no-print">
        <h2>{say('notHere')}</h2>
        <FindForm locale={locale} typed="" />
      </section>
    </>
  );
}

function Communes({ scene, communes }: { scene: Scene; communes: readonly FoundCommune[] }) {
  return (
    <ul class="matters">
      {communes.map((commune) => (
        <li key={commune.insee}>
          <a href={`/${scene.locale}/contact?commune=${commune.insee}`}>{commune.name}</a>{' '}
          <span class="soft">
            {commune.departementName}, {commune.postcodes[0]}
          </span>
        </li>
      ))}
    </ul>
  );
}
