import { get, LOCALE, post, type Route } from '../route.ts';
import { listAccounts, postAccount, showAccount } from './accounts/accounts-page.tsx';
import { postInvite, showInvite } from './accounts/invite-form.tsx';
import { showAdvisor } from './advisors/advisor-page.tsx';
import { postAreas, showAreas } from './advisors/areas-form.tsx';
import { postBackups, showBackups } from './advisors/backups-form.tsx';
import { postArrival, postCard, showArrival, showCardForm } from './advisors/card-form.tsx';
import { findOwnAdvisor, findPresentAdvisor } from './advisors/found.ts';
import { postLeave, showLeave } from './advisors/leave-page.tsx';
import { listTeam } from './advisors/list-page.tsx';
import { postOwnCard, showOwnCard, showOwnCardForm } from './advisors/own-card.tsx';
import { postPhoto, showPhotoForm } from './advisors/photo-form.tsx';
import { postAddCustomer, showAddCustomer } from './customers/add-form.tsx';
import { postAdvisorChange, showAdvisorChange } from './customers/advisor-form.tsx';
import { showCustomer } from './customers/customer-page.tsx';
import { postDetails, showDetailsForm } from './customers/details-form.tsx';
import { postErase, showErase } from './customers/erase-page.tsx';
import { exportCustomer } from './customers/export.ts';
import { postLine, showLine } from './customers/line-form.tsx';
import { listCustomersPage } from './customers/list-page.tsx';
import { postPerson, showPerson } from './customers/person-form.tsx';
import { postPlace, showPlace } from './customers/place-form.tsx';
import { postPoint, removePoint, showPoint } from './customers/point-form.tsx';
import { showAdministration } from './home.tsx';
import { listLevels, postLevel, showLevel } from './settings/level-pages.tsx';
import { postLogo, postLook, showLogoForm, showLook } from './settings/look-pages.tsx';
import { listOfficePages, postOffice, showOffice } from './settings/office-pages.tsx';
import { postPolicy, showPolicy } from './settings/policy-page.tsx';

const STAFF = `${LOCALE}/staff`;
const CUSTOMERS = `${STAFF}/customers`;
const CUSTOMER = `${CUSTOMERS}/:id`;

/** The register of customers: who they are, how they are reached, what they have, who looks after them. */
const customers: readonly Route[] = [
  get(CUSTOMERS, 'read customers', listCustomersPage),
  get(`${CUSTOMERS}/new`, 'add customers', showAddCustomer),
  post(`${CUSTOMERS}/new`, 'add customers', postAddCustomer),
  get(CUSTOMER, 'work on case files', showCustomer),
  get(`${CUSTOMER}/details`, 'work on case files', showDetailsForm),
  post(`${CUSTOMER}/details`, 'work on case files', postDetails),
  get(`${CUSTOMER}/place`, 'work on case files', showPlace),
  post(`${CUSTOMER}/place`, 'work on case files', postPlace),
  get(`${CUSTOMER}/persons/:person`, 'work on case files', showPerson),
  post(`${CUSTOMER}/persons/:person`, 'work on case files', postPerson),
  get(`${CUSTOMER}/contact-points/new`, 'work on case files', showPoint),
  post(`${CUSTOMER}/contact-points/new`, 'work on case files', postPoint),
  post(`${CUSTOMER}/contact-points/:point/remove`, 'work on case files', removePoint),
  get(`${CUSTOMER}/lines/:line`, 'change lines', showLine),
  post(`${CUSTOMER}/lines/:line`, 'change lines', postLine),
  get(`${CUSTOMER}/advisor`, 'build caseloads', showAdvisorChange),
  post(`${CUSTOMER}/advisor`, 'build caseloads', postAdvisorChange),
  post(`${CUSTOMER}/export`, 'export a customer', exportCustomer),
  get(`${CUSTOMER}/erase`, 'erase a customer', showErase),
  post(`${CUSTOMER}/erase`, 'erase a customer', postErase),
];

