import type { Calendar } from '../core/calendar/days.ts';
import {
  type AdvisorState,
  type Away,
  type Doing,
  isFree,
  type Leave,
  type OpenCallback,
  type OpenMessage,
  type Situation,
  type WaitingCaller,
} from '../core/routing/situation.ts';
import type { Draws } from './draws.ts';
import { takeOut } from './lists.ts';
import type { Scenario } from './scenario.ts';

/** One caller's wish, through every attempt until it is served, called back or lost. */
export class Call implements WaitingCaller {
  heldFor: string | null = null;
  attempt = 1;
  state: 'coming' | 'offer' | 'waiting' | 'talking' | 'promised' | 'gone' | 'ended' = 'coming';
  leavesAt = Number.POSITIVE_INFINITY;
  promisesAt = Number.POSITIVE_INFINITY;
  promisedBy: Advisor | null = null;
  waitsFrom = 0;
  declined = false;
  acceptance = 1;
  patience = Number.POSITIVE_INFINITY;
  readonly firstAt: number;

  readonly day: number;
  readonly index: number;
  readonly own: Advisor;
  readonly ownId: string;
  readonly handle: number;
  readonly measured: boolean;
  readonly draws: Draws;
  /** When this attempt began. */
  since: number;

  private name: string | null = null;

  constructor(
    day: number,
    index: number,
    own: Advisor,
    since: number,
    handle: number,
    measured: boolean,
    draws: Draws,
  ) {
    this.day = day;
    this.index = index;
    this.own = own;
    this.ownId = own.id;
    this.since = since;
    this.firstAt = since;
    this.handle = handle;
    this.measured = measured;
    this.draws = draws;
  }

  /** Most calls are answered before anyone asks for their name. */
  get id(): string {
    this.name ??= `${this.day}/${this.index}`;
    return this.name;
  }
}

export class Callback implements OpenCallback {
  tries = 0;
  reached = false;
  notBefore: number;
  readonly madeAt: number;
  readonly id: string;
  readonly dueAt: number;
  readonly call: Call;
  owner: Advisor;

  constructor(call: Call, owner: Advisor, madeAt: number, dueAt: number, notBefore: number) {
    this.call = call;
    this.id = call.id;
    this.owner = owner;
    this.madeAt = madeAt;
    this.dueAt = dueAt;
    this.notBefore = notBefore;
  }
}

export class Message implements OpenMessage {
  left: number;
  readonly id: string;
  readonly receivedAt: number;
  readonly own: Advisor;
  readonly measured: boolean;

  constructor(id: string, own: Advisor, receivedAt: number, left: number, measured: boolean) {
    this.id = id;
    this.own = own;
    this.receivedAt = receivedAt;
    this.left = left;
    this.measured = measured;
  }
}

type Task = Call | Callback | Message | null;

export class Advisor implements AdvisorState {
  since = 0;
  /** To lunch. */
  leaves: Leave | null = null;
  lastServedAt = 0;
  callbacks: Callback[] = [];
  messages: Message[] = [];
  backups: string[] = [];
  backsUp: string[] = [];
  task: Task = null;
  /** When the task ends; the event of a task that was paused names another instant. */
  endsAt = -1;
  /** Wants to go to lunch. */
  lunchDue = false;
  absentUntil = 0;
  readonly index: number;
  readonly id: string;
  readonly podId: string;
  private isDoing: Doing = 'off';
  private isAway: Away | null = null;
  private isListed = false;
  /** Everyone who is free, first to last. */
  private readonly free: Advisor[];

  constructor(index: number, podId: string, free: Advisor[]) {
    this.index = index;
    this.id = `advisor ${index + 1}`;
    this.podId = podId;
    this.free = free;
  }

  get doing(): Doing {
    return this.isDoing;
  }

  set doing(doing: Doing) {
    this.isDoing = doing;
    this.list();
  }

  get away(): Away | null {
    return this.isAway;
  }

  set away(away: Away | null) {
    this.isAway = away;
    this.list();
  }

  /** Keeps the list of those who are free as it is said to be. */
  private list(): void {
    const free = isFree(this);
    if (free === this.isListed) return;
    this.isListed = free;
    if (free) addInOrder(this.free, this);
    else takeOut(this.free, this);
  }
}

function addInOrder(free: Advisor[], advisor: Advisor): void {
  let place = free.length;
  for (; place > 0 && (free[place - 1] as Advisor).index > advisor.index; place -= 1)
    free[place] = free[place - 1] as Advisor;
  free[place] = advisor;
}

/** The situation that the production rules read, changed by the simulator as time goes on. */
export class Office implements Situation {
  now = 0;
  readonly waiting: Call[] = [];
  readonly advisors: Record<string, Advisor> = {};
  readonly staff: Advisor[];
  readonly free: Advisor[] = [];
  /** Until the first has come. */
  messagesWait = false;
  readonly pods: Record<string, string[]> = {};
  readonly everyone: string[];
  readonly leadId: string;
  readonly calendar: Calendar;

  constructor(scenario: Scenario) {
    this.calendar = calendarOf(scenario);
    this.staff = Array.from(
      { length: scenario.advisors },
      (_, index) => new Advisor(index, `pod ${Math.floor(index / scenario.podSize) + 1}`, this.free),
    );
    for (const advisor of this.staff) {
      this.advisors[advisor.id] = advisor;
      this.pods[advisor.podId] = [...(this.pods[advisor.podId] ?? []), advisor.id];
    }
    for (const advisor of this.staff) this.nameBackups(advisor, scenario.backups);
    this.everyone = this.staff.map(({ id }) => id);
    this.leadId = this.everyone[0] ?? '';
  }

  /** The next in the pod's round. */
  private nameBackups(advisor: Advisor, count: number): void {
    const pod = this.pods[advisor.podId] ?? [];
    const place = pod.indexOf(advisor.id);
    for (let step = 1; step <= Math.min(count, pod.length - 1); step += 1) {
      const id = pod[(place + step) % pod.length] as string;
      advisor.backups.push(id);
      this.advisors[id]?.backsUp.push(advisor.id);
    }
  }
}

/** A calendar works out each of its days once: runs of one scenario share theirs. */
const calendars = new WeakMap<Scenario['open'], Calendar>();

/** Every day is a working day, in a place without summer time. */
function calendarOf({ open }: Scenario): Calendar {
  const known = calendars.get(open);
  if (known) return known;
  const hours = [{ from: open.from, to: open.to }];
  const calendar = {
    timeZone: 'UTC',
    hours: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: hours, 7: hours },
    holidays: [],
  };
  calendars.set(open, calendar);
  return calendar;
}
