import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import { type Channel, type HistoryRows, type Matter, noRows, openMatter } from './matter.ts';
import { englishStories, frenchStories, type Story, townHallStories } from './stories.ts';
import { days, type MadeAdvisor, type MadeCustomer, type Making, minutes } from './world.ts';

const MONTHS_BACK_DAYS = 180;
const MATTERS_PER_CUSTOMER = 0.55;

/** Half a year of matters that were solved, most of them in time, all by the customer's own advisor or a backup. */
export function tellPast(
  making: Making,
  customers: readonly MadeCustomer[],
  advisors: ReadonlyMap<string, MadeAdvisor>,
): HistoryRows {
  const kept = noRows();
  const count = Math.round(customers.length * MATTERS_PER_CUSTOMER);
  for (let each = 0; each < count; each += 1) {
    const rows = noRows();
    const endedAt = solvedMatter(making, rows, making.dice.pick(customers), advisors);
    // One that would end after today has not happened; open ones are told apart.
    if (endedAt < making.now)
      for (const table of Object.keys(kept) as (keyof HistoryRows)[]) append(kept[table], rows[table]);
  }
  kept.events.sort((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime());
  return kept;
}

function append(to: unknown[], from: readonly unknown[]): void {
  to.push(...from);
}

function solvedMatter(
  making: Making,
  rows: HistoryRows,
  customer: MadeCustomer,
  advisors: ReadonlyMap<string, MadeAdvisor>,
): Date {
  const { dice, now } = making;
  const owner = advisors.get(customer.advisorId)!;
  const story = storyFor(making, customer);
  const channel = channelFor(making, customer);
  const asked = during(making, new Date(now.getTime() - dice.int(days(1), days(MONTHS_BACK_DAYS))), channel);
  const matter = openMatter(making, rows, customer, owner, story, channel, asked);
  ask(making, matter, story, channel, asked);
  const answered = answer(making, matter, story, customer, owner, advisors, asked);
  if (story.note && dice.chance(0.5)) matter.note(later(answered, 4), story.note, owner);
  const solved = waited(making, matter, story, owner, answered);
  const thanked = working(making, solved, dice.int(60, 900));
  if (dice.chance(0.6))
    matter.receive(thanked, dice.pick(story.thanks), channel !== 'mail' && channel !== 'message' && channel !== 'sms');
  const closed = later(thanked, dice.int(2, 40));
  matter.close(closed, dice.pick(story.closing), owner);
  return closed;
}

/** The first answer: in time, or late and then by the backup who took over. */
function answer(
  making: Making,
  matter: Matter,
  story: Story,
  customer: MadeCustomer,
  owner: MadeAdvisor,
  advisors: ReadonlyMap<string, MadeAdvisor>,
  asked: Date,
): Date {
  const { dice } = making;
  const within = customer.answerWithinMinutes;
  const owed = matter.commit('answer', asked, working(making, asked, within), owner);
  const backup = advisors.get(owner.backups[0]!)!;
  const late = dice.chance(0.03);
  const at = working(making, asked, late ? within + dice.int(10, 110) : dice.int(2, Math.floor(within * 0.95)));
  const by = late || dice.chance(0.12) ? backup : owner;
  if (late) {
    owed.break();
    const broken = working(making, asked, within);
    matter.own(broken, backup, 'escalation');
    matter.commit('answer', broken, working(making, broken, 120), backup, { replacesId: owed.id }).keep(at, backup);
  } else owed.keep(at, by);
  matter.send(at, dice.pick(story.answers), by);
  return at;
}

/** Some matters wait for a third party; the customer hears in between, as promised. */
function waited(making: Making, matter: Matter, story: Story, owner: MadeAdvisor, answered: Date): Date {
  const { dice } = making;
  if (!story.thirdParty || !dice.chance(0.6)) return answered;
  const promised = matter.commit('nextNews', answered, working(making, answered, 480), owner);
  const news = working(making, answered, dice.int(200, 470));
  promised.keep(news, owner);
  matter.send(news, story.thirdParty.news, owner);
  return news;
}

/** What opens the matter: the customer's words, or the advisor's note of them. */
export function ask({ dice }: Making, matter: Matter, story: Story, channel: Channel, at: Date): void {
  const noted = channel === 'call' || channel === 'visit';
  const words = dice.pick(noted ? story.heard : story.asks);
  const greeting =
    story.locale === 'en'
      ? `Hello,\n\n${words}\n\n${matter.customer.signs}`
      : `Bonjour,\n\n${words}\n\n${matter.customer.signs}`;
  matter.receive(at, channel === 'mail' || channel === 'letter' ? greeting : words, noted || channel === 'letter');
}

export function storyFor({ dice }: Making, customer: MadeCustomer): Story {
  if (customer.kind === 'town_hall') return dice.pick(townHallStories);
  if (customer.kind === 'business') return dice.pick(frenchStories.filter((story) => !story.home));
  return dice.pick(customer.locale === 'en' ? englishStories : frenchStories);
}

export function channelFor({ dice }: Making, customer: MadeCustomer): Channel {
  if (customer.mail && dice.chance(0.55)) return 'mail';
  return dice.pick(['call', 'call', 'call', 'call', 'message', 'sms', 'visit', 'visit', 'letter'] as const);
}

/** Calls, visits and the post come while the office is open; people write at any hour. */
function during(making: Making, at: Date, channel: Channel): Date {
  return channel === 'call' || channel === 'visit' || channel === 'letter'
    ? working(making, at, making.dice.int(0, 500))
    : at;
}

export function working({ calendar }: Making, from: Date, count: number): Date {
  return new Date(addWorkingMinutes(calendar, from.getTime(), count));
}

export function later(at: Date, count: number): Date {
  return new Date(at.getTime() + minutes(count));
}
