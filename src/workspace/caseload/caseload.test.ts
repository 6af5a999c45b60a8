import { expect, test } from 'vitest';
import type { CaseloadItem } from '../../web/api/workspace/shapes.ts';
import { fromLocal, toLocal } from '../time/local.ts';
import { inOrder } from './calm-list.ts';
import { inTurn, nextAfter } from './groups.ts';

const item = (caseFileId: string, group: CaseloadItem['group'], dueAt: string): CaseloadItem => ({
  caseFileId,
  customerId: `customer of ${caseFileId}`,
  customerName: caseFileId,
  commune: 'Ornans',
  subject: '',
  group,
  lastWords: '',
  lastChannel: 'mail',
  lastDirection: 'in',
  lastAt: dueAt,
  waitingSince: null,
  due: { id: caseFileId, kind: 'answer', words: '', dueAt, owner: { id: 'a', name: 'Ana' } },
  broken: false,
  thirdParty: null,
  inPlaceOf: null,
});

test('who waits comes first, then what is promised for today; within a group the earliest due', () => {
  const turns = inTurn([
    item('later', 'later', '2026-11-24T08:00:00Z'),
    item('second', 'waiting', '2026-11-24T12:00:00Z'),
    item('today', 'promised', '2026-11-24T07:00:00Z'),
    item('first', 'waiting', '2026-11-24T09:00:00Z'),
  ]);
  expect(turns.map((each) => each.caseFileId)).toEqual(['first', 'second', 'today', 'later']);
});

test('after the last item comes another one, and after the only one none', () => {
  const [a, b] = [item('a', 'waiting', '2026-11-24T09:00:00Z'), item('b', 'waiting', '2026-11-24T10:00:00Z')];
  expect(nextAfter([a, b], 'a')).toBe(b);
  expect(nextAfter([a, b], 'b')).toBe(a);
  expect(nextAfter([a], 'a')).toBeUndefined();
});

test('what is shown keeps its order; what went is gone, what is new is not there yet', () => {
  expect(inOrder([{ id: 'new' }, { id: 'c' }, { id: 'a' }], ['a', 'b', 'c'])).toEqual([{ id: 'a' }, { id: 'c' }]);
});

test('date fields show and mean the clock of the territory, over summer-time nights too', () => {
  expect(toLocal('2026-11-24T13:05:00Z', 'Europe/Paris')).toBe('2026-11-24T14:05');
  expect(fromLocal('2026-07-14T09:00', 'Europe/Paris')).toBe('2026-07-14T07:00:00.000Z');
  expect(fromLocal('2026-03-29T03:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
  expect(fromLocal('2026-10-25T12:00', 'Indian/Reunion')).toBe('2026-10-25T08:00:00.000Z');
  expect(fromLocal('', 'Europe/Paris')).toBeNull();
});
