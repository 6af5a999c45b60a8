import type { Calendar } from '../../core/calendar/calendar.ts';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { Dice } from './dice.ts';

/** What every part of the generator needs: chance, the present, and the office hours. */
export interface Making {
  dice: Dice;
  now: Date;
  calendar: Calendar;
}

export interface MadeAdvisor {
  id: string;
  staffId: string;
  podId: string;
  /** As customers see it. */
  name: string;
  given: string;
  family: string;
  mail: string;
  /** Ranked backups. */
  backups: string[];
  share: number;
  hours: WeeklyHours;
  place: number;
}

export interface MadeArea {
  id: string;
  insee: string;
  commune: string;
  postcode: string;
  departement: string;
  /** Expected work: inhabitants, and a little for the town hall. */
  weight: number;
  advisorId: string;
  /** The first area of its commune, where the town hall lies. */
  first: boolean;
}

export interface MadeCustomer {
  id: string;
  kind: 'household' | 'business' | 'town_hall';
  /** As they sign. */
  signs: string;
  locale: 'fr' | 'en';
  advisorId: string;
  commune: string;
  street: string;
  lineId: string | null;
  lineReference: string;
  answerWithinMinutes: number;
  personId: string;
  phone: string | null;
  mail: string | null;
  createdAt: Date;
}

const MINUTE = 60_000;
export const minutes = (count: number): number => count * MINUTE;
export const hours = (count: number): number => count * 60 * MINUTE;
export const days = (count: number): number => count * 24 * 60 * MINUTE;
