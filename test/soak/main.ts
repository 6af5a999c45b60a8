// `npm run soak -- [MINUTES]`: mixed load through HTTP and SMTP while the product and PostgreSQL are killed again and
// again; then the ledger of the load is held against what the product has. `--json` for machines; exit 1 when it failed.
import { parseArgs } from 'node:util';
import { asText } from './report.ts';
import { runSoak } from './soak.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const minutes = Number(positionals[0] ?? 10);
if (!(minutes > 0)) {
  process.stderr.write('Say for how many minutes: npm run soak -- 10\n');
  process.exit(2);
}
const report = await runSoak({ seconds: minutes * 60, say: (words) => process.stderr.write(`${words}\n`) });
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
process.exit(report.passed ? 0 : 1);
