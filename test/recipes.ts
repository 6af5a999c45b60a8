import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/platform/root.ts';

/** A request as a phone system sends it. */
interface Sent {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

const recipe = (name: string) => join(projectRoot, 'docs/operate/phone-systems', name);
const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** What 3CX knows when it follows a scenario: the template's parameters, and its own variables. */
type Known = Readonly<Record<string, string>>;

/** Follows a scenario of the CRM template as 3CX's "CRM Template XML Description" says: its request, and what it reads. */
export function threeCx(id: string, known: Known): { sent: Sent; read(answer: object): Record<string, string> | null } {
  const template = readFileSync(recipe('3cx.xml'), 'utf8');
  const [, scenario = ''] = new RegExp(`<Scenario Id="${id}" Type="REST">(.*?)</Scenario>`, 's').exec(template) ?? [];
  const [, request = ''] = /<Request ([^>]*)>/.exec(scenario) ?? [];
  const url = evaluated(attribute(request, 'Url'), known);
  const credentials = evaluated(/<Value>(.*?)<\/Value>/.exec(template)?.[1] ?? '', known);
  const headers = { Authorization: basic(credentials) };
  const values = [...scenario.matchAll(/<Value Key="(\w+)"[^>]*>(.*?)<\/Value>/g)];
  const posted = Object.fromEntries(values.map(([, key = '', text = '']) => [key, evaluated(text, known)]));
  const sent: Sent =
    attribute(request, 'RequestType') === 'Get'
      ? { url, method: 'GET', headers }
      : {
          url,
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(posted),
        };
  const read = (answer: object) => {
    const rule = /<Rule Type="Any"[^>]*>(.*?)<\/Rule>/.exec(scenario)?.[1] ?? '';
    if (!at(answer, rule)) return null;
    const variables = [...scenario.matchAll(/<Variable Name="(\w+)" Path="([\w.]+)">/g)];
    const found = Object.fromEntries(variables.map(([, name = '', path = '']) => [name, at(answer, path)]));
    const outputs = [...scenario.matchAll(/<Output Type="(\w+)" Passes="0" Value="(.*?)" \/>/g)];
    const all = { ...known, ...found };
    return Object.fromEntries(outputs.map(([, type = '', value = '']) => [type, evaluated(value, all)]));
  };
  return { sent, read };
}

const attribute = (text: string, name: string) =>
  (new RegExp(`${name}="(.*?)"`).exec(text)?.[1] ?? '').replaceAll('&amp;', '&');

/** `[Name]`; and `[[Name].ToString("…")]`, whose value a test gives in that form. */
function evaluated(text: string, known: Known): string {
  return text.replace(/\[\[(\w+)\]\.ToString\("yyyy-MM-ddTHH:mm:ssZ"\)\]|\[(\w+)\]/g, (_, date, plain) => {
    const value = known[date ?? plain];
    if (value === undefined) throw new Error(`3CX knows no ${date ?? plain}`);
    return value;
  });
}

/** A path from the root of an answer; of an array its first element. */
function at(answer: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((found, name) => {
    const one = Array.isArray(found) ? found[0] : found;
    return typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[name] : undefined;
  }, answer);
  return typeof value === 'string' ? value : '';
}

/** What the script sends when FreeSWITCH runs it with an event of these headers; nothing for calls that are not ours. */
export function freeSwitchReports(headers: Readonly<Record<string, string>>, token: string): Sent | undefined {
  const told = Object.entries(headers).map(([name, value]) => `[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  const freeSwitch = `
    local headers = { ${told.join(', ')} }
    event = { getHeader = function(_, name) return headers[name] end }
    freeswitch = { API = function() return { execute = function(_, name, words) print(name .. ' ' .. words) end } end }
    dofile(${JSON.stringify(recipe('freeswitch.lua'))})`;
  const said = execFileSync('lua5.2', ['-e', freeSwitch], { encoding: 'utf8' }).trim();
  if (!said) return undefined;
  const [, url = '', body = ''] = /^bgapi curl (\S+) connect-timeout 2 timeout 5 post (\S+)$/.exec(said) ?? [];
  const asked = new URL(url.replace('TOKEN', token));
  // mod_curl undoes percent signs; libcurl makes a password of what stands before the host.
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return {
    url: `${asked.origin}${asked.pathname}${asked.search}`,
    method: 'POST',
    headers: { ...form, Authorization: basic(`${asked.username}:${asked.password}`) },
    body: decodeURIComponent(body),
  };
}

const guide = () => readFileSync(join(projectRoot, 'docs/operate/phone-systems.md'), 'utf8');

/**
 * What Asterisk's CURL() sends from this context of our dialplan, once its variables are filled in: a form. Without data
 * of its own the first `Set` of a context is the header that all of them carry.
 */
export function asteriskSends(context: string, known: Known, token: string): Sent {
  const [, lines = ''] = new RegExp(`^\\[${context}\\]\\n(.*?)(?:^\\[|^\`\`\`)`, 'ms').exec(guide()) ?? [];
  const [, name = '', value = ''] = /CURLOPT\(httpheader\)=(\S+?): (.*)\)$/m.exec(lines) ?? [];
  const [, url = '', data = ''] = /\$\{CURL\(https:\/\/visavis\.example\.org(\/[^,]+),(.*)\)\}\)$/m.exec(lines) ?? [];
  return {
    url,
    method: 'POST',
    headers: { [name]: value.replace('TOKEN', token), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: data.replace(/\$\{(\w+)\}/g, (_, variable) => {
      const filled = known[variable];
      if (filled === undefined) throw new Error(`Asterisk knows no ${variable}`);
      return filled;
    }),
  };
}
