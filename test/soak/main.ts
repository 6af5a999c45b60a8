import { typedOptions } from '../typed-options.ts';
import { callsAsText, soakCalls } from './calls/soak.ts';
import { asText } from './report.ts';
import { runSoak } from './soak.ts';

const USAGE = `npm run soak -- [MINUTES]                 mixed load through HTTP and SMTP while the product and PostgreSQL are killed
                                          again and again (ten minutes when nothing is said); then the ledger of
                                          the load is held against what the product has
npm run soak -- calls [--minutes N]       mixed calls (an hour of them) while the product and Kamailio are killed: customers,
                                          strangers and withheld numbers, with voicemail and without; then what the
                                          callers know is held against the record
  --json                                  for machines
Exit status: 0 passed, 1 something was lost, doubled or left open, 2 it was asked wrongly.
`;

const { values, positionals } = typedOptions(USAGE, {
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    json: { type: 'boolean', default: false },
    minutes: { type: 'string' },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const calls = positionals[0] === 'calls';
const minutes = Number(values.minutes ?? (calls ? 60 : (positionals[0] ?? 10)));
if (!(minutes > 0)) {
  process.stderr.write('Say for how many minutes: npm run soak -- 10\n');
  process.exit(2);
}
const say = (words: string) => void process.stderr.write(`${words}\n`);
if (calls) {
  const report = await soakCalls({ minutes, say });
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : callsAsText(report));
  process.exit(report.passed ? 0 : 1);
}
const report = await runSoak({ seconds: minutes * 60, say });
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
process.exit(report.passed ? 0 : 1);
