/** An advisor's own voice on the telephone. */
export const voiceWords = {
  greetingTitle: { fr: 'Votre voix sur le répondeur', en: 'Your voice on the voicemail' },
  greetingHint: {
    fr: 'Dites qui vous êtes et que vous n’êtes pas joignable, en 20\u00a0secondes au plus. L’heure du rappel et le bip suivent d’eux-mêmes.',
    en: 'Say who you are and that you cannot answer, in 20 seconds at most. The time you call back and the tone follow by themselves.',
  },
  greetingRemoved: {
    fr: 'Retiré. Seule l’heure du rappel est dite.',
    en: 'Removed. Only the time of the callback is said.',
  },
  offerTitle: { fr: 'Votre voix quand vous êtes en ligne', en: 'Your voice while you are on a call' },
  offerHint: {
    fr: 'Qui vous appelle alors entend avant quelle heure vous rappelez. Dites-le vous-même, en deux phrases de 4,7\u00a0secondes à elles deux. L’heure se dit entre elles, par la voix de synthèse, comme ce que vous n’enregistrez pas. Si un collègue rappelle à votre place, la première phrase n’est pas entendue.',
    en: 'Who calls you then hears before when you call back. Say it yourself, in two sentences of 4.7 seconds together. The time comes between them, in the computer’s voice, as does what you do not record. When a colleague calls back in your place, the first sentence is not heard.',
  },
  offerOpening: { fr: 'Avant l’heure, {language}', en: 'Before the time, {language}' },
  offerEnding: { fr: 'Après l’heure, {language}', en: 'After the time, {language}' },
  offerOpeningExample: {
    fr: '« Ici {name}, je suis en ligne. Raccrochez, je vous rappelle avant… »',
    en: '“{name} here, I am on a call. Hang up, and I call you back before…”',
  },
  offerEndingExample: {
    fr: '« … ou patientez, un collègue vous répond. »',
    en: '“… or hold for a colleague.”',
  },
  offerRemoved: { fr: 'Retiré. La voix de synthèse dit ces mots.', en: 'Removed. The computer says these words.' },
  offerWhole: {
    fr: 'L’offre entière, avec 10\u00a0h\u00a040 pour exemple',
    en: 'The whole offer, with 10:40 as an example',
  },
  offerSilent: {
    fr: 'La voix de synthèse ne répond pas sur ce serveur. Prévenez votre administrateur.',
    en: 'The computer’s voice does not answer on this server. Tell your administrator.',
  },
  voiceFr: { fr: 'En français', en: 'In French' },
  voiceEn: { fr: 'En anglais', en: 'In English' },
  voiceInFr: { fr: 'en français', en: 'in French' },
  voiceInEn: { fr: 'en anglais', en: 'in English' },
  voiceRecord: { fr: 'Enregistrer', en: 'Record' },
  voiceAgain: { fr: 'Enregistrer de nouveau', en: 'Record again' },
  voiceRecording: { fr: 'Parlez maintenant.', en: 'Speak now.' },
  voiceStop: { fr: 'Arrêter', en: 'Stop' },
  voiceNew: { fr: 'Nouvel enregistrement, {what}', en: 'New recording, {what}' },
  voiceKeep: { fr: 'Garder', en: 'Keep' },
  voiceChoose: { fr: 'Choisir un fichier', en: 'Choose a file' },
  voiceRemove: { fr: 'Retirer', en: 'Remove' },
  voiceKept: { fr: 'Gardé. Vos prochains appelants l’entendent.', en: 'Kept. Your next callers hear it.' },
  voiceNoMicrophone: {
    fr: 'Aucun micro, ou son accès est refusé. Autorisez-le dans le navigateur, ou choisissez un fichier.',
    en: 'No microphone, or access was refused. Allow it in the browser, or choose a file.',
  },
  refusal_no_sound: {
    fr: 'Ce son est illisible. Enregistrez de nouveau, ou choisissez un fichier WAV ou MP3.',
    en: 'This sound cannot be read. Record again, or choose a WAV or MP3 file.',
  },
  refusal_greeting_too_short: {
    fr: 'Moins d’une seconde : enregistrez de nouveau.',
    en: 'Less than a second: record again.',
  },
  refusal_greeting_too_long: {
    fr: 'Plus de 20\u00a0secondes : enregistrez plus court.',
    en: 'More than 20 seconds: record a shorter one.',
  },
  refusal_nobody_speaks: {
    fr: 'On n’entend personne. Enregistrez de nouveau, plus près du micro.',
    en: 'Nobody is heard. Record again, closer to the microphone.',
  },
  refusal_offer_too_long: {
    fr: 'Trop long : vos phrases durent {seconds}\u00a0s. À elles deux, 4,7\u00a0s au plus : dites-en moins.',
    en: 'Too long: your sentences last {seconds} s. Together they may last 4.7 s: say less.',
  },
  refusal_sound_too_large: {
    fr: 'Ce fichier est trop lourd. 25\u00a0Mo au plus.',
    en: 'This file is too large. 25 MB at most.',
  },
  voiceFailed: { fr: 'Rien n’est parti. Réessayez.', en: 'Nothing was sent. Try again.' },
};
