// Looks at a report as a reader would: screenshots (desktop, phone, dark, print) and an accessibility run.
//
//   node tools/look.mjs REPORT.html FOLDER
//
// Needs Chromium, and playwright-core and axe-core (npm) in a folder outside the repository, named by
// LOOK_MODULES (default: the current folder). html-validate is used when it is there. JavaScript is off in
// every picture; it is on only for the accessibility run. Not part of the test command.

import { createRequire } from 'node:module';
import { readFileSync, mkdirSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [report, folder] = process.argv.slice(2);
if (!report || !folder) {
  console.error('usage: node tools/look.mjs REPORT.html FOLDER');
  process.exit(2);
}
const modules = createRequire(join(resolve(process.env.LOOK_MODULES ?? '.'), 'look.js'));
const { chromium } = modules('playwright-core');
const address = pathToFileURL(resolve(report)).href;
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

let loaded = 0;
const looks = [
  ['desktop', { width: 1280, height: 900 }, 'light'],
  ['phone', { width: 390, height: 844 }, 'light'],
  ['narrow', { width: 360, height: 740 }, 'dark'],
  ['dark', { width: 1280, height: 900 }, 'dark'],
];
for (const [name, viewport, colorScheme] of looks) {
  const page = await browser.newPage({ viewport, colorScheme, javaScriptEnabled: false });
  page.on('request', (request) => { if (request.url() !== address) loaded += 1; });
  page.on('console', (message) => console.log(`${name}: console: ${message.text()}`));
  await page.goto(address);
  const whole = await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  // The first parts of the page, as a viewer shows them at their size; a PNG's height stands at byte 20.
  const height = whole.readUInt32BE(20);
  const part = viewport.width > 600 ? 1500 : 2200;
  await page.setViewportSize({ ...viewport, height });
  for (let n = 0; n < Number(process.env.LOOK_PARTS ?? 6) && n * part < height; n += 1) {
    const clip = { x: 0, y: n * part, width: viewport.width, height: Math.min(part, height - n * part) };
    await page.screenshot({ path: join(folder, `${name}-${n + 1}.png`), clip });
  }
  await page.close();
}
const printed = await browser.newPage({ javaScriptEnabled: false });
await printed.goto(address);
await printed.pdf({ path: join(folder, 'print.pdf'), format: 'A4', printBackground: false });
await printed.close();

let serious = 0;
for (const [name, viewport, colorScheme] of looks) {
  const page = await browser.newPage({ viewport, colorScheme, bypassCSP: true });
  await page.goto(address);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wide) console.log(`${name}: the page is wider than the window`);
  await page.addScriptTag({ content: readFileSync(modules.resolve('axe-core'), 'utf8') });
  for (const fold of await page.$$('details')) await fold.evaluate((d) => { d.open = true; });
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const violation of violations) {
    if (['serious', 'critical'].includes(violation.impact)) serious += 1;
    console.log(`${name}: ${violation.impact}: ${violation.id}: ${violation.help} (${violation.nodes.length})`);
    for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 160)}\n    ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`);
  }
  await page.close();
}
await browser.close();

try {
  const { HtmlValidate } = modules('html-validate');
  const rules = { extends: ['html-validate:standard'], rules: { 'no-inline-style': 'off', 'long-title': 'off', 'no-raw-characters': 'off', 'void-style': 'off', 'no-trailing-whitespace': 'off', 'doctype-style': 'off' } };
  const result = await new HtmlValidate(rules).validateString(readFileSync(report, 'utf8'));
  for (const { messages } of result.results) {
    const kinds = new Map();
    for (const m of messages) kinds.set(`${m.ruleId}: ${m.message}`, (kinds.get(`${m.ruleId}: ${m.message}`) ?? 0) + 1);
    for (const [kind, times] of [...kinds].slice(0, 20)) console.log(`html: ${kind} (${times})`);
  }
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
}
console.log(`${loaded} requests beyond the page; ${serious} serious findings; pictures in ${folder}`);
process.exitCode = loaded + serious > 0 ? 1 : 0;
