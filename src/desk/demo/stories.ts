/** One matter as it happens every week: what is asked, heard, answered and done. `{…}` is filled in by `tell`. */
export interface Story {
  locale: 'fr' | 'en';
  subject: string;
  /** What the customer writes. */
  asks: readonly string[];
  /** What the advisor notes when the customer phones or comes by. */
  heard: readonly string[];
  answers: readonly string[];
  thanks: readonly string[];
  closing: readonly string[];
  note?: string;
  /** Only a household asks this. */
  home?: true;
  /** Who is waited for, and the news given meanwhile. */
  thirdParty?: { who: string; news: string };
}

export const frenchStories: readonly Story[] = [
  {
    locale: 'fr',
    subject: 'Plus d’internet depuis ce matin',
    asks: [
      'Plus rien depuis ce matin : la box clignote en rouge, le téléphone ne marche pas non plus. Nous sommes deux à travailler à la maison. Pouvez-vous regarder ?',
      'Depuis hier soir, plus de connexion {street}. J’ai débranché et rebranché la box deux fois, comme la dernière fois. Rien.',
    ],
    heard: [
      'Plus de connexion depuis ce matin, box rouge, déjà redémarrée. Télétravaille, demande des nouvelles avant midi.',
    ],
    answers: [
      'J’ai regardé votre ligne {line} : le signal s’arrête avant chez vous, ce n’est pas votre box. Un technicien passe demain entre 8 h et 10 h au boîtier de la rue. Vous n’avez pas besoin d’être là. Je vous écris dès que c’est rétabli.',
    ],
    thanks: [
      'Merci, c’est revenu à 9 h 20. Et merci d’avoir prévenu avant.',
      'Tout remarche. Merci beaucoup pour le suivi.',
    ],
    closing: ['Connecteur remplacé dans le boîtier de la rue, ligne vérifiée avec le client.'],
    note: 'Boîtier souvent ouvert par le vent à cet endroit : signalé au réseau.',
    thirdParty: {
      who: 'Technicien réseau',
      news: 'Le technicien est prévu demain matin. Je vous donne des nouvelles avant midi, même s’il n’a pas fini.',
    },
  },
  {
    locale: 'fr',
    subject: 'Débit très lent le soir',
    asks: [
      'Le soir, entre 20 h et 22 h, impossible de regarder un film. La journée tout va bien. Est-ce que cela vient de chez vous ou de chez moi ?',
    ],
    heard: ['Débit faible chaque soir depuis une semaine, correct la journée. Box au sous-sol.'],
    answers: [
      'Votre ligne reçoit bien son débit, même à 21 h : j’ai relevé 870 Mbit/s hier soir. La différence se fait chez vous, par le wifi. Je vous propose un rendez-vous de vingt minutes au téléphone pour déplacer la box et choisir le bon canal. Jeudi à 17 h vous irait ?',
    ],
    thanks: ['Box remontée dans le salon, le film passe. Merci pour votre patience au téléphone !'],
    closing: ['Box déplacée, canal wifi changé ; débit mesuré à 420 Mbit/s dans le salon.'],
  },
  {
    locale: 'fr',
    subject: 'Question sur ma facture',
    asks: [
      'Ma facture du mois compte 12 € de plus que d’habitude. Je ne comprends pas la ligne « intervention ». Personne n’est venu chez nous.',
      'J’ai été prélevée deux fois ce mois-ci. Pouvez-vous vérifier et me rembourser ?',
    ],
    heard: ['Facture plus élevée ce mois-ci, ne comprend pas la ligne « intervention ».'],
    answers: [
      'Vous avez raison : cette intervention concernait une autre adresse. J’ai annulé la somme. Elle est déduite de votre prochaine facture, qui part le 5. Toutes mes excuses pour cette erreur.',
    ],
    thanks: ['C’est noté, merci d’avoir répondu si vite.'],
    closing: ['Somme annulée et déduite de la prochaine facture.'],
  },
  {
    locale: 'fr',
    subject: 'Déménagement {à commune}',
    asks: [
      'Nous déménageons à la fin du mois, toujours {à commune}. Comment garder la ligne et le numéro de téléphone ? Faut-il être présents pour le raccordement ?',
    ],
    heard: ['Déménage dans la commune à la fin du mois, veut garder son numéro.'],
    answers: [
      'Le numéro vous suit. La nouvelle maison est déjà raccordée : il suffit d’y brancher la box. J’ai préparé le transfert pour la veille de votre arrivée. Gardez l’ancienne ligne trois jours de plus, elle ne vous coûte rien.',
    ],
    thanks: ['Parfait, nous sommes installés et tout fonctionne.'],
    closing: ['Ligne transférée à la nouvelle adresse, numéro conservé.'],
  },
  {
    locale: 'fr',
    subject: 'Câble décroché devant la maison',
    asks: [
      'Depuis la neige de cette nuit, un câble pend devant la maison, {street}. Les camions passent dessous. Internet marche encore, mais pour combien de temps ?',
    ],
    heard: ['Câble qui pend devant la maison depuis la neige, à hauteur de camion. Service encore actif.'],
    answers: [
      'Merci de l’avoir signalé. Le câble est à nous. Une équipe le remonte aujourd’hui ; ne le touchez pas. Si la ligne coupe pendant les travaux, ce sera dix minutes au plus.',
    ],
    thanks: ['Équipe passée à 15 h, câble remonté. Merci à eux, il faisait froid.'],
    closing: ['Câble remonté et tendu, attache changée sur deux poteaux.'],
    thirdParty: {
      who: 'Équipe aérienne',
      news: 'L’équipe a dû s’arrêter à cause du vent. Elle reprend demain matin ; je vous écris à midi.',
    },
  },
  {
    locale: 'fr',
    subject: 'Raccordement à la fibre',
    asks: [
      'Nos voisins ont la fibre et nous toujours pas. On nous avait parlé de l’automne. Avez-vous une date pour {street} ?',
    ],
    heard: ['Attend la fibre depuis l’automne, les voisins l’ont. Demande une date.'],
    answers: [
      'Votre maison dépend du poteau suivant, qui doit être remplacé. La commune a donné son accord lundi. Le poteau est posé sous deux semaines, le raccordement suit. Je vous appelle le jour où la date est fixée.',
    ],
    thanks: ['Merci, au moins nous savons pourquoi.'],
    closing: ['Raccordement fait, mise en service vérifiée avec le client.'],
    note: 'Accès par la cour du voisin : demander la clé.',
    thirdParty: { who: 'Gestionnaire des poteaux', news: 'La pose du poteau est confirmée pour la semaine prochaine.' },
  },
  {
    locale: 'fr',
    subject: 'Téléphone fixe muet pour ma mère',
    home: true,
    asks: [
      'Ma mère a 86 ans et vit seule. Son téléphone fixe n’a plus de tonalité depuis deux jours et elle n’a pas de portable. Je suis inquiète. Que pouvez-vous faire ?',
    ],
    heard: ['Appelle pour sa mère, 86 ans, seule, téléphone muet depuis deux jours. Inquiète.'],
    answers: [
      'J’ai apporté ce matin un téléphone de remplacement à votre maman : elle peut appeler dès maintenant. La réparation de la prise est prévue après-demain. J’ai noté votre numéro pour vous tenir au courant.',
    ],
    thanks: ['Elle m’a appelée dans la minute. Merci du fond du cœur.'],
    closing: ['Prise réparée, téléphone de prêt rendu.'],
    note: 'Vit seule, pas de portable. Prévenir la fille à chaque coupure.',
  },
  {
    locale: 'fr',
    subject: 'Changer d’offre',
    home: true,
    asks: [
      'Les enfants sont partis, nous n’avons plus besoin d’une si grosse offre. Que nous conseillez-vous, sans engagement si possible ?',
    ],
    heard: ['Veut une offre plus petite, sans engagement.'],
    answers: [
      'L’offre à 1 Gbit/s vous suffit largement et coûte 9 € de moins par mois. Rien à changer chez vous, sans engagement. Je la mets en place au 1er du mois si vous me dites oui.',
    ],
    thanks: ['Oui, allez-y. Merci pour votre franchise.'],
    closing: ['Offre changée au premier du mois.'],
  },
  {
    locale: 'fr',
    subject: 'Télévision : image figée',
    home: true,
    asks: ['L’image de la télévision se fige toutes les dix minutes, surtout sur la première chaîne. Le son continue.'],
    heard: ['Image figée toutes les dix minutes, le son continue.'],
    answers: [
      'C’est un défaut connu du décodeur depuis la mise à jour de mardi. J’ai remis la version d’avant sur le vôtre. Éteignez-le une fois, puis rallumez-le. Dites-moi ce soir si cela tient.',
    ],
    thanks: ['Cela tient depuis hier. Merci !'],
    closing: ['Décodeur remis à la version précédente ; stable depuis 24 heures.'],
  },
  {
    locale: 'fr',
    subject: 'Travaux dans la rue et coupure',
    asks: [
      'Des travaux de voirie commencent lundi {street}. Nous recevons des clients toute la semaine. Y aura-t-il une coupure ?',
    ],
    heard: ['Travaux de voirie lundi devant chez lui, craint une coupure.'],
    answers: [
      'J’ai eu le chef de chantier : notre gaine passe de l’autre côté de la rue. Aucune coupure prévue. Si cela change, je vous appelle la veille, pas le jour même.',
    ],
    thanks: ['Merci d’avoir pris les devants.'],
    closing: ['Travaux terminés sans coupure.'],
  },
  {
    locale: 'fr',
    subject: 'Mot de passe du wifi perdu',
    home: true,
    asks: [
      'J’ai perdu le mot de passe du wifi et l’étiquette de la box est effacée. Mes petits-enfants arrivent samedi…',
    ],
    heard: ['A perdu le mot de passe du wifi, étiquette effacée.'],
    answers: [
      'Je vous l’envoie par courrier aujourd’hui, écrit en grand, à coller près de la box. Vous l’aurez avant samedi. Si vous êtes près de la box, appelez-moi : nous pouvons le faire tout de suite ensemble.',
    ],
    thanks: ['Reçu ce matin, tout est branché. Bon week-end !'],
    closing: ['Mot de passe renvoyé par courrier et vérifié au téléphone.'],
  },
  {
    locale: 'fr',
    subject: 'Orage : box hors service',
    asks: [
      'L’orage de dimanche a grillé la box et une prise. Nous avons l’habitude, ici en hauteur. Avez-vous une box de rechange au bureau ?',
    ],
    heard: ['Box grillée par l’orage de dimanche, demande un échange au bureau.'],
    answers: [
      'Une box vous attend au bureau à votre nom, avec un parafoudre. Apportez l’ancienne si vous pouvez. Le bureau ferme à 18 h ; si c’est trop juste, je vous la dépose en rentrant.',
    ],
    thanks: ['Récupérée hier, tout est reparti.'],
    closing: ['Box échangée, parafoudre posé.'],
  },
];

