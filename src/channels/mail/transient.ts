// SQLSTATE classes where the same statement may well succeed in a minute: connection, transaction rollback, resources,
// operator intervention, locks, system errors.
const TRANSIENT_CLASSES = ['08', '40', '53', '55', '57', '58'];
const TRANSIENT_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN'];

/** Whether trying again later can help: the database was away, busy or full, rather than the mail being odd. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'NotSetUp' || error.constructor.name === 'NotSetUp') return true;
  const code = (error as Error & { code?: string }).code ?? '';
  if (TRANSIENT_CODES.includes(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code)) return TRANSIENT_CLASSES.includes(code.slice(0, 2));
  return /connection (terminated|ended)|timeout exceeded when trying to connect|pool/i.test(error.message);
}
