import { enableCompileCache } from 'node:module';

// What was compiled is kept for the next start: after a crash every tenth of a second counts.
enableCompileCache();
await import('./start.ts');
