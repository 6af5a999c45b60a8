// `npm run soak -- [MINUTES]`: mixed load through HTTP and SMTP while the product and PostgreSQL are killed again and
// again; then the ledger of the load is held against what the product has. `npm run soak -- calls --minutes N`: mixed
// calls (an hour of them when nothing is said) while the product and Kamailio are killed. `--json` for machines; exit 1 when it failed.
import { parseArgs } from 'node:util';
import { callsAsText, soakCalls } from './calls/soak.ts';
import { asText } from './report.ts';
import { runSoak } from './soak.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, minutes: { type: 'string' } },
});
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
