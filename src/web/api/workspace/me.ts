import { z } from '@hono/zod-openapi';
import { accentOf } from '../../../core/text/accent.ts';
import type { Actor } from '../../../desk/actor.ts';
import { can } from '../../../desk/permissions.ts';
import { logoKey } from '../../../desk/settings/change-look.ts';
import { standIns } from '../../../desk/views/colleagues.ts';
import { failedCount } from '../../../desk/views/outbox.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { trayCount } from '../../../desk/views/tray.ts';
import { answerNotFound } from '../../problems.ts';
import { get, put, type Route, type WebContext } from '../../route.ts';
import { photoUrl } from '../../ui/facing.ts';
import { answer, readBody } from './answer.ts';
import type { Me } from './shapes.ts';

export const meRoutes: Route[] = [
  get('/api/v1/workspace/me', 'staff', readMe),
  put('/api/v1/workspace/preferences', 'staff', changePreferences),
];

/** The member of staff who asks; an integration has no workspace. */
export function staffOf(c: WebContext): Extract<Actor, { kind: 'staff' }> | undefined {
  return c.var.actor.kind === 'staff' ? c.var.actor : undefined;
}

async function readMe(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const { db, clock } = c.var.house;
  const now = clock();
  const [staff, operator, roster, tray, outboxFailed] = await Promise.all([
    db
      .selectFrom('staff')
      .leftJoin('staffPreference', 'staffPreference.staffId', 'staff.id')
      .leftJoin('advisor', 'advisor.id', 'staff.advisorId')
      .where('staff.id', '=', actor.staffId)
      .select(['staff.name', 'staff.locale', 'letterKeys', 'advisor.phone', 'advisor.photo'])
      .executeTakeFirstOrThrow(),
    db.selectFrom('operator').select(['name', 'accent', 'logo', 'timeZone', 'demo']).executeTakeFirstOrThrow(),
    readRoster(db, now),
    trayCount(db),
    failedCount(db),
  ]);
  const seesOutbox = can(actor, 'see the outbox');
  return answer<Me>(c, {
    staffId: actor.staffId,
    name: staff.name,
    role: actor.role,
    locale: staff.locale,
    letterKeys: staff.letterKeys ?? true,
    advisor: actor.advisorId
      ? {
          id: actor.advisorId,
          name: roster.advisors.get(actor.advisorId)?.name ?? staff.name,
          phone: staff.phone ?? '',
          photo: staff.photo
            ? photoUrl({ id: actor.advisorId, photoKey: staff.photo.toString('hex').slice(0, 12) })
            : null,
        }
      : null,
    operator: {
      ...operator,
      accent: accentOf(operator.accent),
      logo: operator.logo && `/logo/${logoKey(operator.logo)}.webp`,
    },
    may: {
      work: can(actor, 'work on case files'),
      sortTray: can(actor, 'sort the tray'),
      seeOutbox: seesOutbox,
      enterAnyAbsence: can(actor, 'enter any absence'),
      watchPhones: can(actor, 'watch the phones'),
      readFigures: can(actor, 'read figures'),
    },
    ...(actor.advisorId ? standIns(roster, actor.advisorId, now) : { standsInFor: [], standIn: null }),
    counts: { tray, outboxFailed: seesOutbox ? outboxFailed : 0 },
    offers: c.var.house.config.telephony !== undefined,
    voicemail: c.var.house.config.telephony?.voicemail ?? false,
  });
}

const Preferences = z.object({ locale: z.enum(['fr', 'en']).optional(), letterKeys: z.boolean().optional() });

async function changePreferences(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const read = await readBody(c, Preferences);
  if ('wrong' in read) return read.wrong;
  const { locale, letterKeys } = read.body;
  await c.var.house.transact(async (tx) => {
    if (locale) await tx.db.updateTable('staff').set({ locale }).where('id', '=', actor.staffId).execute();
    if (letterKeys !== undefined)
      await tx.db
        .insertInto('staffPreference')
        .values({ staffId: actor.staffId, letterKeys })
        .onConflict((conflict) => conflict.column('staffId').doUpdateSet({ letterKeys }))
        .execute();
  });
  return c.body(null, 204);
}
