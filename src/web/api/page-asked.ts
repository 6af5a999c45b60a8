import { type Place, readCursor } from '../../desk/views/page.ts';
import { problem } from '../problems.ts';
import type { WebContext } from '../route.ts';

/** Answers with the page that ?cursor= asks for, or says that the cursor is not one of ours. */
export async function pageAsked(
  c: WebContext,
  read: (place: Place | undefined) => Promise<Response>,
): Promise<Response> {
  const cursor = c.req.query('cursor');
  const place = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !place)
    return problem(
      c,
      422,
      'Some fields are wrong',
      'cursor: send back the cursor of the page before, or leave it out for the first page.',
    );
  return read(place);
}
