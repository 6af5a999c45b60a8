import { type CaseFileState, lockCaseFile } from '../casefiles/open.ts';
import { customersWithPoint } from '../customers/queries.ts';
import type { Tx } from '../tx.ts';

const DAY_MS = 86_400_000;
/** An SMS goes on with what was said by SMS so many days ago, on a matter that is still open. */
const GOES_ON_DAYS = 7;

/**
 * The matter an SMS from this number goes on with: the last open one of its only customer on which SMS were exchanged with
 * this number. `anyMatter`: whichever of theirs is the latest, for words that ask for no answer.
 */
export async function smsConversation(tx: Tx, phone: string, anyMatter: boolean): Promise<CaseFileState | undefined> {
  const customers = await customersWithPoint(tx.db, { kind: 'phone', value: phone })
    .select('customerId')
    .distinct()
    .limit(2)
    .execute();
  const [customer] = customers;
  if (!customer || customers.length > 1) return undefined;
  const found = await tx.db
    .selectFrom('caseFile')
    .where('caseFile.customerId', '=', customer.customerId)
    .$if(!anyMatter, (query) =>
      query.where('closedAt', 'is', null).where(({ exists, selectFrom }) =>
        exists(
          selectFrom('interaction')
            .whereRef('interaction.caseFileId', '=', 'caseFile.id')
            .where('channel', '=', 'sms')
            .where('party', '=', phone)
            .where('at', '>', new Date(tx.now.getTime() - GOES_ON_DAYS * DAY_MS))
            .select('interaction.id'),
        ),
      ),
    )
    .select('id')
    .orderBy('lastAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found && lockCaseFile(tx, found.id);
}
