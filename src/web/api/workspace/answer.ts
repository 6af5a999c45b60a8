import type { z } from '@hono/zod-openapi';
import { explainIssues } from '../../explain-issues.ts';
import { answerWrong, problem } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { dropNul } from '../drop-nul.ts';

/** A shape of ours before it is written as JSON: instants may still be dates. */
export type Dated<Shape> = Shape extends string
  ? Shape | Date
  : Shape extends readonly (infer Item)[]
    ? readonly Dated<Item>[]
    : Shape extends object
      ? { [Key in keyof Shape]: Dated<Shape[Key]> }
      : Shape;

/** Answers with JSON of a known shape. */
export function answer<Shape>(c: WebContext, body: Dated<Shape>): Response {
  return c.json(body as object);
}

/** The body in the shape asked for, or the answer that says what is wrong with it. */
export async function readBody<Schema extends z.ZodType>(
  c: WebContext,
  schema: Schema,
): Promise<{ body: z.infer<Schema> } | { wrong: Response }> {
  await dropNul(c);
  const given: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { body: parsed.data };
  return { wrong: answerWrong(c, explainIssues(parsed.error.issues)) };
}

/** The id in the address, or undefined when it is not one. */
export function idOf(c: WebContext, name = 'id'): string | undefined {
  const id = c.req.param(name) ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined;
}

/** A refusal the workspace has a sentence for. */
export function refuse(c: WebContext, refusal: string, about: Record<string, string> = {}): Response {
  return problem(c, 409, 'notDoneTitle', 'notDoneNow', { refusal, about });
}
