import { z } from '@hono/zod-openapi';
import { type ContactCommune, findContact } from '../../desk/views/contact.ts';
import { answerWrong } from '../problems.ts';
import { get, type Route, type WebContext } from '../route.ts';
import { answers } from './shapes.ts';

const named = z.object({ id: z.uuid(), name: z.string() });
const Contact = z
  .object({
    communes: z.array(
      z.object({
        insee: z.string(),
        name: z.string(),
        areas: z.array(
          z.object({
            name: z.string(),
            advisor: named.extend({ phone: z.string(), mail: z.string() }),
            backups: z.array(named),
          }),
        ),
      }),
    ),
  })
  .openapi('Contact', { description: 'A commune without areas is not served by this operator.' });

export const contactRoutes: Route[] = [
  get('/api/v1/contact', 'anyone', readContact, {
    openapi: {
      summary: 'Who serves a commune',
      tags: ['contact'],
      request: {
        query: z.object({
          postcode: z.string().max(10).optional().openapi({ example: '39240' }),
          commune: z
            .string()
            .max(100)
            .optional()
            .openapi({ description: 'INSEE code or name, accents or not', example: '39478' }),
        }),
      },
      responses: answers(200, 'The communes found, with the advisor of each area', Contact),
    },
  }),
];

async function readContact(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const { postcode, commune } = c.req.query();
  const found = await findContact(db, clock(), { postcode, commune });
  if (found.kind === 'nothing_asked') return answerWrong(c, [{ field: 'postcode', says: 'needsCommune' }]);
  return c.json({ communes: found.kind === 'found' ? found.communes.map(shown) : [] });
}

function shown(commune: ContactCommune) {
  const areas = commune.areas.map(({ sector, advisor }) => ({
    name: sector ?? commune.name,
    advisor: { id: advisor.id, name: advisor.name, phone: advisor.phone, mail: advisor.mail },
    backups: advisor.backups,
  }));
  return { insee: commune.insee, name: commune.name, areas };
}
