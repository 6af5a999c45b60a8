import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: ['test/database-server.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Reading all modules anew for each file took longer than most of the tests. Each file has a database of its own.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What another program does is there when it is there: a second is too short on a slow machine.
    expect: { poll: { timeout: 20_000 } },
    // Style sheets are read as they are: page weights and screenshots are worth nothing without them.
    css: true,
    // Whatever the terminal of whoever runs them speaks.
    env: { TZ: 'UTC', VISAVIS_LANGUAGE: 'en' },
  },
});
