// Takes the picture of the README from a report: some screens with their first figures, one below the other.
//
//   GLASSURN_DATA=… glassurn examine russia-2018 --report R.html
//   node tools/picture.mjs R.html docs/report.png S320 S210
//
// Needs what tools/look.mjs needs. Not part of the test command.

import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [report, picture, ...codes] = process.argv.slice(2);
if (codes.length === 0) {
  console.error('usage: node tools/picture.mjs REPORT.html PICTURE.png CODE...');
  process.exit(2);
}
const modules = createRequire(join(resolve(process.env.LOOK_MODULES ?? '.'), 'look.js'));
const { chromium } = modules('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
await page.goto(pathToFileURL(resolve(report)).href);

/** From a screen's heading to the end of the first row of figures below it. */
function place(code) {
  const heading = [...document.querySelectorAll('h3')].find((h) => h.textContent.startsWith(code));
  const top = heading.getBoundingClientRect().top;
  const below = [...document.querySelectorAll('figure')].map((f) => f.getBoundingClientRect()).filter((r) => r.top > top);
  const row = below.filter((r) => Math.abs(r.top - below[0].top) < 5);
  const bottom = Math.max(...row.map((r) => r.bottom));
  return { x: 60, y: top + scrollY - 20, width: 1160, height: bottom - top + 30 };
}

const parts = [];
for (const code of codes) {
  const clip = await page.evaluate(place, code);
  parts.push((await page.screenshot({ fullPage: true, clip })).toString('base64'));
}
await page.setViewportSize({ width: 1160, height: 100 });
const images = parts.map((part) => `<img style="display:block" src="data:image/png;base64,${part}">`);
await page.setContent(`<body style="margin:0">${images.join('')}`);
await page.screenshot({ path: picture, fullPage: true });
await browser.close();
