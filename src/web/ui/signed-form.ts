import { createHmac, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';
import type { House } from '../../desk/house.ts';

/** The name of the hidden field that carries it, and of the field no person fills in. */
export const FORM = 'form';
export const HONEYPOT = 'website';

const leastMs = 2_000;
const mostMs = 24 * 3_600_000;

/** A form as it came back. `id` is the same for every submit of one page, so that a double is recognised. */
export type ReturnedForm = { ok: true; id: string } | { ok: false; why: 'hasty' | 'expired' };

/** The value of the hidden field: which form, when it was opened (in the id), and our signature. */
export function signForm(house: House, purpose: string): string {
  const id = v7({ msecs: house.clock().getTime() });
  return `${id}.${signature(house.signingKey, purpose, id)}`;
}

/** Whether this form is ours, was open for as long as a person needs, and not for days. */
export function readForm(house: House, purpose: string, fields: Record<string, unknown>): ReturnedForm {
  if (fields[HONEYPOT]) return { ok: false, why: 'hasty' };
  const [id = '', signed = ''] = String(fields[FORM] ?? '').split('.');
  if (!isOurs(house, signed, purpose, id)) return { ok: false, why: 'expired' };
  const age = house.clock().getTime() - Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  if (age < leastMs) return { ok: false, why: 'hasty' };
  return age > mostMs ? { ok: false, why: 'expired' } : { ok: true, id };
}

function isOurs({ signingKey, olderKeys }: House, signed: string, purpose: string, id: string): boolean {
  return [signingKey, ...olderKeys].map((key) => same(signed, signature(key, purpose, id))).includes(true);
}

function signature(key: Buffer, purpose: string, id: string): string {
  return createHmac('sha256', key).update(`form:${purpose}:${id}`).digest('base64url');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
