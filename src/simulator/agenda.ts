/** What is still to happen, earliest first; what was added first comes first at the same instant. A heap of arrays. */
export class Agenda<Subject> {
  private readonly times: number[] = [];
  private readonly orders: number[] = [];
  private readonly kinds: number[] = [];
  private readonly subjects: Subject[] = [];
  private added = 0;

  /** Infinity when nothing is left. */
  next(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, kind: number, subject: Subject): void {
    this.added += 1;
    let place = this.times.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.times[parent] as number) <= at) break;
      this.move(parent, place);
      place = parent;
    }
    this.put(place, at, this.added, kind, subject);
  }

  /** Takes the earliest out; only when there is one. */
  take(handle: (at: number, kind: number, subject: Subject) => void): void {
    const at = this.times[0] as number;
    const kind = this.kinds[0] as number;
    const subject = this.subjects[0] as Subject;
    const lastAt = this.times.pop() as number;
    const lastOrder = this.orders.pop() as number;
    const lastKind = this.kinds.pop() as number;
    const last = this.subjects.pop() as Subject;
    if (this.times.length > 0) this.sink(lastAt, lastOrder, lastKind, last);
    handle(at, kind, subject);
  }

  private sink(at: number, order: number, kind: number, subject: Subject): void {
    const { length } = this.times;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      if (child + 1 < length && this.comesFirst(child + 1, child)) child += 1;
      const childAt = this.times[child] as number;
      if (at < childAt || (at === childAt && order < (this.orders[child] as number))) break;
      this.move(child, place);
      place = child;
    }
    this.put(place, at, order, kind, subject);
  }

  private comesFirst(one: number, other: number): boolean {
    const difference = (this.times[one] as number) - (this.times[other] as number);
    return difference === 0 ? (this.orders[one] as number) < (this.orders[other] as number) : difference < 0;
  }

  private move(from: number, to: number): void {
    this.put(
      to,
      this.times[from] as number,
      this.orders[from] as number,
      this.kinds[from] as number,
      this.subjects[from] as Subject,
    );
  }

  private put(place: number, at: number, order: number, kind: number, subject: Subject): void {
    this.times[place] = at;
    this.orders[place] = order;
    this.kinds[place] = kind;
    this.subjects[place] = subject;
  }
}
