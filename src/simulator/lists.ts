import type { Advisor, Call, Callback, Message } from './office.ts';
import type { Simulation } from './simulation.ts';

/** Out of the queue, wherever in it. */
export function leaveQueue({ office }: Simulation, call: Call): void {
  takeOut(office.waiting, call);
}

/** Takes the item out where it is in the list; the others keep their order. */
export function takeOut<Item>(list: Item[], item: Item): void {
  let place = list.indexOf(item);
  if (place < 0) return;
  for (; place + 1 < list.length; place += 1) list[place] = list[place + 1] as Item;
  list.pop();
}

/** Earliest promise first. */
export function owe(owner: Advisor, callback: Callback): void {
  let place = owner.callbacks.length;
  while (place > 0 && (owner.callbacks[place - 1] as Callback).dueAt > callback.dueAt) place -= 1;
  owner.callbacks.splice(place, 0, callback);
}

/** A message waits for this advisor; the list stays oldest first. */
export function putInTray(advisor: Advisor, message: Message): void {
  let place = advisor.messages.length;
  while (place > 0 && (advisor.messages[place - 1] as Message).receivedAt > message.receivedAt) place -= 1;
  advisor.messages.splice(place, 0, message);
}

/** Takes the one with this id out of the list. */
export function taken<Item extends { readonly id: string }>(list: Item[], id: string): Item {
  const place = list.findIndex((item) => item.id === id);
  return list.splice(place, 1)[0] as Item;
}
