import type { CaseFileInfo, CustomerPage } from '../../../web/api/workspace/shapes.ts';

/** What every form of the composer is given. */
export interface CaseFormProps {
  page: CustomerPage;
  caseFile: CaseFileInfo;
  /** Closes the form and gives the focus back. */
  close: () => void;
}
