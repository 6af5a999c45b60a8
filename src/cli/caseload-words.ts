import type { Both } from '../platform/config/said-in-both.ts';
import type { ApplyDone, Refusal } from './caseload-work.ts';

/** What `visavis caseloads design` and `repair` say of themselves. */
export const caseloadsHelp = {
  about: {
    fr: 'qui devrait suivre qui : avant et après, appliqué par étapes, repris pendant le préavis',
    en: 'who should look after whom: before and after, applied in steps, undone within the notice',
  },
  design: {
    fr: "répartir à nouveau tout le territoire, charges à 5 % près ; sans clients encore, d'après les habitants",
    en: 'divide the whole territory anew, loads within 5 %; before there are customers, by inhabitants',
  },
  departement: {
    fr: 'desservir ces départements en entier : chaque commune sans secteur en reçoit un',
    en: 'serve these départements whole: communes without an area get one',
  },
  repair: {
    fr: 'déplacer le moins de clients possible, charges à 10 % près',
    en: 'move as few customers as possible, loads within 10 %',
  },
  designWith: {
    fr: "quelqu'un sans clients prend part aussi, à cette part de temps plein (0.5, 50%)",
    en: 'somebody without customers takes part too, at this share (0.5, 50%)',
  },
  designWithout: { fr: "quelqu'un ne prend pas part", en: 'somebody does not take part' },
  everyone: {
    fr: 'tous les interlocuteurs prennent part, même sans clients',
    en: 'all advisors take part, also those without customers',
  },
  repairWithout: { fr: 'comme si cet interlocuteur était parti', en: 'as if this advisor had left' },
  repairWith: {
    fr: 'un interlocuteur sans clients en reçoit aussi',
    en: 'an advisor without customers gets a caseload too',
  },
  away: {
    fr: "absent pour longtemps : des collègues reprennent ses clients, les clients épinglés l'attendent",
    en: 'away for long: colleagues take over, pinned customers wait',
  },
  works: {
    fr: "travaille désormais une autre part d'un temps plein (0.6, 60%)",
    en: 'works another part of a full post from now on (0.6, 60%)',
  },
  apply: {
    fr: "l'appliquer par étapes : présentation par l'interlocuteur d'avant, puis changement ; sans elle, rien ne change",
    en: 'carry it out in steps: introduction by the old advisor, then the change; without it nothing changes',
  },
  yes: {
    fr: "avec --apply : ne rien demander avant d'appliquer",
    en: 'with --apply: do not ask before it is carried out',
  },
  why: { fr: "pour l'historique, avec --apply", en: 'for the history, with --apply' },
  handover: {
    fr: 'ce que les nouveaux interlocuteurs lisent sur chaque client, avec --apply',
    en: 'what the new advisors read about every customer, with --apply',
  },
  noticeDays: { fr: 'entre la présentation et le changement', en: 'between introduction and change' },
  perDay: { fr: 'prévenus en un jour', en: 'introduced in one day' },
} as const satisfies Record<string, Both>;

/** Where the work has got to. */
export const planProgress = {
  designing: { fr: 'Nouvelle répartition…', en: 'Designing…' },
  repairing: { fr: 'Réparation…', en: 'Repairing…' },
  reading: { fr: 'Lecture des clients…', en: 'Reading customers…' },
  parts: { fr: 'Partage du travail…', en: 'Dividing the work…' },
  whole: { fr: 'Réunion en secteurs entiers…', en: 'Making whole areas of it…' },
  measuring: { fr: 'Mesures…', en: 'Measuring…' },
} as const satisfies Record<string, Both>;

/** Asked at a terminal with before and after in view. */
export const applyThis: Both = {
  fr: 'Appliquer ce plan ? Les clients seront prévenus. Tapez oui pour continuer :',
  en: 'Apply this? Customers will be told. Type yes to go on:',
};

