import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const system = '/usr/bin/chromium';
const calm = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser for tests and screenshots: Debian's Chromium when installed, else the one that comes with the packages. `more`: switches of Chromium. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...calm, ...more];
  if (existsSync(system)) return chromium.launch({ executablePath: system, args });
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;
  return chromium.launch({ executablePath: await packed.executablePath(), args });
}
