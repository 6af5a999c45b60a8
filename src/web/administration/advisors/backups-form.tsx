import { setBackups } from '../../../desk/advisors/backups.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Problems, Select } from '../../ui/fields.tsx';
import type { Scene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundAdvisor, findPresentAdvisor } from './found.ts';

const RANKS = [1, 2, 3, 4] as const;

/** What may be wrong with a list of backups, beside the first of them. */
export const backupProblems: Partial<Record<string, readonly [string, WordKey]>> = {
  too_few_backups: ['backup2', 'teamBackupsTooFew'],
  own_backup: ['backup1', 'teamBackupOwn'],
  backup_twice: ['backup2', 'teamBackupTwice'],
  unknown_backup: ['backup1', 'custAdvisorChoose'],
};

/** The chosen colleagues in their order, without the empty places. */
export function backupsTyped(typed: Typed): string[] {
  return RANKS.flatMap((rank) =>
    /^[0-9a-f-]{36}$/.test(typed[`backup${rank}`] ?? '') ? [typed[`backup${rank}`] ?? ''] : [],
  );
}

/** GET /:locale/staff/advisors/:id/backups — who answers in this advisor's place, in their order. */
export async function showBackups(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  if (!found) return answerNotFound(c);
  const typed = Object.fromEntries(found.advisor.backups.map(({ id }, index) => [`backup${index + 1}`, id]));
  return backupsForm(c, found, typed, {});
}

/** POST — names them anew. */
export async function postBackups(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const set = await house.transact((tx) =>
    setBackups(tx, actor, { advisorId: found.advisor.id, backups: backupsTyped(typed) }),
  );
  if (set.ok) return goBack(c, found.path, 'saved');
  const problems = problemAt(found.scene, set.why, backupProblems);
  return problems ? backupsForm(c, found, typed, problems) : answerNotFound(c);
}

async function backupsForm(
  c: WebContext,
  { scene, advisor, name, back }: FoundAdvisor,
  typed: Typed,
  problems: Problems,
) {
  const { advisors } = await readRoster(c.var.house.db, scene.now);
  const colleagues = [...advisors.values()].filter(({ id }) => id !== advisor.id);
  return showForm(c, scene, {
    title: scene.say('teamBackups'),
    back,
    lead: scene.say('teamBackupsLead', { name }),
    problems,
    body: (
      <form novalidate method="post">
        <BackupFields scene={scene} typed={typed} problems={problems} colleagues={colleagues} />
        <Buttons save={scene.say('adminSave')} />
      </form>
    ),
  });
}

interface BackupFieldsProps {
  scene: Scene;
  typed: Typed;
  problems: Problems;
  colleagues: readonly { id: string; fullName: string }[];
}

/** A few places in order; those left empty do not count. */
export function BackupFields({ scene: { say, locale }, typed, problems, colleagues }: BackupFieldsProps) {
  const choices = [
    { value: '', label: say('teamBackupNobody') },
    ...colleagues.map(({ id, fullName }) => ({ value: id, label: fullName })),
  ];
  return (
    <div class="pair">
      {RANKS.map((rank) => (
        <Select
          key={rank}
          locale={locale}
          problems={problems}
          name={`backup${rank}`}
          label={say('teamBackupRank', { rank })}
          optional={rank > 2}
          value={typed[`backup${rank}`] ?? ''}
          choices={choices}
        />
      ))}
    </div>
  );
}
