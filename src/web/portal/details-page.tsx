import type { Child } from 'hono/jsx';
import { spacedPhone } from '../../core/text/phone.ts';
import { customerHead } from '../../desk/views/customer-head.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { type Scene, showPage } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { readSelf } from './self.ts';

/** GET /:locale/my/details — how we can reach this customer, as stored. */
export async function showDetails(c: WebContext): Promise<Response> {
  const { scene, me, card, facing } = await readSelf(c);
  const head = await customerHead(c.var.house.db, scene.now, me.id);
  if (!head) return answerNotFound(c);
  const { say, locale } = scene;
  const points = (kind: 'phone' | 'mail' | 'postal') => head.contactPoints.filter((point) => point.kind === kind);
  return showPage(c, scene, {
    title: say('detailsTitle'),
    facing,
    body: (
      <>
        <h1>{say('detailsTitle')}</h1>
        <p class="lead">{say('detailsLead', { name: card.name })}</p>
        <dl class="notice">
          <Row say={say} label="detailsReference" values={[head.reference]} />
          <Row
            say={say}
            label="detailsLines"
            values={head.lines.map((line) => `${line.reference} · ${line.product}`)}
          />
          <Row say={say} label="detailsPeople" values={head.persons.map((person) => person.name)} />
          <Row say={say} label="detailsPhone" values={points('phone').map((point) => spacedPhone(point.value))} />
          <Row
            say={say}
            label="detailsMail"
            values={points('mail').map((point) => (
              <>
                {point.value}
                {point.failing ? <span class="problem">{say('detailsFailing')}</span> : null}
              </>
            ))}
          />
          <Row say={say} label="detailsPostal" values={points('postal').map((point) => point.value)} />
        </dl>
        <p class="buttons no-print">
          <a class="button quiet" href={`/${locale}/my/write?about=details`}>
            {say('detailsWrong')}
          </a>
        </p>
      </>
    ),
  });
}

function Row({ say, label, values }: { say: Scene['say']; label: WordKey; values: readonly Child[] }) {
  return (
    <div>
      <dt>{say(label)}</dt>
      <dd>
        {values.length === 0 ? <p class="soft">{say('detailsNone')}</p> : null}
        {values.map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, on the server
          <p key={index} class="tight lines">
            {value}
          </p>
        ))}
      </dd>
    </div>
  );
}
