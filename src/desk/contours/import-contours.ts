import type { Actor } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import type { Contour } from './read-contours.ts';

export type ContoursImported =
  | { ok: true; communes: number; borders: number; unknown: string[] }
  | { ok: false; why: 'not_allowed' | 'nothing_known' };

/** Keeps the outlines of communes that exist today, in place of those of before. Codes of before a merger are told. */
export async function importContours(tx: Tx, actor: Actor, contours: readonly Contour[]): Promise<ContoursImported> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const known = new Set((await tx.db.selectFrom('commune').select('insee').execute()).map(({ insee }) => insee));
  const kept = new Map(contours.filter(({ code }) => known.has(code)).map((each) => [each.code, each]));
  if (kept.size === 0) return { ok: false, why: 'nothing_known' };
  await tx.db.deleteFrom('communeContour').execute();
  const rows = [...kept.values()].map(({ code, rings, at }) => ({
    insee: code,
    rings: JSON.stringify(rings),
    ...at,
    importedAt: tx.now,
  }));
  for (let from = 0; from < rows.length; from += atOnce)
    await tx.db
      .insertInto('communeContour')
      .values(rows.slice(from, from + atOnce))
      .execute();
  const borders = [...kept.values()].flatMap(({ code, neighbours }) =>
    [...new Set(neighbours)]
      .filter((other) => other !== code && kept.has(other))
      .map((neighbour) => ({ insee: code, neighbour })),
  );
  for (let from = 0; from < borders.length; from += atOnce)
    await tx.db
      .insertInto('communeNeighbour')
      .values(borders.slice(from, from + atOnce))
      .execute();
  await tx.record({ type: 'contours.imported', facts: { communes: kept.size } });
  const unknown = contours.filter(({ code }) => !known.has(code)).map(({ code }) => code);
  return { ok: true, communes: kept.size, borders: borders.length / 2, unknown };
}

const atOnce = 1000;
