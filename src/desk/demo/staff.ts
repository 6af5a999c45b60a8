import { CLOSED_WEEK, type HoursSpan, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { storeBlob } from '../interactions/blobs.ts';
import type { Tx } from '../tx.ts';
import { insertAll, storedHours } from './bulk.ts';
import { drawPortrait } from './portrait.ts';
import { type DemoAdvisor, demoOffices, demoPods, demoSignIn } from './staff-list.ts';
import { days, type MadeAdvisor, type Making } from './world.ts';

export const demoMailDomain = 'combes.example.org';

/** The thirty advisors in their pods, with portraits, backups and accounts; and a moderator and an administrator. */
export async function makeStaff(tx: Tx, making: Making, offices: ReadonlyMap<string, string>): Promise<MadeAdvisor[]> {
  const { dice, now } = making;
  const officeNamed = new Map(demoOffices.map((office) => [office.name, offices.get(office.arrondissement)!]));
  const pods = demoPods.map((pod) => ({ ...pod, id: dice.id(now) }));
  await insertAll(
    tx,
    'pod',
    pods.map((pod) => ({ id: pod.id, name: pod.name, officeId: officeNamed.get(pod.office)!, demo: true })),
  );
  const listed = pods.flatMap((pod) => pod.advisors.map((advisor) => ({ advisor, podId: pod.id })));
  const advisors = listed.map(({ advisor, podId }, place) => made(making, advisor, podId, place));
  for (const pod of pods)
    nameBackups(
      making,
      advisors.filter((advisor) => advisor.podId === pod.id),
    );
  await insertAdvisors(
    tx,
    making,
    advisors,
    listed.map(({ advisor }) => advisor),
  );
  await insertAccounts(tx, making, advisors);
  return advisors;
}

function made({ dice, now }: Making, person: DemoAdvisor, podId: string, place: number): MadeAdvisor {
  return {
    id: dice.id(now),
    staffId: dice.id(now),
    podId,
    place,
    given: person.given,
    family: person.family,
    name: person.shownAs === 'first' ? person.given : `${person.given} ${person.family}`,
    mail: `${plain(person.given)}.${plain(person.family)}@${demoMailDomain}`,
    backups: [],
    share: person.hours === 'mornings' ? 0.5 : person.hours === 'noWednesday' ? 0.8 : 1,
    hours: workingHours(person.hours),
  };
}

/** The next ones round the pod, full-timers first: two who lunch at different hours are always among them. */
function nameBackups({ dice }: Making, pod: MadeAdvisor[]): void {
  pod.forEach((advisor, index) => {
    const mates = [...pod.slice(index + 1), ...pod.slice(0, index)];
    const ranked = [...mates.filter((mate) => mate.share === 1), ...mates.filter((mate) => mate.share < 1)];
    advisor.backups = ranked.slice(0, dice.pick([2, 3, 3, 4])).map((mate) => mate.id);
  });
}

async function insertAdvisors(
  tx: Tx,
  { dice, now }: Making,
  advisors: readonly MadeAdvisor[],
  people: readonly DemoAdvisor[],
): Promise<void> {
  const portraits = await Promise.all(people.map((person) => drawPortrait(dice, person.hairCut)));
  const photos: Buffer[] = [];
  for (const portrait of portraits) photos.push(await storeBlob(tx, portrait));
  await insertAll(
    tx,
    'advisor',
    advisors.map((advisor, place) => ({
      id: advisor.id,
      podId: advisor.podId,
      givenName: advisor.given,
      familyName: advisor.family,
      shownAs: people[place]!.shownAs,
      phone: `+3335301${String(1 + place).padStart(4, '0')}`,
      mail: advisor.mail,
      languages: [...people[place]!.languages],
      workingHours: storedHours(advisor.hours),
      photo: photos[place]!,
      share: advisor.share,
      joinedAt: new Date(now.getTime() - days(2_200) + place * days(30)),
      demo: true,
    })),
  );
  await insertAll(
    tx,
    'backup',
    advisors.flatMap(({ id, backups }) =>
      backups.map((backupAdvisorId, index) => ({ advisorId: id, rank: index + 1, backupAdvisorId })),
    ),
  );
}

async function insertAccounts(tx: Tx, { dice, now }: Making, advisors: readonly MadeAdvisor[]): Promise<void> {
  const account = (
    id: string,
    name: string,
    email: string,
    role: 'advisor' | 'lead' | 'moderator' | 'administrator',
    advisorId: string | null,
    order: number,
  ) => ({
    id,
    name,
    email,
    emailVerified: true,
    role,
    advisorId,
    locale: 'fr' as const,
    demo: true,
    createdAt: new Date(now.getTime() - days(400) + order * 1000),
    updatedAt: now,
  });
  const lead = placeOf(demoSignIn.lead);
  const first = placeOf(demoSignIn.advisor);
  await insertAll(tx, 'staff', [
    ...advisors.map((advisor, place) =>
      account(
        advisor.staffId,
        `${advisor.given} ${advisor.family}`,
        advisor.mail,
        place === lead ? 'lead' : 'advisor',
        advisor.id,
        place === first ? 0 : place + 1,
      ),
    ),
    account(dice.id(now), 'Margaux Toulannet', `margaux.toulannet@${demoMailDomain}`, 'moderator', null, 40),
    account(dice.id(now), 'Victor Roudeval', `victor.roudeval@${demoMailDomain}`, 'administrator', null, 41),
  ]);
}

/** Where in the flat list of advisors a place in a pod is. */
export function placeOf({ pod, place }: { pod: number; place: number }): number {
  return demoPods.slice(0, pod).reduce((count, each) => count + each.advisors.length, 0) + place;
}

function workingHours(kind: DemoAdvisor['hours']): WeeklyHours {
  const day: HoursSpan[] =
    kind === 'lunchAtOne'
      ? [
          { from: '09:00', to: '13:00' },
          { from: '14:00', to: '18:00' },
        ]
      : kind === 'mornings'
        ? [{ from: '09:00', to: '13:00' }]
        : [
            { from: '09:00', to: '12:00' },
            { from: '13:00', to: '18:00' },
          ];
  return { ...CLOSED_WEEK, 1: day, 2: day, 3: kind === 'noWednesday' ? [] : day, 4: day, 5: day };
}

/** A name as it stands in an address: no accents, no spaces. */
export function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