const ADVISORS = `${STAFF}/advisors`;
const ADVISOR = `${ADVISORS}/:id`;

/** The team: what people see of each advisor, who answers in whose place, who serves where; arrivals and departures. */
const advisors: readonly Route[] = [
  get(ADVISORS, 'build caseloads', listTeam),
  get(`${ADVISORS}/new`, 'build caseloads', showArrival),
  post(`${ADVISORS}/new`, 'build caseloads', postArrival),
  get(ADVISOR, 'build caseloads', showAdvisor),
  get(`${ADVISOR}/card`, 'build caseloads', showCardForm),
  post(`${ADVISOR}/card`, 'build caseloads', postCard),
  get(`${ADVISOR}/photo`, 'build caseloads', showPhotoForm(findPresentAdvisor)),
  post(`${ADVISOR}/photo`, 'build caseloads', postPhoto(findPresentAdvisor)),
  get(`${ADVISOR}/backups`, 'build caseloads', showBackups),
  post(`${ADVISOR}/backups`, 'build caseloads', postBackups),
  get(`${ADVISOR}/areas`, 'build caseloads', showAreas),
  post(`${ADVISOR}/areas`, 'build caseloads', postAreas),
  get(`${ADVISOR}/leave`, 'build caseloads', showLeave),
  post(`${ADVISOR}/leave`, 'build caseloads', postLeave),
];

const OWN_CARD = `${STAFF}/own-card`;

/** What advisors change of their own card. */
const ownCard: readonly Route[] = [
  get(OWN_CARD, 'change own card', showOwnCard),
  get(`${OWN_CARD}/edit`, 'change own card', showOwnCardForm),
  post(`${OWN_CARD}/edit`, 'change own card', postOwnCard),
  get(`${OWN_CARD}/photo`, 'change own card', showPhotoForm(findOwnAdvisor)),
  post(`${OWN_CARD}/photo`, 'change own card', postPhoto(findOwnAdvisor)),
];

const ACCOUNTS = `${STAFF}/accounts`;

/** Who signs in. */
const accounts: readonly Route[] = [
  get(ACCOUNTS, 'run the installation', listAccounts),
  get(`${ACCOUNTS}/new`, 'run the installation', showInvite),
  post(`${ACCOUNTS}/new`, 'run the installation', postInvite),
  get(`${ACCOUNTS}/:id`, 'run the installation', showAccount),
  post(`${ACCOUNTS}/:id`, 'run the installation', postAccount),
];

/** What holds for everybody: times of contracts, rules of answering, offices and their public holidays. */
const settings: readonly Route[] = [
  get(`${STAFF}/service-levels`, 'run the installation', listLevels),
  get(`${STAFF}/service-levels/:code`, 'run the installation', showLevel),
  post(`${STAFF}/service-levels/:code`, 'run the installation', postLevel),
  get(`${STAFF}/look`, 'run the installation', showLook),
  post(`${STAFF}/look`, 'run the installation', postLook),
  get(`${STAFF}/look/logo`, 'run the installation', showLogoForm),
  post(`${STAFF}/look/logo`, 'run the installation', postLogo),
  get(`${STAFF}/policy`, 'run the installation', showPolicy),
  post(`${STAFF}/policy`, 'run the installation', postPolicy),
  get(`${STAFF}/offices`, 'build caseloads', listOfficePages),
  get(`${STAFF}/offices/:id`, 'build caseloads', showOffice),
  post(`${STAFF}/offices/:id`, 'build caseloads', postOffice),
];

/** What administrators and leads need every day: pages and forms, no script. */
export const administrationRoutes: readonly Route[] = [
  get(`${STAFF}/administration`, 'read customers', showAdministration),
  ...customers,
  ...advisors,
  ...ownCard,
  ...accounts,
  ...settings,
];
