import { type Place, readCursor } from '../../desk/views/page.ts';
import { answerWrong } from '../problems.ts';
import type { WebContext } from '../route.ts';

/** Answers with the page that ?cursor= asks for, or says that the cursor is not one of ours. */
export async function pageAsked(
  c: WebContext,
  read: (place: Place | undefined) => Promise<Response>,
): Promise<Response> {
  const cursor = c.req.query('cursor');
  const place = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !place) return answerWrong(c, [{ field: 'cursor', says: 'needsCursor' }]);
  return read(place);
}
