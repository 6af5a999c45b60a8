import { dayAt } from '../../core/calendar/days.ts';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { type HistoryRows, noRows, openMatter } from './matter.ts';
import { ask, channelFor, later, storyFor, working } from './past.ts';
import { placeOf } from './staff.ts';
import { demoSignIn } from './staff-list.ts';
import { days, hours, type MadeAdvisor, type MadeCustomer, type Making, minutes } from './world.ts';

type Kind = 'toAnswer' | 'callback' | 'thirdParty' | 'visit';
const usual: readonly Kind[] = ['toAnswer', 'thirdParty', 'callback', 'toAnswer', 'visit'];
const busy: readonly Kind[] = [
  'toAnswer',
  'callback',
  'thirdParty',
  'toAnswer',
  'visit',
  'toAnswer',
  'thirdParty',
  'callback',
];

/** What is open today: questions to answer, calls to return, third parties waited for, and a promise that broke. */
export async function tellPresent(
  tx: Tx,
  making: Making,
  customers: readonly MadeCustomer[],
  advisors: readonly MadeAdvisor[],
): Promise<HistoryRows> {
  const rows = noRows();
  const signsIn = advisors[placeOf(demoSignIn.advisor)]!;
  const absent = advisors[placeOf(demoSignIn.advisor) + 1]!;
  const late = advisors[placeOf(demoSignIn.advisor) - 1]!;
  const absenceId = await makeAbsences(tx, making, { signsIn, absent, advisors });
  const of = new Map(
    advisors.map((advisor) => [
      advisor.id,
      customers.filter((customer) => customer.advisorId === advisor.id && customer.answerWithinMinutes >= 240),
    ]),
  );
  for (const advisor of advisors) {
    const theirs = of.get(advisor.id) ?? [];
    if (theirs.length === 0) continue;
    const kinds = advisor === signsIn ? busy : usual.slice(0, making.dice.int(2, usual.length));
    for (const kind of kinds) {
      const customer = making.dice.pick(theirs);
      if (advisor === absent) openOne(making, rows, customer, advisor, kind, { cover: signsIn, absenceId });
      else openOne(making, rows, customer, advisor, kind);
    }
  }
  const waiting = of.get(late.id)?.[0];
  if (waiting) brokenOne(making, rows, waiting, late, signsIn);
  return rows;
}

function openOne(
  making: Making,
  rows: HistoryRows,
  customer: MadeCustomer,
  own: MadeAdvisor,
  kind: Kind,
  away?: { cover: MadeAdvisor; absenceId: string },
): void {
  const { dice, now } = making;
  const channel = channelFor(making, customer);
  const story = storyFor(making, customer);
  const since =
    kind === 'toAnswer'
      ? minutes(dice.int(12, Math.floor(customer.answerWithinMinutes * 0.8)))
      : hours(dice.int(20, 70));
  const at = new Date(now.getTime() - since);
  const matter = openMatter(making, rows, customer, own, story, channel, at);
  ask(making, matter, story, channel, at);
  const owner = away?.cover ?? own;
  if (away) matter.own(later(at, 1), away.cover, 'absence', { absenceId: away.absenceId });
  if (kind === 'toAnswer') {
    const dueAt = working(making, at, customer.answerWithinMinutes);
    matter.commit('answer', at, dueAt, owner, {
      remindAt: new Date(now.getTime() + (dueAt.getTime() - now.getTime()) * 0.75),
    });
    return;
  }
  const answered = new Date(at.getTime() + since * 0.3);
  matter.commit('answer', at, later(answered, 30), owner).keep(answered, owner);
  if (kind === 'thirdParty') {
    matter.send(answered, story.thirdParty?.news ?? dice.pick(story.answers), owner);
    matter.waitFor(
      answered,
      story.thirdParty?.who ?? (story.locale === 'en' ? 'Network technician' : 'Technicien réseau'),
    );
    matter.commit('nextNews', answered, working(making, now, dice.int(50, 600)), owner);
  } else if (kind === 'callback') {
    matter.send(
      answered,
      story.locale === 'en'
        ? 'I am having the line tested and will ring you back with the result.'
        : 'Je fais tester la ligne et je vous rappelle avec le résultat.',
      owner,
    );
    matter.commit('callback', answered, working(making, now, dice.int(25, 260)), owner, {
      words:
        story.locale === 'en'
          ? 'Ring back with the result of the line test'
          : 'Rappeler avec le résultat du test de ligne',
    });
  } else {
    matter.send(answered, dice.pick(story.answers), owner);
    matter.commit('visit', answered, working(making, now, dice.int(500, 1_400)), owner, {
      words: story.locale === 'en' ? 'Come by and check the socket' : 'Passer vérifier la prise',
    });
  }
  if (story.note) matter.note(later(answered, 3), story.note, owner);
}

/** An answer that did not come in time: the backup owes it now. */
function brokenOne(
  making: Making,
  rows: HistoryRows,
  customer: MadeCustomer,
  own: MadeAdvisor,
  backup: MadeAdvisor,
): void {
  const { now } = making;
  const at = new Date(now.getTime() - days(4));
  const dueAt = new Date(now.getTime() - minutes(50));
  const story = storyFor(making, customer);
  const matter = openMatter(making, rows, customer, own, story, 'mail', at);
  ask(making, matter, story, 'mail', at);
  const owed = matter.commit('answer', at, dueAt, own);
  owed.break();
  matter.own(dueAt, backup, 'escalation');
  matter.commit('answer', dueAt, working(making, now, 70), backup, { replacesId: owed.id });
}

/**
 * Someone away now with a named cover, two who go soon, one who came back. Answers the id of the present one. Who
 * covers later keeps the same hours as who goes: nobody's lunch is left without anyone.
 */
async function makeAbsences(
  tx: Tx,
  { dice, now, calendar }: Making,
  who: { signsIn: MadeAdvisor; absent: MadeAdvisor; advisors: readonly MadeAdvisor[] },
): Promise<string> {
  const day = (offset: number) => new Date(dayAt(calendar, now.getTime() + days(offset)).start);
  const absence = (advisor: MadeAdvisor, from: number, to: number, cover: MadeAdvisor | null, handover: string) => ({
    id: dice.id(now),
    advisorId: advisor.id,
    startsAt: day(from),
    endsAt: day(to),
    coverAdvisorId: cover?.id ?? null,
    handover,
    enteredAt: day(from - 14 > -20 ? -6 : from - 14),
    enteredBy: advisor.staffId,
  });
  const current = absence(
    who.absent,
    -3,
    5,
    who.signsIn,
    'Deux lignes attendent le technicien, il rappelle lundi. La mairie attend l’affiche de la permanence : elle est prête, à imprimer. Rien d’autre d’urgent.',
  );
  await insertAll(tx, 'absence', [
    current,
    absence(
      who.advisors[5]!,
      9,
      17,
      who.advisors[7]!,
      'Le dossier de la scierie se termine cette semaine. Les autres peuvent attendre mon retour, les clients le savent.',
    ),
    absence(who.advisors[20]!, 13, 15, who.advisors[22]!, 'Formation à Dijon, joignable le soir.'),
    absence(who.advisors[11]!, -30, -20, who.advisors[12]!, 'Tout est noté dans les dossiers.'),
  ]);
  return current.id;
}
