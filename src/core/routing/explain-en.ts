import { dueTime, pastTime } from '../text/dates.ts';
import type { Sentences, Told } from './sentences.ts';
import type { AdvisorId, Away } from './situation.ts';

/** Why, in English. */
export const ENGLISH: Sentences = {
  own_free: (r, told) => `${name(r, told)} is free: their phone rings.`,
  own_on_message: (r, told) => `${name(r, told)} is writing an answer, which can wait: their phone rings.`,
  own_ringing: (r, told) => `Another call is already ringing for ${name(r, told)}.`,
  own_not_answering: (r, told) => `${name(r, told)} did not pick up.`,
  own_on_call: (r, told) => `${name(r, told)} has been on a call for ${minutesSince(r.since, told)}.`,
  own_wrapping_up: (r, told) => `${name(r, told)} is writing up the last call.`,
  own_finishing: (r, told) =>
    `${name(r, told)} is nearly done (${r.secondsLeft} s): the call waits, one minute at most.`,
  own_away: (r, told) => `${name(r, told)} ${away(r.why)}. ${back(r.backAt, told)}`,
  own_full: (r, told) => `${name(r, told)} already owes ${count(r.openCallbacks, 'callback')}: no more today.`,
  own_too_late: (r, told) => `${name(r, told)} could no longer call back soon enough today.`,
  caller_unknown: () => `The number is withheld or unknown: whoever is free first answers.`,
  number_not_on_file: () => `This number is not on file: no callback is offered.`,
  declined_offer: () => `The caller prefers to stay on the line.`,
  always_ring_back: () => `The caller always prefers to be rung back.`,
  never_ring_back: () => `The caller does not want to be rung back.`,
  backup_free: (r, told) => `${name(r, told)}, backup, is free.`,
  pod_free: (r, told) => `${name(r, told)}, of the same pod, is free.`,
  anyone_free: (r, told) => `${name(r, told)}, of another pod, is free.`,
  nobody_free: () => `Nobody is free right now.`,
  callback_by_own: (r, told) =>
    `${name(r, told)} calls back before ${time(r.before, told)}.${already(r.openCallbacks)}`,
  callback_by_backup: (r, told) =>
    `${name(r, told)}, backup, calls back before ${time(r.before, told)}.${already(r.openCallbacks)}`,
  callback_when_back: (r, told) => `${name(r, told)} calls back on return, before ${time(r.before, told)}.`,
  callback_another_day: (r, told) => `${name(r, told)} calls back another day, before ${time(r.before, told)}.`,
  callback_at_opening: (r, told) => `${name(r, told)} calls back once open, before ${time(r.before, told)}.`,
  closed: (r, told) => `We are closed. Opening: ${time(r.opensAt, told)}.`,
  voicemail_to: (r, told) => `${name(r, told)} listens to the message and answers before ${time(r.before, told)}.`,
  own_advisor: (r, told) => `${name(r, told)} is in charge of this customer.`,
  covers: (r, told) =>
    `${name(r, told)}${VIA[r.via]} answers for ${named(r.forId, told)}. ${backOf(named(r.forId, told), r.until, told)}`,
  due_by_service_level: (r, told) =>
    `Answer owed before ${time(r.dueAt, told)}: ${duration(r.minutes)} of opening time, by the line's contract.`,
  writer_unknown: (r, told) => `The sender is not recognised: ${name(r, told)} sorts it before ${time(r.dueAt, told)}.`,
  own_caller_waits: (r) => `A caller of yours has waited ${r.seconds} s.`,
  backed_up_caller_waits: (r) => `A caller of someone you back up has waited ${r.seconds} s.`,
  pod_caller_waits: (r) => `A caller of your pod has waited ${r.seconds} s.`,
  caller_waits: (r) => `A caller has waited ${r.seconds} s.`,
  stranger_left_to_others: () => `You owe a callback: recent callers of other pods are left to others.`,
  own_callback_due: (r, told) => `You promised to call back before ${time(r.dueAt, told)}.`,
  late_callback_of: (r, told) => `${name(r, told)} was to call back before ${time(r.dueAt, told)}. You take over.`,
  own_message_waits: (r, told) => `Your oldest message came ${past(r.receivedAt, told)}.`,
  old_message_of: (r, told) =>
    `A message for ${name(r, told)} has waited too long. It came ${past(r.receivedAt, told)}.`,
  nothing_waits: () => `Nothing to do right now.`,
};

const VIA = {
  cover: ', as agreed for this absence,',
  backup: ', backup,',
  pod: ', of the same pod,',
  lead: ', the lead on duty,',
} as const;

function name(reason: { readonly advisorId: AdvisorId }, told: Told): string {
  return named(reason.advisorId, told);
}

function named(advisorId: AdvisorId, told: Told): string {
  return told.nameOf(advisorId);
}

function time(at: number, told: Told): string {
  return dueTime(new Date(at), new Date(told.now), told.style);
}

function past(at: number, told: Told): string {
  return pastTime(new Date(at), new Date(told.now), told.style);
}

function away(why: Away['why']): string {
  if (why === 'lunch') return 'is at lunch';
  return why === 'absence' ? 'is away' : 'is off duty';
}

function back(at: number | null, told: Told): string {
  return at === null ? 'Their return will be announced.' : `Back: ${time(at, told)}.`;
}

function backOf(who: string, at: number | null, told: Told): string {
  return at === null ? `The return of ${who} will be announced.` : `${who} is back: ${time(at, told)}.`;
}

function already(openCallbacks: number): string {
  return openCallbacks === 0 ? '' : ` Callbacks already promised: ${openCallbacks}.`;
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}

function minutesSince(since: number, told: Told): string {
  const minutes = Math.floor((told.now - since) / 60_000);
  return minutes < 1 ? 'less than a minute' : `${minutes} min`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
