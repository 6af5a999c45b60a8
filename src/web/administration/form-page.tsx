import type { Child } from 'hono/jsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import type { Problems } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** What was typed, by field: it comes back with every problem, so that nothing is typed twice. */
export type Typed = Readonly<Record<string, string>>;

interface FormPage {
  title: string;
  /** Where one comes from, and its words. */
  back: { href: string; label: string };
  lead?: string | undefined;
  problems?: Problems;
  body: Child;
}

/** One page with one form: the way back, what it is for, the form. */
export function showForm(c: WebContext, scene: Scene, { title, back, lead, problems, body }: FormPage) {
  return showStaffPage(c, scene, {
    title,
    problems,
    body: (
      <>
        <p class="over">
          <a href={back.href}>{back.label}</a>
        </p>
        {lead ? <p class="lead">{lead}</p> : null}
        {body}
      </>
    ),
  });
}

/** Every text of a form, without NUL and with one kind of line end. */
export async function readTyped(c: WebContext): Promise<Typed> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.replaceAll('\0', '').replace(/\r\n?/g, '\n')]] : [],
    ),
  );
}

/** An id of the address, or undefined when it is none. */
export function idOf(c: WebContext, name = 'id'): string | undefined {
  const id = c.req.param(name) ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined;
}

/** Back to a page, saying there what was done. */
export function goBack(c: WebContext, path: string, done: string): Response {
  return c.redirect(`/${c.req.param('locale')}${path}${path.includes('?') ? '&' : '?'}done=${done}`, 303);
}

/** "Saved" on top of a page one has come back to. The words are chosen by us, whatever the address says. */
export function Done({ c, scene, words }: { c: WebContext; scene: Scene; words: Readonly<Record<string, WordKey>> }) {
  const key = Object.hasOwn(words, c.req.query('done') ?? '') ? words[c.req.query('done') ?? ''] : undefined;
  if (!key) return null;
  return (
    <p class="done" role="status">
      {scene.say(key)}
    </p>
  );
}

/** A refusal beside its field; what nobody can mend is a page that does not exist. */
export function problemAt<Why extends string>(
  { say }: Scene,
  why: Why,
  fieldOf: Partial<Record<Why, readonly [field: string, sentence: WordKey]>>,
): Problems | undefined {
  const found = fieldOf[why];
  return found && { [found[0]]: say(found[1]) };
}

/** The button that saves, and beside it the quiet one that removes. */
export function Buttons({ save, remove }: { save: string; remove?: string | undefined }) {
  return (
    <p class="buttons">
      <button type="submit">{save}</button>
      {remove ? (
        <button type="submit" class="quiet" name="do" value="remove">
          {remove}
        </button>
      ) : null}
    </p>
  );
}
