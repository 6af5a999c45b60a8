import { dueTime, pastTime } from '../text/dates.ts';
import { ofName } from '../text/french-names.ts';
import type { Sentences, Told } from './sentences.ts';
import type { AdvisorId, Away } from './situation.ts';

/** Why, in French. Gender-free, because we do not know it. `typeset` sets apostrophes and spaces. */
export const FRENCH: Sentences = {
  own_free: (r, told) => `${name(r, told)} est libre : son téléphone sonne.`,
  own_on_message: (r, told) => `${name(r, told)} écrit une réponse, qui peut attendre : son téléphone sonne.`,
  own_ringing: (r, told) => `Un autre appel sonne déjà chez ${name(r, told)}.`,
  own_not_answering: (r, told) => `${name(r, told)} n'a pas décroché.`,
  own_on_call: (r, told) => `${name(r, told)} est en ligne depuis ${minutesSince(r.since, told)}.`,
  own_wrapping_up: (r, told) => `${name(r, told)} termine le compte rendu de l'appel précédent.`,
  own_finishing: (r, told) =>
    `${name(r, told)} a bientôt fini (${r.secondsLeft} s) : l'appel patiente une minute au plus.`,
  own_away: (r, told) => `${name(r, told)} ${away(r.why)}. ${back(r.backAt, told)}`,
  own_full: (r, told) => `${name(r, told)} doit déjà ${count(r.openCallbacks, 'rappel')} : pas d'autre aujourd'hui.`,
  own_too_late: (r, told) => `${name(r, told)} ne pourrait plus rappeler assez tôt aujourd'hui.`,
  caller_unknown: () => `Le numéro est masqué ou inconnu : la première personne libre répond.`,
  number_not_on_file: () => `Ce numéro n'est pas au dossier : aucun rappel n'est proposé.`,
  declined_offer: () => `La personne préfère rester en ligne.`,
  always_ring_back: () => `La personne préfère toujours être rappelée.`,
  never_ring_back: () => `La personne ne souhaite pas être rappelée.`,
  backup_free: (r, told) => `${name(r, told)}, binôme, est libre.`,
  pod_free: (r, told) => `${name(r, told)}, de la même équipe, est libre.`,
  anyone_free: (r, told) => `${name(r, told)}, d'une autre équipe, est libre.`,
  nobody_free: () => `Personne n'est libre pour l'instant.`,
  callback_by_own: (r, told) => `${name(r, told)} rappelle avant ${time(r.before, told)}.${already(r.openCallbacks)}`,
  callback_by_backup: (r, told) =>
    `${name(r, told)}, binôme, rappelle avant ${time(r.before, told)}.${already(r.openCallbacks)}`,
  callback_when_back: (r, told) => `${name(r, told)} rappelle à son retour, avant ${time(r.before, told)}.`,
  callback_another_day: (r, told) => `${name(r, told)} rappelle un autre jour, avant ${time(r.before, told)}.`,
  callback_at_opening: (r, told) => `${name(r, told)} rappelle à l'ouverture, avant ${time(r.before, told)}.`,
  closed: (r, told) => `C'est fermé. Ouverture : ${time(r.opensAt, told)}.`,
  voicemail_to: (r, told) => `${name(r, told)} écoute le message et répond avant ${time(r.before, told)}.`,
  own_advisor: (r, told) => `${name(r, told)} est en charge de ce client.`,
  covers: (r, told) =>
    `${name(r, told)}${VIA[r.via]} répond à la place ${ofName(named(r.forId, told))}. ${backOf(named(r.forId, told), r.until, told)}`,
  due_by_service_level: (r, told) =>
    `Réponse due avant ${time(r.dueAt, told)} : ${duration(r.minutes)} d'ouverture, selon le contrat de la ligne.`,
  writer_unknown: (r, told) =>
    `L'expéditeur n'est pas reconnu : ${name(r, told)} s'en occupe avant ${time(r.dueAt, told)}.`,
  own_caller_waits: (r) => `Un appel de votre clientèle patiente depuis ${r.seconds} s.`,
  backed_up_caller_waits: (r) => `Un appel pour votre binôme patiente depuis ${r.seconds} s.`,
  pod_caller_waits: (r) => `Un appel pour votre équipe patiente depuis ${r.seconds} s.`,
  caller_waits: (r) => `Un appel patiente depuis ${r.seconds} s.`,
  stranger_left_to_others: () => `Vous devez un rappel : les appels récents d'autres équipes vont à d'autres.`,
  own_callback_due: (r, told) => `Vous avez promis de rappeler avant ${time(r.dueAt, told)}.`,
  late_callback_of: (r, told) =>
    `${name(r, told)} devait rappeler avant ${time(r.dueAt, told)}. Vous prenez le relais.`,
  own_message_waits: (r, told) => `Votre plus ancien message est arrivé ${past(r.receivedAt, told)}.`,
  old_message_of: (r, told) =>
    `Un message pour ${name(r, told)} attend trop. Il est arrivé ${past(r.receivedAt, told)}.`,
  nothing_waits: () => `Rien à faire pour l'instant.`,
};

const VIA = {
  cover: ', comme convenu pour cette absence,',
  backup: ', binôme,',
  pod: ', de la même équipe,',
  lead: ', responsable de permanence,',
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
  if (why === 'lunch') return 'déjeune';
  return why === 'absence' ? `n'est pas là` : 'ne travaille pas en ce moment';
}

function back(at: number | null, told: Told): string {
  return at === null ? 'Son retour sera annoncé.' : `Retour : ${time(at, told)}.`;
}

function backOf(who: string, at: number | null, told: Told): string {
  return at === null ? `Le retour ${ofName(who)} sera annoncé.` : `Retour ${ofName(who)} : ${time(at, told)}.`;
}

function already(openCallbacks: number): string {
  return openCallbacks === 0 ? '' : ` Rappels déjà promis : ${openCallbacks}.`;
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value > 1 ? 's' : ''}`;
}

function minutesSince(since: number, told: Told): string {
  const minutes = Math.floor((told.now - since) / 60_000);
  return minutes < 1 ? `moins d'une minute` : `${minutes} min`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}
