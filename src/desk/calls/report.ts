import { openCommitments } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import { customerAt } from '../views/route.ts';
import { CLOCKS_DIFFER_MS, lockCallNamed, type ToldCall, takeAskedCall } from './asked-call.ts';
import { beginCall, type NewCall } from './begin.ts';
import { type CallEvent, followCall } from './follow.ts';

/** One event of a call as another phone system reports it. Numbers are in E.164. */
export interface CallReport {
  /** The phone system's own name for this report: the same one again changes nothing. */
  id: string;
  callId: string;
  event: CallEvent['kind'];
  at: Date;
  /** Of a call that is told of only at its end: when it began, and when it was answered. */
  startedAt?: Date | undefined;
  answeredAt?: Date | undefined;
  direction: 'in' | 'out';
  /** The customer's number: who calls, or who is called. Null: withheld. */
  number: string | null;
  /** Whose phone: an extension, or a direct number. */
  extension: string | null;
}

/** Takes a report into the same record a call of our own has. False: it was taken before. */
export async function takeReport(tx: Tx, source: string, report: CallReport): Promise<boolean> {
  const sipId = callIdOf(source, report.callId);
  const fresh = await tx.db
    .insertInto('callReport')
    .values({ source, eventId: report.id, callId: sipId, receivedAt: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('eventId')
    .executeTakeFirst();
  if (!fresh) return false;
  const advisorId = report.extension ? await advisorAt(tx, report.extension) : null;
  const callId = await callOf(tx, { sipId, source }, report, advisorId);
  if (report.event === 'ended' && report.answeredAt)
    await followCall(tx, { callId, kind: 'answered', at: report.answeredAt, attempt: -1, advisorId });
  await followCall(tx, { callId, kind: report.event, at: report.at, attempt: -1, advisorId });
  return true;
}

/** Calls of two phone systems never share an id. */
export const callIdOf = (source: string, callId: string): string => `${source}:${callId}`;

/** The call reported, which may be one the workspace asked for. Any event may be the first we hear of it. */
async function callOf(
  tx: Tx,
  { sipId, source }: Pick<ToldCall, 'sipId' | 'source'>,
  report: CallReport,
  advisorId: string | null,
): Promise<string> {
  const known = await lockCallNamed(tx, sipId);
  if (known) return known;
  const { number: phone, direction } = report;
  if (direction === 'out' && advisorId && phone) {
    const asked = await takeAskedCall(tx, { sipId, source, advisorId, phone, ...whenMade(report) });
    if (asked) return asked;
  }
  await begin(tx, { id: sipId, at: report.startedAt ?? report.answeredAt ?? report.at, source }, report, advisorId);
  return sipId;
}

/** A call of which only the end is told began so much earlier, as far as anybody knows. */
const RINGS_MS = 60_000;

/** When the call was made, and how late its key may have been pressed: no call was asked for after it was over. */
function whenMade({ event, at, startedAt, answeredAt }: CallReport): Pick<ToldCall, 'invited' | 'until'> {
  const over = event === 'missed' || event === 'ended';
  const invited = startedAt ?? answeredAt ?? (over ? before(at, RINGS_MS) : at);
  const latest = before(invited, -CLOCKS_DIFFER_MS);
  return { invited, until: over && at < latest ? at : latest };
}

const before = (at: Date, ms: number) => new Date(at.getTime() - ms);

async function begin(
  tx: Tx,
  begun: Pick<NewCall, 'id' | 'at' | 'source'>,
  { number, direction }: CallReport,
  advisorId: string | null,
): Promise<void> {
  const customer = number ? await customerAt(tx, { phone: number }) : null;
  const call = { ...begun, customerId: customer?.id ?? null };
  if (direction === 'in') {
    await beginCall(tx, { ...call, fromPhone: number, ringList: advisorId ? [advisorId] : [] });
    return;
  }
  const commitmentId = customer && advisorId ? await callbackOwed(tx, customer.id, advisorId) : null;
  await beginCall(tx, {
    ...call,
    fromPhone: null,
    ringList: [],
    out: { toPhone: number ?? '', placedBy: advisorId, commitmentId },
  });
}

/** A call to a customer who was promised one is that callback. */
export async function callbackOwed(tx: Tx, customerId: string, advisorId: string): Promise<string | null> {
  const row = await openCommitments(tx.db)
    .where('customerId', '=', customerId)
    .where('ownerId', '=', advisorId)
    .where('kind', '=', 'callback')
    .select('id')
    .orderBy('dueAt')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Whose phone this is: an extension, or a direct number. Who has left keeps theirs on file, and it may be a successor's. */
export async function advisorAt(tx: Tx, extension: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('advisor')
    .leftJoin('advisorExtension', 'advisorExtension.advisorId', 'advisor.id')
    .where('advisor.leftAt', 'is', null)
    .where((eb) => eb.or([eb('advisorExtension.extension', '=', extension), eb('advisor.phone', '=', extension)]))
    .select('advisor.id')
    .orderBy('advisor.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
