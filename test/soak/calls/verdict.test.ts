import { expect, test } from 'vitest';
import { type CallOnRecord, nameOnRecord } from './records.ts';
import { type CallVerdict, isClean, judge, type Kill, type LedgerLine } from './verdict.ts';

const AT = Date.UTC(2026, 10, 29, 9, 0, 0);
const kamailioKilled = (seconds: number): Kill => ({ what: 'kamailio', at: AT + seconds * 1_000 });

interface Told {
  line: LedgerLine;
  /** Null: no record. */
  record: CallOnRecord | null;
}

const by = {
  customer: { from: '+33639980001', onFile: true },
  stranger: { from: '+33639980002', onFile: false },
  withheld: { from: '', onFile: false },
};
let count = 0;

function told(line: Partial<LedgerLine>, record: Partial<CallOnRecord> | null): Told {
  count += 1;
  const spoken = { patienceMs: null, talkMs: 1_000, began: AT, ended: AT + 30_000 };
  const recorded = { rows: 1, lines: 1, items: 0, rung: 2, at: new Date(AT), promises: 0 };
  const open = { answered: false, ended: false, missed: false };
  return {
    line: { callId: `call-${count}`, ...by.customer, outcome: 'answered', ...spoken, ...line },
    record: record && { ...recorded, ...open, ...record },
  };
}

const TALKED = { answered: true, ended: true };
const OWED = { missed: true, promises: 1 };
const IN_TRAY = { ...OWED, lines: 0, items: 1 };
const NOTHING_OWED = { missed: true, lines: 0 };

/** One of each kind of call that may be. */
const good = (): Told[] => [
  told({ outcome: 'answered' }, TALKED),
  told({ outcome: 'voicemail' }, OWED),
  told({ outcome: 'refused' }, OWED),
  told({ outcome: 'hung up' }, OWED),
  told({ ...by.stranger, outcome: 'answered' }, { ...TALKED, lines: 0 }),
  told({ ...by.stranger, outcome: 'hung up' }, IN_TRAY),
  told({ ...by.stranger, outcome: 'refused' }, IN_TRAY),
  told({ ...by.withheld, outcome: 'answered' }, { ...TALKED, lines: 0 }),
  told({ ...by.withheld, outcome: 'hung up' }, NOTHING_OWED),
  told({ ...by.withheld, outcome: 'voicemail' }, NOTHING_OWED),
];

const judged = (all: readonly Told[], kills: readonly Kill[] = []): CallVerdict =>
  judge(
    all.map(({ line }) => line),
    kills,
    new Map(all.flatMap(({ line, record }) => (record ? [[nameOnRecord(line.callId), record]] : []))),
  );

/** What a verdict finds, as `what: which calls`. */
function found(verdict: CallVerdict): Record<string, string[]> {
  const lists = Object.entries(verdict).filter(([, those]) => Array.isArray(those) && those.length > 0);
  return Object.fromEntries(lists.map(([what, those]) => [what, those.map((each: string) => each.split(' ')[0])]));
}

test('calls of which caller and record tell the same, with something dated for whoever nobody talked to, are clean', () => {
  const verdict = judged(good());
  expect(found(verdict)).toEqual({});
  expect(isClean(verdict)).toBe(true);
  expect(verdict).toMatchObject({ cut: 0, cutOnRecord: 0 });
});

test.each<[string, Told, (keyof CallVerdict)[]]>([
  ['answered, and no record', told({ outcome: 'answered' }, null), ['unrecorded']],
  ['hung up, and no record', told({ outcome: 'hung up' }, null), ['unrecorded']],
  ['withheld and refused', told({ ...by.withheld, outcome: 'refused' }, NOTHING_OWED), ['unheard']],
  ['two rows', told({}, { ...TALKED, rows: 2 }), ['doubled']],
  ['two lines on timelines', told({}, { ...TALKED, lines: 2 }), ['doubled']],
  ['a line and an item', told({ outcome: 'hung up' }, { ...OWED, items: 1 }), ['doubled']],
  ['talked, and missed on record', told({ outcome: 'answered' }, OWED), ['misread']],
  ['a machine that counts as somebody', told({ outcome: 'voicemail' }, TALKED), ['misread']],
  ['hung up, and answered on record', told({ outcome: 'hung up' }, TALKED), ['misread']],
  ['over, and still talking on record', told({}, { answered: true }), ['endless']],
  ['hung up, and still ringing on record', told({ outcome: 'hung up' }, { promises: 1 }), ['endless']],
  ['hung up, and owed nothing', told({ outcome: 'hung up' }, { missed: true }), ['unpromised']],
  ['a machine, and owed nothing', told({ outcome: 'voicemail' }, { missed: true }), ['unpromised']],
  ['refused, and owed nothing', told({ outcome: 'refused' }, { missed: true }), ['unpromised']],
  [
    'a stranger, and nothing in the tray',
    told({ ...by.stranger, outcome: 'hung up' }, { missed: true, lines: 0 }),
    ['unpromised'],
  ],
  ['no last word, though owed a callback', told({ outcome: 'silence' }, OWED), ['leftInSilence']],
  ['no last word and no record', told({ outcome: 'silence' }, null), ['leftInSilence', 'unrecorded']],
  ['no last word, talked on record', told({ outcome: 'silence' }, TALKED), ['leftInSilence', 'misread']],
])('one bad line among good ones is found: %s', (_, bad, what) => {
  const verdict = judged([...good(), bad, ...good()]);
  expect(found(verdict)).toEqual(Object.fromEntries(what.map((each) => [each, [bad.line.callId]])));
  expect(isClean(verdict)).toBe(false);
});

test('a call without a last word is cut only by a kill of Kamailio between its begin and its end', () => {
  const silent = told({ outcome: 'silence' }, OWED);
  expect(judged([silent], [kamailioKilled(12)])).toMatchObject({ leftInSilence: [], cut: 1, cutOnRecord: 1 });
  const elsewhere: Kill[] = [kamailioKilled(-1), kamailioKilled(31), { what: 'product', at: AT + 12_000 }];
  expect(judged([silent], elsewhere)).toMatchObject({ cut: 0, cutOnRecord: 0 });
  expect(found(judged([silent], elsewhere))).toEqual({ leftInSilence: [silent.line.callId] });
});

test('a call that was cut may be unknown; one on record is owed an answer, and is there once', () => {
  const kills = [kamailioKilled(12)];
  expect(judged([told({ outcome: 'silence' }, null)], kills)).toMatchObject({ cut: 1, cutOnRecord: 0 });
  const verdict = (line: Partial<LedgerLine>, record: Partial<CallOnRecord>) =>
    Object.keys(found(judged([told({ outcome: 'silence', ...line }, record)], kills)));
  expect(verdict({}, OWED)).toEqual([]);
  expect(verdict({}, TALKED)).toEqual([]);
  expect(verdict({}, {})).toEqual(['unpromised']);
  expect(verdict({}, { missed: true })).toEqual(['unpromised']);
  expect(verdict(by.stranger, NOTHING_OWED)).toEqual(['unpromised']);
  expect(verdict(by.withheld, NOTHING_OWED)).toEqual([]);
  expect(verdict({}, { ...OWED, lines: 2 })).toEqual(['doubled']);
});

test('a kill excuses nothing but the want of a last word', () => {
  const hungUp = told({ outcome: 'hung up' }, null);
  expect(found(judged([hungUp], [kamailioKilled(12)]))).toEqual({ unrecorded: [hungUp.line.callId] });
});