export const townHallStories: readonly Story[] = [
  {
    locale: 'fr',
    subject: 'Plusieurs habitants sans connexion',
    asks: [
      'Cinq foyers du bas du village nous disent ne plus avoir internet depuis hier. La salle des fêtes non plus. Pouvez-vous nous dire ce qui se passe, pour que nous puissions les informer ?',
    ],
    heard: ['Cinq foyers du bas du village coupés depuis hier, plus la salle des fêtes.'],
    answers: [
      'C’est le même câble pour tous : il est abîmé sous la route. La réparation est prévue demain avant 17 h. Je joins un avis que vous pouvez afficher, et je vous rappelle demain à midi.',
    ],
    thanks: ['Avis affiché et distribué. Merci pour la rapidité.'],
    closing: ['Câble réparé sous la route ; les cinq foyers et la salle des fêtes vérifiés un par un.'],
    thirdParty: {
      who: 'Entreprise de travaux',
      news: 'La tranchée est ouverte, le câble est remplacé cette nuit. Prochaines nouvelles demain à 9 h.',
    },
  },
  {
    locale: 'fr',
    subject: 'Permanence à la mairie',
    asks: [
      'Plusieurs personnes âgées préfèrent vous voir plutôt que d’écrire. Serait-il possible de refaire une permanence à la mairie, comme au printemps ?',
    ],
    heard: ['Demande une nouvelle permanence à la mairie pour les personnes âgées.'],
    answers: [
      'Avec plaisir. Je peux venir le premier mardi du mois prochain, de 14 h à 16 h 30. Je vous envoie une affiche. Qui voudra pourra aussi apporter sa facture.',
    ],
    thanks: ['C’est affiché et annoncé dans le bulletin. À bientôt.'],
    closing: ['Permanence tenue, onze personnes reçues.'],
  },
  {
    locale: 'fr',
    subject: 'Lampadaire et armoire du réseau',
    asks: [
      'La porte de l’armoire près de l’école est restée ouverte. Des enfants jouent devant. Merci de faire passer quelqu’un.',
    ],
    heard: ['Armoire du réseau ouverte près de l’école.'],
    answers: [
      'Une collègue la referme avant la sortie de l’école, à 16 h. La serrure est changée demain. Merci d’avoir prévenu tout de suite.',
    ],
    thanks: ['Porte fermée, merci.'],
    closing: ['Serrure changée, armoire vérifiée.'],
  },
];

