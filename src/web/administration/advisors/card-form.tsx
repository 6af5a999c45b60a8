import { addAdvisor } from '../../../desk/advisors/add.ts';
import type { AdvisorSaid } from '../../../desk/advisors/check.ts';
import { editAdvisor } from '../../../desk/advisors/edit.ts';
import { listPods } from '../../../desk/views/advisor-file.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { BackupFields, backupProblems, backupsTyped } from './backups-form.tsx';
import { CardSaid, cardProblems, readCardFields, typedOf } from './card-fields.tsx';
import { findPresentAdvisor } from './found.ts';
import { languageWords } from './languages.ts';

/** GET /:locale/staff/advisors/:id/card — what people see of an advisor. */
export async function showCardForm(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  if (!found) return answerNotFound(c);
  return cardForm(c, found.scene, { typed: typedOf(found.advisor, found.scene), problems: {}, back: found.back });
}

/** POST — saves. */
export async function postCard(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, advisor, path, back } = found;
  const read = readCard(typed, scene);
  if (Object.keys(read.problems).length > 0) return cardForm(c, scene, { typed, problems: read.problems, back });
  const edited = await house.transact((tx) => editAdvisor(tx, actor, { advisorId: advisor.id, ...read.said }));
  if (edited.ok) return goBack(c, path, 'saved');
  const problems = problemAt(scene, edited.why, cardProblems);
  return problems ? cardForm(c, scene, { typed, problems, back }) : answerNotFound(c);
}

/** GET /:locale/staff/advisors/new — somebody arrives. */
export async function showArrival(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { locale } = scene;
  const usual = '08:30–12:00, 13:00–17:30';
  const week = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`hours${day}`, usual]));
  const typed = { ...week, languages: languageWords(['fr'], locale), share: '1' };
  return cardForm(c, scene, { typed, problems: {}, back: teamOf(scene), arrival: true });
}

/** POST — adds the advisor, with ranked backups from the first moment. */
export async function postArrival(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const again = (problems: Problems) => cardForm(c, scene, { typed, problems, back: teamOf(scene), arrival: true });
  const read = readCard(typed, scene);
  if (Object.keys(read.problems).length > 0) return again(read.problems);
  const added = await house.transact((tx) => addAdvisor(tx, actor, { ...read.said, backups: backupsTyped(typed) }));
  if (added.ok) return goBack(c, `/staff/advisors/${added.id}`, 'added');
  const problems = problemAt(scene, added.why, { ...cardProblems, ...backupProblems });
  return problems ? again(problems) : answerNotFound(c);
}

const teamOf = ({ say, locale }: Scene) => ({ href: `/${locale}/staff/advisors`, label: say('teamTitle') });

function readCard(typed: Typed, scene: Scene): { said: AdvisorSaid; problems: Problems } {
  const { fields, problems } = readCardFields(typed, scene);
  return {
    said: {
      ...fields,
      podId: /^[0-9a-f-]{36}$/.test(typed.podId ?? '') ? (typed.podId ?? '') : '00000000-0000-0000-0000-000000000000',
      givenName: typed.givenName ?? '',
      familyName: typed.familyName ?? '',
      mail: typed.mail ?? '',
      share: Number((typed.share ?? '').replace(',', '.')),
    },
    problems,
  };
}

interface CardForm {
  typed: Typed;
  problems: Problems;
  back: { href: string; label: string };
  /** Somebody new: backups are named at once. */
  arrival?: boolean;
}

async function cardForm(c: WebContext, scene: Scene, { typed, problems, back, arrival }: CardForm) {
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const pods = await listPods(c.var.house.db);
  const colleagues = arrival ? [...(await readRoster(c.var.house.db, now)).advisors.values()] : [];
  return showForm(c, scene, {
    title: say(arrival ? 'teamAdd' : 'teamCard'),
    back,
    lead: say(arrival ? 'teamAddLead' : 'teamCardLead'),
    problems,
    body: (
      <form novalidate method="post">
        <div class="pair">
          <Input {...shared} name="givenName" label={say('custGivenName')} value={typed.givenName} />
          <Input {...shared} name="familyName" label={say('custFamilyName')} value={typed.familyName} />
        </div>
        <Input {...shared} name="mail" type="email" label={say('teamMail')} value={typed.mail} />
        <CardSaid scene={scene} typed={typed} problems={problems} />
        <div class="pair">
          <Select
            {...shared}
            name="podId"
            label={say('teamPod')}
            value={typed.podId ?? pods[0]?.id ?? ''}
            choices={pods.map(({ id, name, office }) => ({ value: id, label: `${office}, ${name}` }))}
          />
          <Input
            {...shared}
            name="share"
            inputmode="text"
            label={say('teamShare')}
            hint={say('teamShareHint')}
            value={typed.share}
          />
        </div>
        {arrival ? <BackupFields scene={scene} typed={typed} problems={problems} colleagues={colleagues} /> : null}
        <Buttons save={say(arrival ? 'teamAddButton' : 'adminSave')} />
      </form>
    ),
  });
}
