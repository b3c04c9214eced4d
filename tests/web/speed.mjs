// SPDX-License-Identifier: Apache-2.0
// How fast a large record is looked at in a browser: node tests/web/speed.mjs RECORD.db (docs/performance.md, "Serve").
// Each view is opened by its address in a fresh window and is there when it can be read and used. Beside it is told what of that is not
// ours to make quicker: what a page of one word takes (the browser's own start of a window), and the server's time of the same
// requests (Server-Timing), for a machine that does other things too. Each address is asked for the first time. On a machine that is
// busy give the sessions precedence that this is and that the browser makes of itself (as root; nice alone holds inside of one):
//   setsid bash -c 'echo -20 > /proc/self/autogroup; CHROMIUM=./first node tests/web/speed.mjs RECORD.db'
// where ./first is a script: echo -20 > /proc/self/autogroup; exec chromium "$@"
import { createRequire } from 'node:module';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');
const annals = process.env.ANNALS ?? join(root, 'build/release/annals');
const record = process.argv[2];
if (!record) { console.error('node tests/web/speed.mjs RECORD.db'); process.exit(2); }
const sql = (question) => execFileSync('sqlite3', ['-readonly', record, question], { encoding: 'utf8' }).trim().split('\n');

const server = spawn(annals, ['serve', record, '--port', '8461'], { stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => server.kill('SIGINT'));
const base = await new Promise((resolve) => server.stdout.on('data', (data) => { const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(data)); if (found) resolve(found[0]); }));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
await (await browser.newPage()).goto(`${base}/about`); // the program of the page is read once

let failed = 0;
// Milliseconds from the address: the document is there, the program runs, the last answer is there, the view is there, it has been painted; and
// of the server, of what was asked until then (what there is to choose from under a filter is asked later).
const moments = () => {
  const [document_] = performance.getEntriesByType('navigation'), at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? document_.domComplete, shown = at('annals-shown');
  const asked = performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/') && one.startTime < shown);
  return { sent: document_.requestStart, document: document_.responseEnd, program: Math.min(...asked.map((one) => one.startTime)),
    answers: Math.max(...asked.map((one) => one.responseEnd)), shown, painted: at('annals-painted'), spent: asked.reduce((sum, one) => sum + (one.serverTiming[0]?.duration ?? 0), 0) };
};
async function open(path, selector) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } }), page = await context.newPage();
  await page.goto(base + path, { waitUntil: 'commit' });
  await new Promise((resolve) => setTimeout(resolve, 600)); // Playwright's own script would run in the page, 20 ms of it: after the view, not before
  await page.waitForSelector(selector);
  const at = await page.evaluate(moments);
  await context.close();
  return at;
}
const whole = (n) => n.toFixed(0).padStart(5);
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
// Several addresses of one kind: the median, which the bar is of, and the best, which other programs disturbed least.
async function look(name, paths, bar) {
  const all = [];
  for (const path of paths) all.push(await open(path, 'main:not([aria-busy]) h1'));
  const of = (moment) => whole(middle(all.map((one) => one[moment]))), well = !bar || middle(all.map((one) => one.shown)) < bar;
  failed += well ? 0 : 1;
  console.log(`${of('shown')} ms, best ${whole(Math.min(...all.map((one) => one.shown)))} (sent ${of('sent')}, document ${of('document')}, asked ${of('program')}, answers ${of('answers')}; painted ${of('painted')}), `
    + `of the server ${of('spent')}${bar ? `  ${well ? '<' : 'NOT <'} ${bar}` : ''}  ${name}`);
}
const TIMES = 5, times = [...Array(TIMES).keys()];
for (const i of times.slice(2)) {
  const at = await open(`/favicon.svg?${i}`, 'body');
  console.log(`${whole(at.shown)} ms (sent ${whole(at.sent)}, document ${whole(at.document)})  a page of one word`);
}

const words = times.map((i) => sql(`SELECT replace(group_concat(text, ' '), char(10), ' ') FROM sentence WHERE page = ${600 + 1000 * i}`)[0].split(' '));
const stories = (pages) => sql(`SELECT story FROM story_page GROUP BY 1 HAVING count(*) = ${pages} LIMIT ${TIMES}`).map((id) => `/story/${id}`);
await look('first view', times.map(() => '/'), 300);
await look('search, a word', words.map((one) => `/?q=${one[3]}`), 200);
await look('search, two words', words.map((one) => `/?q=${one[5]}%20${one[6]}`), 200);
for (const pages of [1, 4, 8]) await look(`story of ${pages}`, stories(pages), 200);
await look('largest story', [`/story/${sql('SELECT story FROM story_page GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')[0]}`]);
await look('actor', ['USA', 'RUS', 'CHN', 'IRN', 'GBR'].map((one) => `/?actor=${one}`));
await look('country', ['USA', 'RUS', 'CHN', 'IRN', 'GBR'].map((one) => `/?country=${one}`));
await look('three months', ['2015', '2016', '2017', '2018', '2019'].map((year) => `/?since=${year}-01-01&until=${year}-03-31`));
await look('relation', ['USA/RUS', 'CHN/IRN', 'GBR/FRA', 'DEU/IND', 'USA/JPN'].map((two) => `/relation/${two}`));
await look('map', ['/map']);
await look('page', times.map((i) => `/page/${500 + i}`));
const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
console.log(`${memory.toFixed(0).padStart(6)} MiB at most`);
if (memory > 300) failed++;
await browser.close();
process.exit(failed ? 1 : 0);