/** What follows a proposal that was only looked at. */
export const nothingChanged: Both = {
  fr: "Rien n'a été changé. Le travail est estimé : 1 minute par client et par mois, 6 par échange des 90 derniers jours.",
  en: 'Nothing was changed. Work is estimated: 1 minute a customer and month, 6 an exchange of the last 90 days.',
};

/** What follows a proposal that is carried out, and how to take it back. */
export function appliedWords({ customers, steps, lastChangeAt, planId }: ApplyDone): Both {
  const day = lastChangeAt.toISOString().slice(0, 10);
  return {
    fr: `Appliqué. Clients : ${customers}, prévenus en étapes d'un jour : ${steps}. Le dernier changement a lieu le ${day}.\nPour le reprendre d'ici là : visavis caseloads undo ${planId} --why "…"`,
    en: `Applied: ${customers} customers, introduced in ${steps} daily steps; the last change is on ${day}.\nUndo until then: visavis caseloads undo ${planId} --why "…"`,
  };
}

/** Why there is no plan, or why it was not applied, and how to mend it. */
export const planRefusals: Record<Refusal, Both> = {
  nobody_left: {
    fr: "Plus personne ne s'occuperait des clients. Importez d'abord des interlocuteurs.",
    en: 'No advisor would be left to look after customers. Import advisors first.',
  },
  unknown_advisor: {
    fr: "Aucun interlocuteur possible n'a cette adresse. Voyez : visavis advisor list",
    en: 'No advisor who could be meant has this address. See: visavis advisor list',
  },
  stopped: { fr: "Arrêté. Rien n'a été changé.", en: 'Stopped. Nothing was changed.' },
  not_allowed: { fr: "Cela ne se fait pas d'ici.", en: 'This may not be done from here.' },
  not_found: { fr: "Ce plan n'existe plus. Demandez-en un autre.", en: 'There is no such plan any more. Ask again.' },
  not_ready: {
    fr: "Le plan a été abandonné entre-temps. Rien n'a été changé.",
    en: 'The plan was cancelled meanwhile. Nothing was changed.',
  },
  out_of_date: {
    fr: 'Un autre plan a été appliqué entre-temps. Demandez de nouveau.',
    en: 'Somebody applied another plan meanwhile. Ask again.',
  },
  other_at_work: {
    fr: 'Un autre plan est en cours. Attendez sa fin, ou reprenez-le : visavis caseloads list',
    en: 'Another plan is being applied. Wait until it is done, or undo it: visavis caseloads list',
  },
  no_why: { fr: 'Dites pourquoi, pour l\'historique : --why "…"', en: 'Say why, for the history: --why "…"' },
  no_handover: {
    fr: 'Écrivez ce que les nouveaux interlocuteurs doivent savoir : --handover "…"',
    en: 'Write what the new advisors must know: --handover "…"',
  },
  share_out_of_range: {
    fr: 'Une part est au-dessus de 0 et au plus un temps plein : bruno@example.org=0.6, ou =60%.',
    en: 'A share is above 0 and at most a full post: bruno@example.org=0.6, or =60%.',
  },
  unknown_departement: {
    fr: "Aucun département n'a ce code. Deux chiffres, ou 2A, 2B, 971 : --departement 25 39",
    en: 'A département has no such code. Two digits, or 2A, 2B, 971: --departement 25 39',
  },
  named_twice: {
    fr: "Quelqu'un est nommé deux fois. Dites une seule chose de chacun.",
    en: 'Somebody is named twice. Say one thing about each.',
  },
  declined: { fr: "Rien n'a été changé. Le plan est abandonné.", en: 'Nothing was changed. The plan is given up.' },
  nobody_to_ask: {
    fr: "Rien n'a été changé : personne à qui demander. Regardez sans --apply, puis dites --yes.",
    en: 'Nothing was changed: nobody could be asked. Look at it without --apply, then say --yes.',
  },
  bad_days: {
    fr: '--notice-days est un nombre entier de 0 à 90, --per-day à partir de 1.',
    en: '--notice-days is a whole number from 0 to 90, --per-day from 1.',
  },
};
