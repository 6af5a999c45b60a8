import type { Kysely } from 'kysely';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { DB } from '../tables.ts';

export interface ListedOffice {
  id: string;
  name: string;
  commune: string;
  street: string;
  postcode: string;
  phone: string | null;
  openingHours: WeeklyHours;
  holidayRegion: string;
  pods: { id: string; name: string; advisors: number }[];
}

/** Every office with its pods, by name. */
export async function listOffices(db: Kysely<DB>): Promise<ListedOffice[]> {
  const offices = await db
    .selectFrom('office')
    .innerJoin('commune', 'commune.insee', 'office.communeInsee')
    .select(['office.id', 'office.name', 'commune.name as commune', 'street', 'postcode', 'phone'])
    .select(['openingHours', 'holidayRegion'])
    .orderBy('office.name')
    .execute();
  const pods = await db
    .selectFrom('pod')
    .select(['pod.id', 'pod.officeId', 'pod.name'])
    .select((eb) =>
      eb
        .selectFrom('advisor')
        .whereRef('advisor.podId', '=', 'pod.id')
        .where('advisor.leftAt', 'is', null)
        .select((each) => each.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('advisors'),
    )
    .orderBy('pod.name')
    .execute();
  return offices.map((office) => ({
    ...office,
    openingHours: office.openingHours as unknown as WeeklyHours,
    pods: pods
      .filter(({ officeId }) => officeId === office.id)
      .map(({ id, name, advisors }) => ({ id, name, advisors })),
  }));
}
