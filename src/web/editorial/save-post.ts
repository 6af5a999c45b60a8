import { addImage, type PreparedImage, prepareImage } from '../../desk/posts/images.ts';
import type { PostProblem } from '../../desk/posts/post-input.ts';
import { explainPostProblem } from '../../desk/posts/problems.ts';
import { publishPost, unschedulePost, withdrawPost } from '../../desk/posts/publish.ts';
import { draftPost, type Kept, rewritePost } from '../../desk/posts/write.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import type { Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { type Filled, readFilled } from '../ui/uploads.ts';
import { showEditor, storedPost } from './editor-pages.tsx';
import { postOfFields, territoryTime } from './post-form.ts';

/** POST /:locale/staff/posts/:id — keeps the post, and does what the button says. What cannot be kept comes back as typed. */
export async function savePost(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const id = c.req.param('id') ?? '';
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return answerNotFound(c);
  const post = await storedPost(c, scene);
  if (post?.withdrawnAt) return answerNotFound(c);
  const filled = await readFilled(c);
  const typed = filled.fields;
  const again = (problems: Problems) => showEditor(c, scene, { id, typed, problems, post });
  if (typed.do === 'preview') return showEditor(c, scene, { id, typed, problems: {}, post, preview: true });
  const image = typed.do === 'image' ? await pictureOf(filled, scene) : undefined;
  if (image && 'problems' in image) return again(image.problems);
  const when = timeOf(typed, scene);
  if (when === 'bad') return again({ publishAt: scene.say('editorScheduleBad') });
  if (typed.do === 'withdraw' && !typed.why?.trim()) return again({ why: scene.say('editorWhyMissing') });
  const input = await postOfFields(house.db, typed);
  const kept = await house.transact(async (tx): Promise<Kept> => {
    if (typed.do === 'withdraw') {
      await withdrawPost(tx, actor, id, typed.why?.trim() ?? '');
      return { ok: true, id, slug: post?.slug ?? '' };
    }
    const done = (await rewritePost(tx, actor, id, input)) ?? (await draftPost(tx, actor, input, id));
    if (!done.ok) return done;
    if (image) await addImage(tx, actor, { postId: id, ...image });
    if (typed.do === 'unschedule') await unschedulePost(tx, id);
    if (when) await publishPost(tx, actor, id, when);
    return done;
  });
  if (!kept.ok) return again(sentencesOf(kept.problems, scene));
  return c.redirect(`/${scene.locale}/staff/posts${typed.do === 'withdraw' ? '' : `/${id}?saved=1`}`, 303);
}

/** The picture to add, made ready before the transaction; or what is missing. */
async function pictureOf(
  { files, fields, tooLarge }: Filled,
  { say }: Scene,
): Promise<{ problems: Problems } | { alt: string; image: PreparedImage }> {
  const alt = (fields.alt ?? '').trim().slice(0, 500);
  const file = files[0];
  if (tooLarge) return { problems: { files: say('errorFiles') } };
  if (!file) return { problems: { files: say('editorImageNone') } };
  if (!alt) return { problems: { alt: say('editorAltMissing'), files: say('filesAgain') } };
  const image = await prepareImage(new Uint8Array(await file.arrayBuffer()));
  return image ? { alt, image } : { problems: { files: say('editorImageBad') } };
}

function timeOf(typed: Filled['fields'], { now, style }: Scene): Date | 'bad' | undefined {
  if (typed.do === 'publish') return now;
  if (typed.do !== 'schedule') return undefined;
  const at = territoryTime(typed.publishAt ?? '', style.zone);
  return at && at > now ? at : 'bad';
}

const fieldOf: Record<PostProblem, string> = {
  genre: 'genre',
  reporting: 'genre',
  paid_by: 'paidBy',
  place: 'communes',
  commune: 'communes',
  answers: 'answers',
  clipping: 'clipSource',
  text: 'textFr',
  title: 'titleFr',
  length: 'textFr',
  correction: 'correction',
};

/** Each problem beside the field it is mended in. */
function sentencesOf(problems: readonly PostProblem[], { locale }: Scene): Problems {
  return Object.fromEntries(problems.map((problem) => [fieldOf[problem], explainPostProblem(problem, locale)]));
}
