import { forgetPhones, notePhone, notePhones } from '../../desk/presence/registered-phones.ts';
import type { Switchboard } from './door.ts';
import type { PhoneMessage } from './message.ts';
import { readRegistrations } from './registrations.ts';

type Phones = Pick<Switchboard, 'house' | 'door'>;

/** A phone registered at Kamailio, or is gone. Never throws. */
export function followPhone({ house }: Phones, { number, there }: PhoneMessage): void {
  house
    .transact((tx) => notePhone(tx, number, there))
    .catch((error) => house.log.error({ err: error }, 'a phone that came or left could not be noted'));
}

/** Catches up with phones that came or left while nobody listened. Phones of another switch say nothing of themselves. */
export async function followPhones({ house, door }: Phones): Promise<void> {
  try {
    if (door.phones !== 'registrar') return await house.transact(forgetPhones);
    const there = door.folder ? readRegistrations(door.folder) : undefined;
    if (there) await house.transact((tx) => notePhones(tx, there));
  } catch (error) {
    house.log.error({ err: error }, 'the phones that are registered could not be read');
  }
}
