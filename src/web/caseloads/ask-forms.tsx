import type { ListedColleague } from '../../desk/views/caseload-people.ts';
import type { Typed } from '../administration/form-page.tsx';
import { Input, type Problems, Select } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';

interface Props {
  scene: Scene;
  people: readonly ListedColleague[];
  typed: Typed;
  problems: Problems;
}

/** What happens: somebody leaves, comes, is away for long, or works otherwise; several at once, or nothing. */
export function RepairForm({ scene: { say, locale }, people, typed, problems }: Props) {
  const choices = [
    { value: '', label: say('loadsNobody') },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const shared = { locale, problems, choices };
  return (
    <section>
      <h2>{say('loadsRepair')}</h2>
      <p class="soft">{say('loadsRepairLead')}</p>
      <form novalidate method="post" action={`/${locale}/staff/caseloads`}>
        <input type="hidden" name="kind" value="repair" />
        <Select {...shared} name="without" label={say('loadsWithout')} value={typed.without} />
        <Select {...shared} name="newcomer" label={say('loadsNewcomer')} value={typed.newcomer} />
        <Select {...shared} name="away" label={say('loadsAway')} hint={say('loadsAwayHint')} value={typed.away} />
        <div class="pair">
          <Select {...shared} name="works" label={say('loadsWorks')} value={typed.works} />
          <Input
            locale={locale}
            problems={problems}
            name="worksShare"
            inputmode="numeric"
            label={say('loadsWorksShare')}
            value={typed.worksShare}
          />
        </div>
        <button type="submit">{say('loadsAsk')}</button>
      </form>
    </section>
  );
}

/** Who takes part in a division from nothing, each with a part of a full post; and where nobody is served yet. */
export function DesignForm({ scene: { say, locale }, people, typed, problems }: Props) {
  const again = typed.kind === 'design';
  const someone = people.some(({ customers }) => customers > 0);
  const takesPart = ({ id, customers }: ListedColleague) =>
    again ? typed[`part_${id}`] !== undefined : customers > 0 || !someone;
  return (
    <section>
      <h2>{say('loadsDesign')}</h2>
      <p class="soft">{say('loadsDesignLead')}</p>
      <form novalidate method="post" action={`/${locale}/staff/caseloads`}>
        <input type="hidden" name="kind" value="design" />
        <div class={problems.people ? 'field bad' : 'field'} id="people" tabindex={-1}>
          {problems.people ? <span class="problem">{problems.people}</span> : null}
          <section class="figures" aria-label={say('loadsPart')}>
            <table tabindex={0}>
              <thead>
                <tr>
                  <th scope="col">{say('loadsPart')}</th>
                  <th scope="col">{say('loadsShare')}</th>
                  <th scope="col">{say('loadsNow')}</th>
                </tr>
              </thead>
              <tbody>
                {people.map((each) => (
                  <tr key={each.id}>
                    <th scope="row">
                      <label class="pick">
                        <input
                          type="checkbox"
                          name={`part_${each.id}`}
                          value="1"
                          checked={takesPart(each)}
                          aria-label={say('loadsPartOf', { name: each.name })}
                        />
                        <span>{each.name}</span>
                      </label>
                    </th>
                    <td>
                      <input
                        class="narrow"
                        name={`share_${each.id}`}
                        inputmode="numeric"
                        size={3}
                        value={typed[`share_${each.id}`] ?? String(Math.round(each.share * 100))}
                        aria-label={say('loadsShareOf', { name: each.name })}
                      />
                    </td>
                    <td class="num">{each.customers}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
        <Input
          locale={locale}
          problems={problems}
          name="departements"
          optional
          label={say('loadsDepartements')}
          hint={say('loadsDepartementsHint')}
          value={typed.departements}
        />
        <button type="submit">{say('loadsAskDesign')}</button>
      </form>
    </section>
  );
}
