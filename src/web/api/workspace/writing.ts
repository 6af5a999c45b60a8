import { z } from '@hono/zod-openapi';
import { addDraftFiles, removeDraftFile } from '../../../desk/drafts/draft-files.ts';
import { saveDraft } from '../../../desk/drafts/drafts.ts';
import { bePresent, leave, type PresentColleague } from '../../../desk/presence/presence.ts';
import { answerNotFound } from '../../problems.ts';
import { post, put, type Route, type WebContext } from '../../route.ts';
import { readFilled, storeFiles } from '../../ui/uploads.ts';
import { answer, idOf, readBody, refuse } from './answer.ts';
import { staffOf } from './me.ts';
import type { DraftFileInfo } from './shapes.ts';

export const writingRoutes: Route[] = [
  put('/api/v1/workspace/drafts', 'work on case files', keepDraft),
  post('/api/v1/workspace/case-files/:id/draft-files', 'work on case files', addFiles),
  post('/api/v1/workspace/draft-files/:id/remove', 'work on case files', removeFile),
  post('/api/v1/workspace/customers/:id/presence', 'read customers', sayPresence),
];

const NewDraft = z.strictObject({
  caseFileId: z.uuid(),
  kind: z.enum(['reply', 'note']),
  text: z.string().max(200_000),
});

async function keepDraft(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const read = await readBody(c, NewDraft);
  if ('wrong' in read) return read.wrong;
  await c.var.house.transact((tx) => saveDraft(tx, actor.staffId, read.body));
  return c.body(null, 204);
}

/** POST with the files as a form: they wait beside the reply. */
async function addFiles(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const caseFileId = idOf(c);
  if (!actor || !caseFileId) return answerNotFound(c);
  const { files, tooLarge } = await readFilled(c);
  if (tooLarge) return refuse(c, 'too_large');
  const added = await c.var.house.transact(async (tx) => {
    const stored = await storeFiles(tx, files);
    const sized = stored.map((each, index) => ({ ...each, size: files[index]?.size ?? 0 }));
    return addDraftFiles(tx, actor.staffId, caseFileId, sized);
  });
  if (!added.ok) return refuse(c, added.why);
  return answer<{ files: DraftFileInfo[] }>(c, { files: added.files });
}

async function removeFile(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const id = idOf(c);
  if (!actor || !id) return answerNotFound(c);
  const removed = await c.var.house.transact((tx) => removeDraftFile(tx, actor.staffId, id));
  return removed ? c.body(null, 204) : answerNotFound(c);
}

const Presence = z.strictObject({ doing: z.enum(['looks', 'writes', 'left']) });

async function sayPresence(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  const customerId = idOf(c);
  if (!actor || !customerId) return answerNotFound(c);
  const read = await readBody(c, Presence);
  if ('wrong' in read) return read.wrong;
  const { doing } = read.body;
  if (doing === 'left') {
    await leave(c.var.house, actor.staffId, customerId);
    return c.body(null, 204);
  }
  const others = await bePresent(c.var.house, actor.staffId, customerId, doing);
  return answer<{ others: PresentColleague[] }>(c, { others });
}
