/** Absences. */
export const absenceWords = {
  absencesTitle: { fr: 'Absences', en: 'Absences' },
  absencesNow: { fr: 'En ce moment', en: 'Now' },
  absencesComing: { fr: 'À venir', en: 'Coming' },
  absencesOver: { fr: 'Passées', en: 'Over' },
  absencesNone: { fr: 'Personne n’est en absence.', en: 'Nobody is away.' },
  absencesNoneHint: {
    fr: 'Prévoyez votre prochaine absence : vos clients sauront qui répond.',
    en: 'Plan your next absence: your customers will know who answers.',
  },
  absenceNew: { fr: 'Prévoir une absence', en: 'Plan an absence' },
  absenceWho: { fr: 'Qui s’absente', en: 'Who is away' },
  absenceFrom: { fr: 'Du', en: 'From' },
  absenceTo: { fr: 'Au', en: 'To' },
  absenceCover: { fr: 'Qui répond à sa place', en: 'Who answers instead' },
  absenceCoverMine: { fr: 'Qui répond à ma place', en: 'Who answers in my place' },
  absenceCoverDefault: { fr: 'Les binômes, dans leur ordre', en: 'The backups, in their order' },
  absenceHandover: { fr: 'Consignes pour la personne qui répond', en: 'What the person answering needs to know' },
  absenceHandoverHint: {
    fr: 'Elle les lit en premier, pour chaque client.',
    en: 'They read it first, for every customer.',
  },
  absenceEnter: { fr: 'Enregistrer l’absence', en: 'Enter the absence' },
  absenceEntered: { fr: 'Absence enregistrée. {name} répond.', en: 'Absence entered. {name} answers.' },
  absenceEnd: { fr: 'De retour plus tôt', en: 'Back early' },
  absenceTakeBack: { fr: 'Renoncer à cette absence', en: 'Take this absence back' },
  absenceEnded: { fr: 'Retour enregistré.', en: 'Return recorded.' },
  absenceUntil: { fr: 'jusqu’à {time}', en: 'until {time}' },
  absenceSpan: { fr: 'du {from} au {to}', en: 'from {from} to {to}' },
  absenceAnswered: { fr: '{name} répond à sa place', en: '{name} answers instead' },
  absenceCoversMe: { fr: 'Mes binômes', en: 'My backups' },
  absenceRefusal_ends_before_it_starts: {
    fr: 'La fin précède le début. Choisissez une fin plus tardive.',
    en: 'It ends before it starts. Choose a later end.',
  },
  absenceRefusal_over_already: {
    fr: 'Ces dates sont passées. Choisissez des dates à venir.',
    en: 'These dates are past. Choose dates to come.',
  },
  absenceRefusal_starts_long_ago: {
    fr: 'Elle commence il y a plus d’un an. Vérifiez l’année du début.',
    en: 'It starts more than a year ago. Check the year it starts in.',
  },
  absenceRefusal_ends_too_far: {
    fr: 'Elle finit dans plus de trois ans. Vérifiez l’année de la fin.',
    en: 'It ends more than three years from now. Check the year it ends in.',
  },
  absenceRefusal_too_long: {
    fr: 'Elle dure plus de deux ans. Choisissez une fin plus proche.',
    en: 'It lasts more than two years. Choose an earlier end.',
  },
  absenceRefusal_overlaps: {
    fr: 'Une absence est déjà prévue à ces dates. Choisissez-en d’autres.',
    en: 'An absence is already planned for these dates. Choose others.',
  },
  absenceRefusal_own_cover: {
    fr: 'On ne peut pas répondre à sa propre place. Choisissez une autre personne.',
    en: 'Nobody can stand in for themselves. Choose someone else.',
  },
  absenceRefusal_no_handover: {
    fr: 'Écrivez ce que la personne qui répond doit savoir.',
    en: 'Write what the person answering needs to know.',
  },
  absenceRefusal_circle: {
    fr: '{name} compte déjà sur cette personne. Choisissez quelqu’un d’autre.',
    en: '{name} already relies on this person. Choose someone else.',
  },
  absenceRefusal_nobody_present: {
    fr: 'Personne ne répondrait à la place {de name} dès {time}. Choisissez une autre personne, ou d’autres dates.',
    en: 'Nobody would answer in place of {name} from {time}. Choose someone else, or other dates.',
  },
  absenceRefusal_other: {
    fr: 'Cette absence ne peut pas être enregistrée ainsi. Changez les dates ou la personne.',
    en: 'This absence cannot be entered like this. Change the dates or the person.',
  },
};
