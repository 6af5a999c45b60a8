import { pastTime } from '../../core/text/dates.ts';
import { trimReply } from '../../core/text/trim-reply.ts';
import type { MyExchange } from '../../desk/views/my-exchanges.ts';
import { photoUrl } from '../ui/facing.ts';
import type { Scene } from '../ui/page.tsx';
import { Portrait } from '../ui/portrait.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** Who wrote, as far as a portrait goes. */
export type Faces = ReadonlyMap<string, { id: string; name: string; photoKey: string | null }>;

/** Characters of one exchange on a page; ten of them weigh less than 14 KB compressed. */
const MOST_SHOWN = 1_200;

const channelKeys: Record<MyExchange['channel'], WordKey> = {
  call: 'channelCall',
  mail: 'channelMail',
  sms: 'channelSms',
  message: 'channelMessage',
  visit: 'channelVisit',
  letter: 'channelLetter',
  comment: 'channelComment',
};

/** What was said on every channel, newest first. */
export function Exchanges(props: {
  scene: Scene;
  exchanges: readonly MyExchange[];
  faces: Faces;
  /** Subjects by case file, to lead to it; none on the case file's own page. */
  subjects?: ReadonlyMap<string, string>;
}) {
  const { scene, exchanges, faces, subjects } = props;
  return (
    <ol class="talk">
      {exchanges.map((exchange) => (
        <Exchange
          key={exchange.id}
          scene={scene}
          exchange={exchange}
          face={faces.get(exchange.advisorId ?? '')}
          subject={subjects?.get(exchange.caseFileId)}
        />
      ))}
    </ol>
  );
}

interface ExchangeProps {
  scene: Scene;
  exchange: MyExchange;
  face: { id: string; name: string; photoKey: string | null } | undefined;
  subject: string | undefined;
}

function Exchange({ scene, exchange, face, subject }: ExchangeProps) {
  const { say, locale, now, style, operator } = scene;
  const ours = exchange.direction === 'out';
  const who = ours ? (face?.name ?? operator.name) : say('you');
  return (
    <li class={ours ? 'ours' : 'yours'}>
      <p class="said-by">
        {ours ? <Portrait of={{ name: who, photo: face ? photoUrl(face) : null }} size="small" /> : null}
        <span>
          <strong>{who}</strong>{' '}
          <span class="soft">
            {say(channelKeys[exchange.channel])} ·{' '}
            <time datetime={exchange.at.toISOString()}>{pastTime(exchange.at, now, style)}</time>
          </span>
        </span>
      </p>
      <Words exchange={exchange} scene={scene} />
      <Files files={exchange.attachments} locale={locale} label={say('attachments')} />
      {subject ? (
        <p class="soft">
          <a href={`/${locale}/my/case-files/${exchange.caseFileId}`}>{subject}</a>
        </p>
      ) : null}
    </li>
  );
}

/** What was new in it, as far as a light page goes; the whole is one touch away. */
function Words({ exchange, scene: { say, locale } }: { exchange: MyExchange; scene: Scene }) {
  const whole = exchange.text.trim();
  const shown = shortened(trimReply(whole).text.trim() || whole);
  return (
    <>
      <div class="words">{shown}</div>
      {shown === whole ? null : (
        <p class="soft">
          <a href={`/${locale}/my/exchanges/${exchange.id}`}>{say('wholeText')}</a>
        </p>
      )}
    </>
  );
}

/** Cut at a word, never inside a character. */
function shortened(text: string): string {
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN).replace(/[\uD800-\uDBFF]$|\s+\S{0,30}$/, '')} …`;
}

/** Where older and newer exchanges are. */
export function Pages({ scene: { say }, path, page, earlier }: PagesProps) {
  return (
    <p class="links no-print">
      {page.cursor ? <a href={`${path}?before=${page.cursor}`}>{say('timelineMore')}</a> : null}
      {earlier ? <a href={path}>{say('timelineNewest')}</a> : null}
    </p>
  );
}

interface PagesProps {
  scene: Scene;
  path: string;
  page: { cursor: string | null };
  /** Whether this is not the newest page. */
  earlier: boolean;
}

function Files({ files, locale, label }: { files: MyExchange['attachments']; locale: string; label: string }) {
  if (files.length === 0) return null;
  return (
    <ul class="files" aria-label={label}>
      {files.map(({ id, filename }) => (
        <li key={id}>
          <a href={`/${locale}/my/attachments/${id}`}>{filename}</a>
        </li>
      ))}
    </ul>
  );
}
