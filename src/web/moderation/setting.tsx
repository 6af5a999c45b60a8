import type { WebContext } from '../route.ts';
import type { Scene } from '../ui/page.tsx';

/** Before or after publication, each with what follows from it in law. Only an administrator may change it. */
export async function Setting({ c, scene: { say, locale }, may }: { c: WebContext; scene: Scene; may: boolean }) {
  const { moderateComments } = await c.var.house.db
    .selectFrom('operator')
    .select('moderateComments')
    .executeTakeFirstOrThrow();
  const choices = [
    { value: 'before', label: say('moderationWhenBefore'), law: say('moderationWhenBeforeLaw') },
    { value: 'after', label: say('moderationWhenAfter'), law: say('moderationWhenAfterLaw') },
  ];
  return (
    <form novalidate method="post" action={`/${locale}/staff/moderation/setting`}>
      <fieldset disabled={!may}>
        <legend class="label">{say('moderationWhen')}</legend>
        {choices.map(({ value, label, law }) => (
          <div class="field" key={value}>
            <label class="pick">
              <input
                type="radio"
                name="when"
                value={value}
                checked={value === moderateComments}
                aria-describedby={`${value}-law`}
              />
              <span>{label}</span>
            </label>
            <span class="hint" id={`${value}-law`}>
              {law}
            </span>
          </div>
        ))}
        <p class="soft">{say('moderationWhenPointer')}</p>
        {may ? <button type="submit">{say('moderationWhenSave')}</button> : null}
      </fieldset>
    </form>
  );
}
