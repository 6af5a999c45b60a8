import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { working } from './past.ts';
import type { MadeAdvisor, MadeCustomer, Making } from './world.ts';
import { minutes } from './world.ts';

/** What nobody could file by itself: unknown senders, and an address that two households share. */
export async function makeTray(
  tx: Tx,
  making: Making,
  customers: readonly MadeCustomer[],
  dutyOwner: MadeAdvisor,
): Promise<void> {
  const { dice, now } = making;
  const suggestions = () => [dice.pick(customers).id, dice.pick(customers).id];
  const item = (
    ago: number,
    fields: {
      channel: 'mail' | 'letter' | 'sms';
      party: string;
      subject: string;
      text: string;
      reason?: 'several_customers';
    },
  ) => {
    const at = new Date(now.getTime() - minutes(ago));
    return {
      id: dice.id(at),
      at,
      ...fields,
      reason: fields.reason ?? ('unknown_sender' as const),
      messageId: fields.channel === 'mail' ? `${dice.id(at)}@example.org` : null,
      suggestions: fields.reason ? suggestions() : [],
      dutyOwnerId: dutyOwner.id,
      dueAt: working(making, at, 240),
    };
  };
  await insertAll(tx, 'trayItem', [
    item(35, {
      channel: 'mail',
      party: 'le.voisin.du.12@example.com',
      subject: 'Ma voisine n’a plus de téléphone',
      text: 'Bonjour,\n\nJe vous écris pour ma voisine du 14, chemin des Sapins-Couchés. Son téléphone ne sonne plus depuis samedi et elle ne sort guère. Je n’ai pas son numéro de client. Elle s’appelle Paulette.\n\nMerci d’avance,\nson voisin du 12',
    }),
    item(80, {
      channel: 'sms',
      party: '+33639989999',
      subject: '',
      text: 'bonjour c le numero pour internet ? ca marche plus chez mes parents a levier',
    }),
    item(140, {
      channel: 'mail',
      party: 'famille@example.com',
      subject: 'Facture',
      text: 'Bonjour,\n\nNous partageons cette adresse avec mes parents. La facture de novembre n’est pas arrivée, ni chez eux ni chez nous. Pouvez-vous regarder ?\n\nCordialement',
      reason: 'several_customers',
    }),
    item(190, {
      channel: 'letter',
      party: 'Courrier sans adresse lisible',
      subject: 'Lettre reçue à l’accueil',
      text: 'Lettre écrite à la main, une page. La personne remercie « la dame de Pontarlier » et demande un rendez-vous chez elle le matin. Le nom est illisible : Mar…et, peut-être Mareguet.',
    }),
  ]);
}
