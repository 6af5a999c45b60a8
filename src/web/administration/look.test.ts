import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, readPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { contrast } from '../../core/text/accent.ts';
import { palette } from '../../core/text/palette.ts';
import { newId } from '../../desk/id.ts';

const db = testDatabase(new Date(Date.now() + 3_600_000));
let app: App;
let world: World;
let adele: { Cookie: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  const id = newId();
  const values = { id, name: 'Adèle', email: 'adele@regie.example.org', role: 'administrator' as const };
  await db.database.kysely.insertInto('staff').values(values).execute();
  adele = await signInStaff(db, app, id);
});

const LOOK = '/fr/staff/look';
const send = (fields: Record<string, string>) => sendForm(app, LOOK, fields, { headers: adele });
const operator = () => db.database.kysely.selectFrom('operator').selectAll().executeTakeFirstOrThrow();
const home = () => openPage(app, '/fr');

async function sendLogo(bytes: Uint8Array, fields: Record<string, string> = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('logo', new File([new Uint8Array(bytes)], 'logo.png', { type: 'image/png' }));
  const headers = { ...adele, Origin: 'http://localhost:8080', Accept: 'text/html' };
  return readPage(await app.request(`${LOOK}/logo`, { method: 'POST', body, headers }));
}

/** The colours a page wears: the last rule counts. */
function worn(html: string) {
  const rules = html.matchAll(/--accent:light-dark\((#\w{6}),(#\w{6})\);--on-accent:light-dark\((#\w{6}),(#\w{6})\)/g);
  const [, light = '', dark = '', onLight = '', onDark = ''] = [...rules].at(-1) ?? [];
  return { light, dark, onLight, onDark };
}

/** What the workspace knows of the operator. */
async function inWorkspace() {
  const answer = await app.request('/api/v1/workspace/me', { headers: adele });
  return ((await answer.json()) as { operator: unknown }).operator;
}

/** A disc of one colour, cut out. */
function disc(colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><circle cx="200" cy="100" r="90" fill="${colour}"/></svg>`;
  return sharp(Buffer.from(svg))
    .png()
    .withExif({ IFD0: { Copyright: 'AtelierSecret' } })
    .toBuffer();
}

test('the new name and colour are on pages, in the workspace and in mails at once, with who chose them and when', async () => {
  const form = await openPage(app, LOOK, adele);
  expect(form.fields).toMatchObject({ name: 'Régie du Haut-Jura', accent: '#1d4e5f' });
  expect((await send({ name: '  Régie  des Lacs ', accent: '7A1F3D' })).status).toBe(303);
  const page = await home();
  expect(page.title).toContain('Régie des Lacs');
  expect(page.html).toContain('--accent:light-dark(#7a1f3d');
  expect(await inWorkspace()).toMatchObject({ name: 'Régie des Lacs', accent: { light: '#7a1f3d' }, logo: null });
  expect((await openPage(app, LOOK, adele)).text).toMatch(
    /Régie des Lacs.*#7a1f3d.*Adèle.*Régie du Haut-Jura.*#1d4e5f/s,
  );
  const kept = await db.database.kysely.selectFrom('audit').where('action', '=', 'change look').selectAll().execute();
  expect(kept).toHaveLength(1);
});

test('a colour nobody could read is darkened by day and lightened by night, and the page says so before it is saved', async () => {
  const before = await operator();
  const seen = await send({ name: 'Régie des Lacs', accent: '#fe0', do: 'preview' });
  expect(seen.status).toBe(200);
  expect(seen.text).toContain('Rien n’est encore enregistré.');
  expect(seen.fields.accent).toBe('#fe0');
  const { light, dark } = worn(seen.html);
  expect(light).not.toBe('#ffee00');
  expect(seen.text).toMatch(new RegExp(`ne se lirait pas sur le papier\\s: elle devient ${light}`));
  expect(contrast(light, palette.light.paper)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dark, palette.dark.paper)).toBeGreaterThanOrEqual(4.5);
  expect(await operator()).toEqual(before);
});

test.each(['#000000', '#ffffff', '#777777', '#ff0055', '#00ff00', '#0000ff', '#fffde0'])(
  'with %s, links and buttons read at 4.5:1 by day and by night',
  async (accent) => {
    expect((await send({ name: 'Régie des Lacs', accent })).status).toBe(303);
    const { html } = await home();
    const { light, dark, onLight, onDark } = worn(html);
    expect(contrast(light, palette.light.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, palette.dark.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onLight, light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onDark, dark)).toBeGreaterThanOrEqual(4.5);
  },
);

test('what is no colour or no name is refused beside its field, and what was typed comes back', async () => {
  const before = await operator();
  const wrong = await send({ name: 'Régie', accent: 'bleu canard' });
  expect(wrong).toMatchObject({
    status: 422,
    fields: expect.objectContaining({ accent: 'bleu canard', name: 'Régie' }),
  });
  expect(wrong.text).toContain('Écrivez-la comme #1d4e5f.');
  expect((await send({ name: ' ', accent: '#1d4e5f' })).text).toContain('Écrivez le nom de l’opérateur.');
  expect((await send({ name: 'x'.repeat(61), accent: '#1d4e5f' })).status).toBe(422);
  expect((await send({ name: 'x', accent: '#1d4e5f;}body{display:none' })).status).toBe(422);
  expect(await operator()).toEqual(before);
});

test('a logo is encoded anew, small, without what the file carried, before the name; its bytes go with it', async () => {
  expect((await sendLogo(await disc('#223388'))).status).toBe(303);
  const page = await home();
  const [, src = '', width = ''] =
    /<img class="logo" src="([^"]+)" alt="" width="(\d+)" height="32"/.exec(page.html) ?? [];
  expect(Number(width)).toBe(64);
  const answer = await app.request(src);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.includes('AtelierSecret')).toBe(false);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', height: 96, hasAlpha: true });
  expect(await inWorkspace()).toMatchObject({ logo: src });

  const { logo } = await operator();
  expect((await sendLogo(Buffer.alloc(0), { do: 'remove' })).status).toBe(303);
  expect((await home()).html).not.toContain('class="logo"');
  const left = await db.database.kysely.selectFrom('blob').where('sha256', '=', logo).select('sha256').execute();
  expect(left).toEqual([]);
  expect((await app.request(src)).status).toBe(404);
});

test('a logo nobody would see, a program and a text are refused in a sentence', async () => {
  const before = await operator();
  expect((await sendLogo(await disc('#ffffff'))).text).toContain('Ce logo est trop clair');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  for (const bytes of [svg, Buffer.from('bonjour')])
    expect((await sendLogo(bytes)).text).toContain('Enregistrez-le en PNG, puis réessayez.');
  // White on a ground of its own is seen.
  const plate = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  expect((await sendLogo(plate)).status).toBe(303);
  expect((await sendLogo(Buffer.alloc(0), { do: 'remove' })).status).toBe(303);
  expect(await operator()).toMatchObject({ name: before.name, accent: before.accent, logo: null });
});

test('leads and advisors have no such page', async () => {
  for (const who of [world.staff.lea, world.staff.ana]) {
    const headers = await signInStaff(db, app, who);
    expect((await openPage(app, LOOK, headers)).status).toBe(404);
    expect((await sendForm(app, LOOK, { name: 'Autre', accent: '#000000' }, { headers })).status).toBe(404);
  }
});
