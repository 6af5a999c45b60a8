import { dueTime } from '../../../core/text/dates.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { system } from '../../../desk/actor.ts';
import {
  type CallbackChanged,
  callbackTimes,
  cancelCallback,
  changeCallbackNumber,
  moveCallback,
} from '../../../desk/calls/change-callback.ts';
import { rememberRingBack } from '../../../desk/customers/ring-back.ts';
import { readLink } from '../../../desk/signed-link.ts';
import type { Tx } from '../../../desk/tx.ts';
import { type CallbackShown, readCallback } from '../../../desk/views/callback.ts';
import type { WebContext } from '../../route.ts';
import { ErrorSummary, Input, type Problems, Select } from '../../ui/fields.tsx';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';

/** GET /:locale/callback/:token — who calls when on which number, and the buttons; opening it changes nothing. */
export async function showCallback(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const callback = await find(c);
  return callback ? show(c, scene, callback) : showGone(c, scene);
}

/** POST — another number, another time, no call, or what to do next time. */
export async function actOnCallback(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const callback = await find(c);
  if (!callback) return showGone(c, scene);
  const form = await c.req.parseBody();
  const field = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const done = await house.transact((tx) => act(tx, callback, field));
  if (!done.ok && done.why === 'not_a_number')
    return show(c, scene, callback, { problems: { phone: scene.say('callbackNumberBad') }, typed: field('phone') });
  if (!done.ok && done.why === 'not_a_time')
    return show(c, scene, callback, { problems: { when: scene.say('callbackTimeBad') } });
  const now = await find(c);
  return now ? show(c, scene, now, { saved: true }) : showGone(c, scene);
}

async function act(
  tx: Tx,
  { id, customerId }: CallbackShown,
  field: (name: string) => string,
): Promise<CallbackChanged> {
  const wanted = field('do');
  if (wanted === 'number') return changeCallbackNumber(tx, id, field('phone'));
  if (wanted === 'time') return moveCallback(tx, system, id, new Date(Number(field('when'))));
  if (wanted === 'cancel') return cancelCallback(tx, system, id);
  const ringBack = field('ring-back');
  if (wanted === 'next' && (ringBack === 'ask' || ringBack === 'always' || ringBack === 'never'))
    await rememberRingBack(tx, customerId, ringBack);
  return { ok: true };
}

async function find(c: WebContext): Promise<CallbackShown | undefined> {
  const { house } = c.var;
  const id = readLink(house, 'callback', c.req.param('token') ?? '');
  return id ? readCallback({ db: house.db, now: house.clock() }, id) : undefined;
}

function showGone(c: WebContext, scene: Scene): Promise<Response> {
  const { say, operator } = scene;
  return showPage(c, scene, {
    title: say('callbackGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('callbackGoneTitle')}</h1>
        <p>{say('callbackGone', { phone: spacedPhone(operator.phone) })}</p>
      </>
    ),
  });
}

interface Said {
  problems?: Problems;
  typed?: string;
  saved?: boolean;
}

async function show(c: WebContext, scene: Scene, callback: CallbackShown, said: Said = {}): Promise<Response> {
  const { house } = c.var;
  const { say, locale, now, style } = scene;
  const { problems = {}, typed, saved } = said;
  const times = await callbackTimes({ db: house.db, now }, callback.ownerId);
  const at = (time: Date) => dueTime(time, now, style);
  return showPage(c, scene, {
    title: say('callbackTitle'),
    status: Object.keys(problems).length > 0 ? 422 : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        {saved ? <p role="status">{say('callbackSaved')}</p> : null}
        <h1>{say('callbackTitle')}</h1>
        <p class="lead">{say('callbackLead', { name: callback.name, time: at(callback.dueAt) })}</p>
        <p>{say('callbackOn', { phone: spacedPhone(callback.phone) })}</p>
        <form novalidate method="post">
          <Input
            name="phone"
            type="tel"
            inputmode="tel"
            autocomplete="tel"
            label={say('callbackNumber')}
            value={typed}
            problems={problems}
            locale={locale}
          />
          <button type="submit" name="do" value="number">
            {say('callbackNumberButton')}
          </button>
        </form>
        <form novalidate method="post">
          <Select
            name="when"
            label={say('callbackTime')}
            choices={times.map((time) => ({
              value: String(time.getTime()),
              label: say('callbackTimeBefore', { time: at(time) }),
            }))}
            problems={problems}
            locale={locale}
          />
          <button type="submit" name="do" value="time">
            {say('callbackTimeButton')}
          </button>
        </form>
        <form novalidate method="post">
          <Select
            name="ring-back"
            label={say('callbackNext')}
            value={callback.ringBack}
            choices={[
              { value: 'ask', label: say('callbackAsk') },
              { value: 'always', label: say('callbackAlways') },
              { value: 'never', label: say('callbackNever') },
            ]}
            locale={locale}
          />
          <button type="submit" name="do" value="next" class="quiet">
            {say('callbackNextButton')}
          </button>
        </form>
        <form novalidate method="post">
          <button type="submit" name="do" value="cancel" class="quiet">
            {say('callbackCancel')}
          </button>
        </form>
      </>
    ),
  });
}
