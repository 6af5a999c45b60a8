import { heldActionsOf } from '../../../desk/views/held-actions.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { openTray, trayRaw } from '../../../desk/views/tray.ts';
import { answerNotFound } from '../../problems.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { answer, idOf } from './answer.ts';
import { download } from './download.ts';
import { staffOf } from './me.ts';
import type { HeldAction, TrayItem } from './shapes.ts';

export const trayRoutes: Route[] = [
  get('/api/v1/workspace/tray', 'sort the tray', readTray),
  get('/api/v1/workspace/tray/:id/raw', 'sort the tray', readRaw),
  get('/api/v1/workspace/tray/:id/attachments/:position', 'sort the tray', readAttachment),
];

async function readTray(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const { db, clock } = c.var.house;
  const items = await openTray(db, await readRoster(db, clock()));
  const held = await heldActionsOf(db, actor.staffId);
  return answer<{ items: TrayItem[]; held: HeldAction[] }>(c, { items, held });
}

async function readRaw(c: WebContext): Promise<Response> {
  const id = idOf(c);
  const bytes = id && (await trayRaw(c.var.house.db, id));
  return bytes ? download(c, { bytes, filename: `${id}.eml`, contentType: 'message/rfc822' }) : answerNotFound(c);
}

async function readAttachment(c: WebContext): Promise<Response> {
  const id = idOf(c);
  const position = Number(c.req.param('position'));
  if (!id || !Number.isInteger(position)) return answerNotFound(c);
  const row = await c.var.house.db
    .selectFrom('trayAttachment')
    .innerJoin('blob', 'blob.sha256', 'trayAttachment.sha256')
    .where('trayItemId', '=', id)
    .where('position', '=', position)
    .select(['bytes', 'filename', 'contentType'])
    .executeTakeFirst();
  return row ? download(c, row) : answerNotFound(c);
}
