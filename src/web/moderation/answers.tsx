import { trimReply } from '../../core/text/trim-reply.ts';
import type { answersToPublish } from '../../desk/views/moderation.ts';
import { TextArea } from '../ui/fields.tsx';
import type { Scene } from '../ui/page.tsx';

type Answers = Awaited<ReturnType<typeof answersToPublish>>;

/** Answers that were given to their writers, to stand below their comments as well. */
export function AnswersToPublish({ scene, answers }: { scene: Scene; answers: Answers }) {
  const { say } = scene;
  if (answers.length === 0) return <p>{say('moderationNone')}</p>;
  return (
    <>
      <p>{say('moderationAnswersLead')}</p>
      <ol class="comments">
        {answers.map(({ id, interactionId, name, text, answer }) => (
          <li key={interactionId}>
            <p>
              <strong>
                <bdi>{name}</bdi>
              </strong>
            </p>
            <p class="words" dir="auto">
              {text}
            </p>
            <Publish scene={scene} commentId={id} interactionId={interactionId} text={trimReply(answer).text} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** An answer written here, in the name of whoever writes it. */
export function AnswerForm({ scene, commentId }: { scene: Scene; commentId: string }) {
  return (
    <section id="answer">
      <Publish scene={scene} commentId={commentId} interactionId="" text="" />
    </section>
  );
}

interface PublishProps {
  scene: Scene;
  commentId: string;
  interactionId: string;
  text: string;
}

function Publish({ scene: { say, locale }, commentId, interactionId, text }: PublishProps) {
  const name = `text-${interactionId || commentId}`;
  return (
    <form novalidate method="post" action={`/${locale}/staff/moderation/answer`}>
      <input type="hidden" name="comment" value={commentId} />
      <input type="hidden" name="interaction" value={interactionId} />
      <TextArea
        name={name}
        locale={locale}
        label={say('moderationAnswerText')}
        hint={say('moderationAnswerHint')}
        value={text}
      />
      <button type="submit">{say('moderationAnswerSend')}</button>
    </form>
  );
}
