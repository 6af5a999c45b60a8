import type { Words } from './words.ts';

const s = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

/** Figures as the French page of figures calls them. */
const figures = { contacts: 'échanges', customers: 'clients', own: 'propre contact', named: 'ou un binôme' };
const inFrench = (found: string) =>
  found.replace(/\b(contacts|customers|own|named)\b/g, (name) => figures[name as keyof typeof figures]);

export const french: Words = {
  version: {
    wrong: (_, found) => `PostgreSQL est en version ${found}, antérieure à la 15.`,
    mend: 'Installez PostgreSQL 15 ou plus récent.',
  },
  durability: {
    wrong: (_, found) => `PostgreSQL peut perdre ce qu'il a confirmé : ${found}.`,
    mend: 'Mettez fsync, full_page_writes et synchronous_commit à « on » dans postgresql.conf, puis rechargez le serveur.',
  },
  clock: {
    wrong: (_, found) => `L'horloge de cette machine et celle de la base diffèrent de ${found}.`,
    mend: "Activez la synchronisation de l'heure (NTP) sur les deux machines.",
  },
  logAhead: {
    wrong: (count, found) => `${s(count, 'ligne du journal vient', 'lignes du journal viennent')} du futur : ${found}.`,
    mend: "L'horloge avançait quand elles ont été écrites. Activez la synchronisation de l'heure (NTP).",
  },
  tenure: {
    wrong: (count, found) =>
      `${s(count, 'client a', 'clients ont')} un autre interlocuteur que celui enregistré : ${found}.`,
    mend: 'La table « tenure » a été modifiée à la main. Restaurez-la depuis une sauvegarde, ou écrivez aux mainteneurs.',
  },
  tenureGaps: {
    wrong: (count, found) =>
      `${s(count, 'client est resté', 'clients sont restés')} un temps sans interlocuteur, ou avec deux : ${found}.`,
    mend: 'La table « tenure » a été modifiée à la main. Restaurez-la depuis une sauvegarde, ou écrivez aux mainteneurs.',
  },
  advisorLeft: {
    wrong: (count, found) =>
      `${s(count, 'client dépend', 'clients dépendent')} d'une personne qui est partie : ${found}.`,
    mend: 'Donnez à chacun un autre interlocuteur : visavis customer move NUMÉRO MAIL --handover TEXTE.',
  },
  changeUntold: {
    wrong: (count, found) =>
      `${s(count, 'client a changé', 'clients ont changé')} d'interlocuteur sans annonce ni passage de relais : ${found}.`,
    mend: 'La table « customer » a été changée à la main. Prévenez chacun, et utilisez visavis customer move.',
  },
  areaAdvisorLeft: {
    wrong: (count, found) =>
      `${s(count, 'secteur dépend', 'secteurs dépendent')} d'une personne qui est partie (INSEE ${found}).`,
    mend: "Confiez le secteur à quelqu'un d'autre : visavis advisor area MAIL INSEE.",
  },
  backups: {
    wrong: (count, found) => `${s(count, 'interlocuteur a', 'interlocuteurs ont')} moins de deux binômes : ${found}.`,
    mend: "Nommez deux binômes, dans l'ordre : visavis advisor backups MAIL MAIL_BINÔME MAIL_BINÔME.",
  },
  cover: {
    wrong: (count, found) =>
      `Pour ${s(count, 'interlocuteur', 'interlocuteurs')}, personne de nommé n'est là à une heure d'ouverture des 14 prochains jours : ${found}.`,
    mend: "Nommez une autre personne pour cette absence, ou d'autres binômes.",
  },
  commitmentMissing: {
    wrong: (count, found) =>
      `${s(count, "dossier ouvert n'a", "dossiers ouverts n'ont")} aucun engagement en cours : ${found}.`,
    mend: "Ouvrez le dossier dans l'espace de travail et promettez la suite, avec une date.",
  },
  ownerLeft: {
    wrong: (count, found) =>
      `${s(count, 'dossier ouvert dépend', 'dossiers ouverts dépendent')} d'une personne qui est partie : ${found}.`,
    mend: "Transmettez le dossier à un collègue dans l'espace de travail.",
  },
  answerMissing: {
    wrong: (count, found) =>
      `${s(count, 'client attend', 'clients attendent')} une réponse que personne n'a promise, dossiers ${found}.`,
    mend: "Ouvrez le dossier dans l'espace de travail : répondez, ou promettez une réponse.",
  },
  commitmentsUnwatched: {
    wrong: (count, found) =>
      `${s(count, "engagement dépassé n'a pas été transmis", "engagements dépassés n'ont pas été transmis")} : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » ; son journal dit ce qui échoue.',
  },
  trayOverdue: {
    wrong: (count, found) =>
      `${s(count, 'élément à trier aurait', 'éléments à trier auraient')} déjà dû l'être : ${found}.`,
    mend: "Triez la corbeille dans l'espace de travail.",
  },
  trayOwnerLeft: {
    wrong: (count, found) =>
      `${s(count, 'élément à trier attend', 'éléments à trier attendent')} une personne qui est partie : ${found}.`,
    mend: "Triez la corbeille dans l'espace de travail.",
  },
  deliveriesUnread: {
    wrong: (count, found) =>
      `${s(count, "courriel stocké n'est pas lu", 'courriels stockés ne sont pas lus')} depuis cinq minutes : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » ; son journal dit ce qui échoue.',
  },
  deliveriesNowhere: {
    wrong: (count, found) =>
      `${s(count, "courriel lu n'est", 'courriels lus ne sont')} ni sur un fil ni dans la corbeille : ${found}.`,
    mend: 'Des lignes ont été effacées à la main. Les courriels bruts restent : restaurez une sauvegarde, ou écrivez aux mainteneurs.',
  },
  callsUnfinished: {
    wrong: (count, found) => `${s(count, 'appel', 'appels')} dont on ne sait pas s'il a été pris ou manqué : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » : il les compte manqués après dix minutes.',
  },
  numbersKept: {
    wrong: (count, found) =>
      `${s(count, 'numéro', 'numéros')} d'appelants inconnus gardés plus de 30 jours, appels ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » : il les efface chaque nuit.',
  },
  interactionTwice: {
    wrong: (count, found) => `${s(count, 'message figure', 'messages figurent')} à deux endroits : ${found}.`,
    mend: 'Écartez celui de la corbeille, ou écrivez aux mainteneurs.',
  },
  figuresGathered: {
    wrong: (count, found) =>
      `${s(count, 'échange des chiffres diffère', 'échanges des chiffres diffèrent')} du journal, lignes ${found}.`,
    mend: 'Refaites les chiffres depuis le journal : visavis figures --rebuild.',
  },
  figuresPublished: {
    wrong: (_, found) => `Les chiffres publiés ne sont pas ceux du journal : ${inFrench(found)}.`,
    mend: 'Le journal ou les chiffres ont été changés à la main. Restaurez une sauvegarde, ou écrivez aux mainteneurs.',
  },
  secretMissing: {
    wrong: (count, found) =>
      `${s(count, 'secret qui a signé des courriels et des liens manque', 'secrets qui ont signé des courriels et des liens manquent')} ici ; des sessions, des liens ou des réponses en ont encore besoin : ${found}.`,
    mend: 'Donnez à VISAVIS_SECRET la valeur du produit lui-même, et les secrets précédents à VISAVIS_OLDER_SECRETS.',
  },
  mailStuck: {
    wrong: (count, found) =>
      `${s(count, 'courriel aurait', 'courriels auraient')} dû partir il y a dix minutes : ${found}.`,
    mend: 'Voyez la page des envois et VISAVIS_SMTP_URL. Démarrez un processus dont VISAVIS_PARTS contient « jobs ».',
  },
  mailFailed: {
    wrong: (count, found) =>
      `${s(count, "courriel n'a pas pu être remis", "courriels n'ont pas pu être remis")} ces sept derniers jours : ${found}.`,
    mend: "La page des envois donne les raisons. Corrigez l'adresse, ou joignez la personne autrement.",
  },
  smsUnread: {
    wrong: (count, found) =>
      `${s(count, "SMS stocké n'est pas lu", 'SMS stockés ne sont pas lus')} depuis cinq minutes : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » ; son journal dit ce qui échoue.',
  },
  smsStuck: {
    wrong: (count, found) => `${s(count, 'SMS aurait', 'SMS auraient')} dû partir il y a dix minutes : ${found}.`,
    mend: 'Voyez la page des envois et VISAVIS_SMS_URL. Démarrez un processus dont VISAVIS_PARTS contient « jobs ».',
  },
  smsFailed: {
    wrong: (count, found) =>
      `${s(count, "SMS n'a pas pu être remis", "SMS n'ont pas pu être remis")} ces sept derniers jours : ${found}.`,
    mend: 'La page des envois donne les raisons. Corrigez le numéro, ou joignez la personne autrement.',
  },
  smsLink: {
    wrong: (_, found) => `Le centre ou la passerelle SMS de VISAVIS_SMS_URL ne répond pas (${found}).`,
    mend: 'Vérifiez son nom, son port et le pare-feu. Les SMS attendent quelques heures, puis la page des envois le dit.',
  },
  jobsFailed: {
    wrong: (count, found) =>
      `${s(count, 'tâche a échoué', 'tâches ont échoué')} pour de bon ces sept derniers jours : ${found}.`,
    mend: 'Le journal du processus « jobs » en donne la raison.',
  },
  jobsWaiting: {
    wrong: (count, found) => `${s(count, 'tâche attend', 'tâches attendent')} depuis plus de cinq minutes : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs », ou un de plus.',
  },
  actionsStuck: {
    wrong: (count, found) =>
      `${s(count, 'action du personnel aurait', 'actions du personnel auraient')} dû être faites : ${found}.`,
    mend: 'Démarrez un processus dont VISAVIS_PARTS contient « jobs » ; son journal dit ce qui échoue.',
  },
  disk: {
    wrong: (_, found) => `Le disque est presque plein : ${found.replace(/(\d)\.(\d) GB/g, '$1,$2 Go')}.`,
    mend: 'Faites de la place, ou déplacez VISAVIS_DATA, avant que des courriels soient refusés.',
  },
  origin: {
    wrong: (_, found) => `Les liens des courriels mènent à ${found}, que seule cette machine peut ouvrir.`,
    mend: "Mettez dans VISAVIS_ORIGIN l'adresse que les gens saisissent.",
  },
  clockOutside: {
    wrong: (_, found) => `L'horloge de cette machine et celles d'autres serveurs diffèrent : ${found}.`,
    mend: "Activez la synchronisation de l'heure (NTP) sur cette machine.",
  },
  smtpOut: {
    wrong: (_, found) => `Le serveur d'envoi de VISAVIS_SMTP_URL ne répond pas (${found}).`,
    mend: "Vérifiez son nom, son port et le pare-feu. Les courriels attendent ; rien n'est perdu.",
  },
  smtpLogin: {
    wrong: (_, found) => `Le serveur d'envoi de VISAVIS_SMTP_URL nous refuse l'entrée : ${found}.`,
    mend: "Corrigez le nom et le mot de passe dans VISAVIS_SMTP_URL. Les courriels attendent ; rien n'est perdu.",
  },
  imapIn: {
    wrong: (_, found) => `Le serveur de la boîte de VISAVIS_IMAP_URL ne répond pas (${found}).`,
    mend: 'Vérifiez son nom, son port et le pare-feu. Les courriels restent dans la boîte en attendant.',
  },
  imapLogin: {
    wrong: (_, found) => `Le serveur de la boîte de VISAVIS_IMAP_URL nous refuse l'entrée : ${found}.`,
    mend: 'Corrigez le nom et le mot de passe dans VISAVIS_IMAP_URL. Les courriels restent dans la boîte en attendant.',
  },
  imapFolder: {
    wrong: (_, found) => `La boîte de VISAVIS_IMAP_URL n'a pas ce dossier : ${found}.`,
    mend: 'Corrigez la fin de VISAVIS_IMAP_URL, ou créez ce dossier dans la boîte.',
  },
  smtpIn: {
    wrong: (_, found) => `Notre propre porte d'entrée du courrier ne répond pas (${found}).`,
    mend: 'Démarrez Visavis avec « mail » dans VISAVIS_PARTS, ou corrigez VISAVIS_SMTP_PORT.',
  },
};