export const englishStories: readonly Story[] = [
  {
    locale: 'en',
    subject: 'No internet since last night',
    asks: [
      'We have had no connection since last night. The box shows a red light and restarting did not help. I have a video interview on Thursday, so I am a little nervous. Could you have a look?',
    ],
    heard: ['No connection since last night, red light, restarted twice. Has an interview on Thursday.'],
    answers: [
      'I checked your line {line}: the signal stops in the street cabinet, so nothing is wrong in your home. A technician goes there tomorrow before 10 am. I will write to you at noon either way. If Thursday looks tight, you are welcome to use a quiet room at our office.',
    ],
    thanks: ['It came back at half past nine. Thank you for the offer of the room, very kind.'],
    closing: ['Connector replaced in the street cabinet; line checked with the customer.'],
    thirdParty: {
      who: 'Network technician',
      news: 'The technician is booked for tomorrow morning. I will write before noon.',
    },
  },
  {
    locale: 'en',
    subject: 'Question about my bill',
    asks: [
      'My bill is 12 euros higher this month and I do not understand the line “intervention”. Nobody came to our house, as far as I know.',
    ],
    heard: ['Bill is higher than usual, does not understand one line of it.'],
    answers: [
      'You are right: that visit was for another address. I have cancelled the amount and it comes off your next bill, which leaves on the 5th. I am sorry for the mistake.',
    ],
    thanks: ['Thanks for sorting that out so quickly.'],
    closing: ['Amount cancelled and taken off the next bill.'],
  },
  {
    locale: 'en',
    subject: 'Setting up before we move in',
    asks: [
      'We move to {commune} on the 1st and only speak a little French. What do we need to do to have the fibre working when we arrive?',
    ],
    heard: ['Moving in on the 1st, would like the fibre ready. Speaks a little French.'],
    answers: [
      'Very little. The house already has a socket, behind the front door. I have sent the box to our office, where you can collect it any day until 6 pm. Plug it in and it starts by itself. Call me if it does not: I answer in English.',
    ],
    thanks: ['We are in, it works, and the cows next door are lovely. Thank you!'],
    closing: ['Line active; box collected at the office.'],
  },
];
