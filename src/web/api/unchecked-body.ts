import { z } from '@hono/zod-openapi';

/**
 * The body of a door that reads it by itself (signed bytes, JSON or a form, other systems' names), as the OpenAPI document
 * describes it: a plain JSON schema, so that nothing is read or refused before the handler has looked.
 */
export function uncheckedBody(schema: z.ZodType) {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input' });
  const content = { schema: plain as object };
  return {
    body: { required: true, content: { 'application/json': content, 'application/x-www-form-urlencoded': content } },
  };
}
