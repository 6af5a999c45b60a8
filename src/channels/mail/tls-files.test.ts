import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { buildWorld } from '../../../test/world.ts';
import { startSmtpIntake } from './intake-smtp.ts';

suiteNeeding(['openssl'], 'mail under STARTTLS', () => {
  const db = testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'visavis-tls-'));
  beforeAll(async () => {
    await buildWorld(db);
    mkdirSync(join(folder, 'smtp'));
    const [key, cert] = [join(folder, 'smtp', 'key.pem'), join(folder, 'smtp', 'cert.pem')];
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mx.regie.example.org'];
    execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const send = (port: number) =>
    createTransport({ host: '127.0.0.1', port, requireTLS: true, tls: { rejectUnauthorized: false } }).sendMail({
      from: 'a@example.org',
      to: 'contact@regie.example.org',
      text: 'Bonjour',
    });

  test('is offered with the operator’s own certificate, and not at all without one', async () => {
    const sealed = await startSmtpIntake(testHouse(db, { VISAVIS_DATA: folder }));
    expect((await send(sealed.port)).response).toMatch(/^250/);
    await sealed.stop();
    const open = await startSmtpIntake(testHouse(db));
    await expect(send(open.port)).rejects.toThrow(/STARTTLS/);
    await open.stop();
  });
});
