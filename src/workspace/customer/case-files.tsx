import { Link } from 'react-router';
import type { CaseFileInfo, CustomerPage } from '../../web/api/workspace/shapes.ts';
import { useWords } from '../words/use-words.tsx';

const SHOWN = 6;

/** The matters of this customer; the one being worked on is marked. */
export function CaseFiles({ page, caseFile }: { page: CustomerPage; caseFile: CaseFileInfo | undefined }) {
  const say = useWords();
  if (page.caseFiles.length === 0) return null;
  return (
    <section>
      <h2>{say('caseFiles')}</h2>
      <ul className="plain case-files">
        {page.caseFiles.slice(0, SHOWN).map((each) => (
          <li key={each.id}>
            <Link
              to={`/customers/${page.customer.id}?case=${each.id}`}
              aria-current={each.id === caseFile?.id ? 'true' : undefined}
            >
              {each.subject}
            </Link>
            <span className="soft">
              {' '}
              {each.closedAt
                ? say('caseFileClosed')
                : each.thirdParty
                  ? say('atThirdParty', { name: each.thirdParty })
                  : say('caseFileOpen')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
