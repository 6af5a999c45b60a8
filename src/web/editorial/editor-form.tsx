import { operatorGenres } from '../../desk/posts/genre.ts';
import type { WholePost } from '../../desk/views/post.ts';
import { genreLabel } from '../public/posts/label.ts';
import { CheckBox, Input, type Problems, Select, TextArea } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';
import type { Fields } from './post-form.ts';

export interface EditorProps {
  scene: Scene;
  id: string;
  typed: Fields;
  problems: Problems;
  /** What is stored; undefined for a post nobody has saved yet. */
  post: WholePost | undefined;
}

/** Everything about a post in one form; each button says what becomes of it, and nothing typed is ever lost. */
export function EditorForm({ scene, id, typed, problems, post }: EditorProps) {
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const seen = Boolean(post?.publishAt && post.publishAt <= now);
  return (
    <form novalidate method="post" enctype="multipart/form-data" action={`/${locale}/staff/posts/${id}`} id="editor">
      <Select
        {...shared}
        name="genre"
        label={say('editorGenre')}
        hint={say('editorGenreHint')}
        value={typed.genre}
        choices={[
          { value: '', label: say('editorChoose') },
          ...operatorGenres.map((genre) => ({ value: genre, label: genreLabel(say, { genre, paidBy: null }) })),
        ]}
      />
      <Texts scene={scene} typed={typed} problems={problems} />
      {seen ? (
        <Input
          {...shared}
          name="correction"
          label={say('editorCorrection')}
          hint={say('editorCorrectionHint')}
          value={typed.correction}
        />
      ) : null}
      <Who scene={scene} typed={typed} problems={problems} />
      <Clipping scene={scene} typed={typed} problems={problems} />
      <CheckBox name="commentsOpen" label={say('editorComments')} checked={typed.commentsOpen === '1'} />
      <Pictures scene={scene} typed={typed} problems={problems} post={post} />
      <Buttons scene={scene} typed={typed} problems={problems} post={post} seen={seen} />
    </form>
  );
}

type Part = Pick<EditorProps, 'scene' | 'typed' | 'problems'>;

function Texts({ scene: { say, locale }, typed, problems }: Part) {
  const shared = { locale, problems };
  const hint = say('editorMarkdown');
  return (
    <>
      <Input {...shared} name="titleFr" label={say('editorTitleFr')} value={typed.titleFr} />
      <TextArea {...shared} name="textFr" label={say('editorTextFr')} hint={hint} value={typed.textFr} />
      <Input {...shared} name="titleEn" label={say('editorTitleEn')} optional value={typed.titleEn} />
      <TextArea {...shared} name="textEn" label={say('editorTextEn')} optional value={typed.textEn} />
      <p class="buttons">
        <button type="submit" name="do" value="preview" class="quiet">
          {say('editorPreview')}
        </button>
      </p>
      <div id="live" data-url={`/${locale}/staff/post-preview`} hidden></div>
    </>
  );
}

function Who({ scene: { say, locale }, typed, problems }: Part) {
  const shared = { locale, problems };
  return (
    <>
      <div class="pair">
        <Input
          {...shared}
          name="author"
          label={say('editorAuthor')}
          hint={say('editorAuthorHint')}
          optional
          value={typed.author}
        />
        <Input
          {...shared}
          name="paidBy"
          label={say('editorPaidBy')}
          hint={say('editorPaidByHint')}
          optional
          value={typed.paidBy}
        />
      </div>
      <CheckBox name="whole" label={say('editorWhole')} checked={typed.whole === '1'} />
      <TextArea
        {...shared}
        name="communes"
        label={say('editorCommunes')}
        hint={say('editorCommunesHint')}
        optional
        value={typed.communes}
      />
    </>
  );
}

function Clipping({ scene: { say, locale }, typed, problems }: Part) {
  const shared = { locale, problems };
  return (
    <details
      open={Boolean(typed.clipSource || typed.clipLink || typed.answers || problems.clipSource || problems.answers)}
    >
      <summary>{say('editorClipping')}</summary>
      <div class="pair">
        <Input {...shared} name="clipSource" label={say('editorClipSource')} value={typed.clipSource} />
        <Input {...shared} name="clipDate" type="date" label={say('editorClipDate')} value={typed.clipDate} />
        <Input {...shared} name="clipLicence" label={say('editorClipLicence')} value={typed.clipLicence} />
        <Input {...shared} name="clipLink" type="url" label={say('editorClipLink')} value={typed.clipLink} />
      </div>
      <Input
        {...shared}
        name="answers"
        label={say('editorAnswers')}
        hint={say('editorAnswersHint')}
        value={typed.answers}
      />
    </details>
  );
}

function Pictures({ scene: { say, locale }, typed, problems, post }: Part & { post: WholePost | undefined }) {
  const shared = { locale, problems };
  return (
    <section aria-labelledby="pictures-title">
      <h2 id="pictures-title">{say('editorImage')}</h2>
      <Input
        {...shared}
        name="files"
        type="file"
        label={say('editorImageFile')}
        hint={say('editorImageHint')}
        optional
      />
      <Input {...shared} name="alt" label={say('editorAlt')} hint={say('editorAltHint')} value={typed.alt} />
      <button type="submit" name="do" value="image" class="quiet">
        {say('editorImageAdd')}
      </button>
      {post && post.images.length > 0 ? (
        <ul class="files" aria-label={say('editorImages')}>
          {post.images.map(({ id, position, alt, sizes }) => (
            <li key={id}>
              <img src={`/image/${id}/${sizes[0]?.width}.webp`} width={96} height={72} alt={alt} />
              <code>![](image-{position})</code>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Buttons(props: Part & { post: WholePost | undefined; seen: boolean }) {
  const { scene, typed, problems, post, seen } = props;
  const { say, locale } = scene;
  const shared = { locale, problems };
  return (
    <section>
      <p class="buttons">
        <button type="submit" name="do" value="save">
          {say('editorSave')}
        </button>
        {seen ? null : (
          <button type="submit" name="do" value="publish">
            {say('editorPublish')}
          </button>
        )}
      </p>
      {seen ? (
        <>
          <Input {...shared} name="why" label={say('editorWhy')} optional value={typed.why} />
          <button type="submit" name="do" value="withdraw" class="quiet">
            {say('editorWithdraw')}
          </button>
        </>
      ) : (
        <>
          <Input
            {...shared}
            name="publishAt"
            type="datetime-local"
            label={say('editorScheduleAt')}
            optional
            value={typed.publishAt}
          />
          <button type="submit" name="do" value="schedule" class="quiet">
            {say('editorSchedule')}
          </button>
        </>
      )}
      {post?.publishAt && !seen ? (
        <button type="submit" name="do" value="unschedule" class="quiet">
          {say('editorUnschedule')}
        </button>
      ) : null}
    </section>
  );
}
