import type { House } from '../../../desk/house.ts';
import type { ShownComment } from '../../../desk/views/comments.ts';
import { CheckBox, ErrorSummary, Input, type Problems, TextArea } from '../../ui/fields.tsx';
import { FormGuard } from '../../ui/form-guard.tsx';
import type { Scene } from '../../ui/page.tsx';

export const COMMENT = 'comment';

export interface CommentFormProps {
  house: House;
  scene: Scene;
  slug: string;
  title: string;
  /** The comment this one answers. */
  parent: ShownComment | undefined;
  typed: Readonly<Record<string, string>>;
  problems: Problems;
  /** Read before publication, or after it. */
  moderate: 'before' | 'after';
}

/** A comment, without an account: write first, confirm later. */
export function CommentForm(props: CommentFormProps) {
  const { scene, title, parent, problems, moderate } = props;
  const { say, locale } = scene;
  return (
    <>
      <ErrorSummary problems={problems} locale={locale} />
      <h1>{say('commentTitle')}</h1>
      <p class="lead">
        <bdi>{say('commentOn', { title })}</bdi>
      </p>
      {parent ? (
        <blockquote class="said">
          <p class="soft">{say('commentReplyTo', { name: parent.name })}</p>
          <p class="words tight" dir="auto">
            {parent.text.length > 400 ? `${parent.text.slice(0, 400)}…` : parent.text}
          </p>
        </blockquote>
      ) : null}
      <p>{say(moderate === 'before' ? 'commentBefore' : 'commentAfter')}</p>
      <CommentFields {...props} />
    </>
  );
}

/** The form alone: it stands again below the confirmation, for whoever mistyped their address. */
export function CommentFields({ house, scene, slug, parent, typed, problems }: CommentFormProps) {
  const { say, locale, operator } = scene;
  const shared = { locale, problems };
  return (
    <form novalidate method="post" action={`/${locale}/posts/${slug}/comment`}>
      <FormGuard house={house} purpose={COMMENT} say={say} />
      {parent ? <input type="hidden" name="reply" value={parent.id} /> : null}
      <TextArea {...shared} name="text" label={say('commentText')} value={typed.text} />
      <div class="pair">
        <Input {...shared} name="name" label={say('commentName')} autocomplete="nickname" value={typed.name} />
        <Input
          {...shared}
          name="mail"
          type="email"
          inputmode="email"
          autocomplete="email"
          label={say('commentMail')}
          hint={say('commentMailHint')}
          value={typed.mail}
        />
      </div>
      <CheckBox
        name="asks"
        label={say('commentAsks', { operator: operator.name })}
        hint={say('commentAsksHint')}
        checked={typed.asks === '1'}
      />
      <CheckBox name="publicly" label={say('commentPublicly')} checked={typed.publicly === '1'} />
      <button type="submit">{say('commentSend')}</button>
    </form>
  );
}
