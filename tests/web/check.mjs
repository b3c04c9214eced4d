// SPDX-License-Identifier: Apache-2.0
// The page in a browser: each view, each filter, from a fact to its words and back, the keyboard alone, a window of 400 pixels,
// light and dark, what axe finds, what is sent where, hostile words. Screenshots lie in build/web-shots.
import { createRequire } from 'node:module';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const annals = process.env.ANNALS ?? join(root, 'build/release/annals');
const shots = join(root, 'build/web-shots');
const only = process.argv[2];

// ---- The record, the server, the browser ----
const folder = mkdtempSync(join(tmpdir(), 'annals-web-'));
const record = join(folder, 'record.db');
try { execFileSync(annals, ['build', 'examples/pages', 'tests/web/hostile.html', '-o', record], { cwd: root, stdio: 'ignore' }); } catch (error) { if (error.status !== 1) throw error; }
const server = spawn(annals, ['serve', record], { stdio: ['ignore', 'pipe', 'pipe'] });
const base = await new Promise((resolve, reject) => {
  let said = '';
  const hear = (data) => { said += data; const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said); if (found) resolve(found[0]); };
  server.stdout.on('data', hear);
  server.stderr.on('data', hear);
  server.on('exit', (code) => reject(new Error(`annals serve ended with ${code}: ${said}`)));
});
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const api = async (path) => (await fetch(base + path)).json();
const all = (await api('/api/stories?limit=500')).items;
const big = all.find((one) => one.pages >= 4), hostile = all.find((one) => /Kenya/.test(one.headline ?? ''));
const views = { stories: '/', search: '/?q=agreements', story: `/story/${big.id}`, choose: '/relation', relation: '/relation/FIN/LTU', actor: '/relation/FIN', map: '/map', near: '/map?near=1', page: '/page/1' };

let passed = 0, failed = 0;
const outside = [], wrong = [];
async function fresh(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) outside.push(request.url()); });
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') wrong.push(`${page.url()}: ${message.text()}`); });
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.open = async (path) => { await page.goto(base + path); await page.waitForSelector('main:not([aria-busy]) h1'); };
  page.settled = () => page.waitForSelector('main:not([aria-busy]) h1');
  return page;
}
async function test(name, body, options) {
  if (only && !name.includes(only)) return;
  const page = await fresh(options);
  page.setDefaultTimeout(8000);
  try { await body(page); passed++; } catch (error) { failed++; console.log(`FAILED ${name}: ${error.stack?.split('\n').slice(0, 6).join('\n  ')}`); }
  await page.context().close();
}
const focused = (page, get) => page.evaluate(`(() => { const e = document.activeElement; return ${get}; })()`);
async function axe(page, where) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.deepEqual(found.violations.map((one) => `${where}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), []);
}
const total = async (page) => Number((await page.textContent('#list-title')).replace(/\D/g, ''));

// ---- Every view, in every dress ----
for (const [dress, options] of Object.entries({ wide: {}, dark: { colorScheme: 'dark' }, narrow: { viewport: { width: 400, height: 800 } } })) {
  for (const [name, path] of Object.entries(views)) {
    await test(`${name} ${dress}`, async (page) => {
      await page.open(path);
      assert.equal(await page.locator('h1').count(), 1);
      assert.match(await page.title(), / – annals$/);
      assert.notEqual(await page.textContent('#said'), '');
      await page.screenshot({ path: join(shots, `${name}-${dress}.png`), fullPage: true });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} pixels wider than the window`);
      await axe(page, name);
    }, options);
  }
}

// ---- Stories ----
const filters = { q: 'agreements', since: '2024-01-01', until: '2023-12-31', actor: 'LTU', country: 'BFA', type: 'ASSAULT', outlet: 'Northern Lantern' };
for (const [name, value] of Object.entries(filters)) {
  await test(`filter ${name}`, async (page) => {
    await page.open('/');
    const before = await total(page), field = page.locator(`.filters [name=${name}]`);
    if (await field.evaluate((one) => one.tagName === 'SELECT')) await field.selectOption(value); else await field.fill(value);
    await page.click('.filters button[type=submit]');
    await page.waitForURL((url) => url.searchParams.get(name) === value);
    await page.waitForFunction((old) => document.querySelector('#list-title') && !document.querySelector('#list-title').textContent.startsWith(`${old} `), before);
    const told = (await api(`/api/stories?${name}=${encodeURIComponent(value)}`)).total;
    assert.equal(await total(page), told);
    assert.ok(told > 0 && told < before, `${told} of ${before}`);
    assert.equal(await page.locator('.story-row').count(), told);
    assert.equal(await page.locator(`.filters [name=${name}]`).inputValue(), value);
    await page.goBack();
    await page.waitForFunction((old) => document.querySelector('#list-title')?.textContent.startsWith(`${old} `), before);
  });
}
await test('months narrow the list', async (page) => {
  await page.open('/');
  await page.click('.columns li:first-child a');
  await page.waitForURL(/since=.*until=/);
});
await test('precision bars: a day, an interval', async (page) => {
  await page.open('/');
  assert.ok(await page.locator('.bar path.known').count() > 0 && await page.locator('.bar rect').count() > 0);
});
await test('search shows the words', async (page) => {
  await page.open('/?q=agreements');
  assert.equal((await page.textContent('.hits mark')).toLowerCase(), 'agreements');
  await page.open('/?q=the&since=2023-05-16&until=2023-05-17');
  const csv = (await (await fetch(base + await page.locator('a', { hasText: 'These pages as CSV' }).getAttribute('href'))).text()).split('\n').filter((line) => /^\d+,[0-9a-f]{32},/.test(line)); // snippets have lines of their own
  assert.equal(csv.length, (await api('/api/search?q=the&since=2023-05-16&until=2023-05-17')).total, 'what is shown is taken away, under all filters');
  assert.ok(csv.length > 0 && csv.length < (await api('/api/search?q=the')).total, 'the filters narrow');
  await page.open('/?q=agreements');
  await page.click('.hits a');
  await page.waitForURL(/\/page\/\d+$/);
});

// ---- A story ----
await test('from a fact to its words and back', async (page) => {
  await page.open(views.story);
  assert.equal(await page.locator('.head').count(), big.pages);
  const links = page.locator('[aria-labelledby=differ] .fact a.words');
  assert.ok(await links.count() >= 2);
  for (let i = 0; i < await links.count(); i++) {
    const words = await links.nth(i).textContent();
    await links.nth(i).click();
    assert.ok(await focused(page, "e.closest('.page-text') !== null"), 'the words of the page have the focus');
    assert.ok(words.includes(await focused(page, 'e.textContent')) || (await focused(page, 'e.textContent')).includes(words), words);
    assert.ok(await page.evaluate(() => { const r = document.activeElement.getBoundingClientRect(), b = document.activeElement.closest('.scroll').getBoundingClientRect(); return r.top >= b.top - 1 && r.top < b.bottom && r.top < innerHeight && r.top >= 0; }), 'and are seen');
    const key = new URL(page.url()).hash.slice(1);
    await page.keyboard.press('Enter');
    assert.equal(await focused(page, "e.closest('.fact') !== null && e.getAttribute('href')"), `#${key}`);
  }
});
await test('the texts stay in sight beside the fact, until Escape', async (page) => {
  await page.open(views.story);
  assert.ok(!await page.locator('.drawer.docked').count());
  for (const n of [0, 12, 30]) {
    const link = page.locator('.fact a.words').nth(n);
    await link.click();
    const seen = await page.evaluate(() => { const b = document.querySelector('.fact .words.chosen').getBoundingClientRect(), d = document.querySelector('.drawer').getBoundingClientRect();
      return b.top >= 0 && b.bottom <= d.top && d.bottom <= innerHeight + 1; });
    assert.ok(seen, `fact ${n} stands above its words`);
  }
  await page.keyboard.press('Escape');
  assert.ok(!await page.locator('.drawer.docked, .chosen').count());
  assert.ok(await focused(page, "e.matches('.fact a.words')"), 'and the fact has the focus again');
  assert.equal(new URL(page.url()).hash, '');
});
await test('the marks in plain words; what is not known; names above the columns', async (page) => {
  await page.open(views.story);
  assert.match(await page.textContent('.legend'), /unclear.*nothing shows.*compatible.*all can be true.*agree.*the same, once.*marked words stand in one wording only/s);
  assert.match(await page.textContent('[aria-labelledby=unknown]'), /The outlet of 03-flattened-no-outlet\.txt.*exact day of publication.*place of \d+ of \d+ events.*Which report is right/s);
  assert.match(await page.textContent('.heads'), /outlet not known.*Published [^:]*: told from (what the text says|another report of the same happenings)/s);
  assert.match(await page.textContent('#told ~ .fact >> nth=1'), /agree.*the act, day, place/s);
  assert.ok(!await page.locator('.strip.stuck').count());
  await page.locator('#told').scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollBy(0, 900));
  await page.waitForSelector('.strip.stuck div');
  assert.match(await page.textContent('.strip'), /The Harbour Courier.*Saltmarsh Post \(copy\)/s);
});
await test('every cell leads to words', async (page) => {
  await page.open(views.story);
  const lost = await page.evaluate(() => [...document.querySelectorAll('.fact a.words')].filter((one) => { one.click(); return !document.activeElement.closest('.page-text'); }).map((one) => one.textContent));
  assert.deepEqual(lost, []);
});
await test('an address of words', async (page) => {
  await page.open(views.story);
  await page.locator('.fact a.words').first().click();
  const at = page.url();
  await page.open('/');
  await page.goto(at);
  await page.waitForSelector('.page-text .chosen');
});
await test('verdicts in words, copies, days', async (page) => {
  await page.open(views.story);
  const told = Object.keys(big.verdicts).filter((verdict) => big.verdicts[verdict] > 0); // what is told of the sample pages is the stories' matter
  assert.ok(told.length >= 3, told.join());
  for (const verdict of told) assert.match(await page.textContent(`.tally .${verdict}`), new RegExp(verdict));
  assert.match(await page.textContent('.heads'), /copy of The Harbour Courier/);
  await page.locator('.head summary').first().focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.head details[open] li').count() > 0);
  assert.ok(await page.locator('.differs').count() > 0);
  assert.match(await page.textContent('#speakers'), /Who says what/);
});
await test('the keyboard alone', async (page) => {
  await page.open('/');
  await page.keyboard.press('Tab');
  assert.match(await focused(page, 'e.textContent'), /Skip/);
  await page.keyboard.press('Enter');
  const until = async (what, most = 400) => { for (let i = 0; i < most; i++) { await page.keyboard.press('Tab'); if (await focused(page, what)) return; } assert.fail(`never reached: ${what}`); };
  await until(`e.matches('.headline[href="/story/${big.id}"]')`);
  assert.notEqual(await focused(page, 'getComputedStyle(e).outlineStyle'), 'none');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.sheet');
  assert.equal(await focused(page, 'e.tagName'), 'H1');
  await until("e.matches('.fact a.words')");
  await page.keyboard.press('Enter');
  assert.ok(await focused(page, "e.matches('.page-text a.m')"));
  await page.keyboard.press('Enter');
  assert.ok(await focused(page, "e.matches('.fact a.words')"));
});

// ---- Relation, map, page ----
await test('relation: form, layers, network', async (page) => {
  await page.open('/relation');
  assert.ok(await page.locator('.roomy a[href="/relation/FIN/LTU"]').count() === 1, 'a pair to choose');
  await page.fill('[name=a]', 'FIN');
  await page.fill('[name=b]', 'LTU');
  await page.click('.filters button');
  await page.waitForURL('**/relation/FIN/LTU');
  await page.waitForSelector('.chronicle .k-event');
  for (const kind of ['event', 'statement', 'wording']) {
    assert.ok(await page.locator(`.k-${kind}`).first().isVisible(), kind);
    await page.uncheck(`[name=${kind}]`);
    assert.ok(!await page.locator(`.k-${kind}`).first().isVisible(), kind);
  }
  assert.ok(!(await page.locator('.k-wording strong').allTextContents()).some((words) => /\b[A-Z]{3,}: [A-Z]{3}\b/.test(words)), 'what differs is told in words, not in codes');
  assert.match(await page.textContent('main'), /In office that day: .*president, (Finland|Lithuania)/);
  assert.match(await (await fetch(base + await page.getAttribute('.exports a[href*=gexf]', 'href'))).text(), /<gexf/);
  await page.check('[name=statement]');
  await page.click('.k-statement a.words');
  await page.waitForURL(/\/page\/\d+#statement\./);
  await page.waitForSelector('.reading .chosen');
});
await test('of one actor: what is said by it and what about it', async (page) => {
  await page.open('/relation/FIN');
  const told = await api('/api/relation?a=FIN&limit=100');
  assert.ok(told.about.length > 0 && told.statements.length > 0);
  for (const [kind, all] of [['statement', told.statements], ['about', told.about]]) {
    assert.equal(await page.locator(`.k-${kind}`).count(), all.length);
    await page.uncheck(`[name=${kind}]`);
    assert.ok(!await page.locator(`.k-${kind}`).first().isVisible(), kind);
    await page.check(`[name=${kind}]`);
  }
  assert.match(await page.textContent('.k-about'), /about Finland/);
  assert.equal((await (await fetch(base + await page.getAttribute('.exports a[href*="about=FIN"]', 'href'))).text()).trim().split('\n').length > told.about.length, true);
});
await test('a relation is taken away of both directions', async (page) => {
  await page.open('/relation/FIN/LTU');
  const href = await page.getAttribute('.exports a[href*="/api/events"]', 'href'), rows = (await (await fetch(base + href)).text()).trim().split('\n').slice(1);
  assert.equal(rows.length, (await api('/api/relation?a=FIN&b=LTU')).total);
  assert.ok(rows.some((row) => /FIN.*LTU/.test(row)) && (await (await fetch(base + await page.getAttribute('.exports a[href*=gexf]', 'href'))).text()).includes('<edge '));
});
await test('map: circles and table', async (page) => {
  await page.open('/map');
  const places = (await api('/api/places?limit=500')).items;
  assert.equal(await page.locator('circle.place').count(), places.filter((one) => one.lat !== null && one.lon !== null).length);
  assert.equal(await page.locator('tbody tr').count(), places.length);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.world > *')].findIndex((one) => one.matches('text')) > [...document.querySelectorAll('.world > *')].findLastIndex((one) => one.matches('circle'))), true, 'names over circles');
  const before = await page.getAttribute('.land', 'd');
  await page.click('figcaption a');
  await page.waitForURL(/near=1/);
  await page.waitForFunction((old) => document.querySelector('.land')?.getAttribute('d') !== old, before);
  await page.click('tbody a >> nth=0');
  await page.waitForURL(/\/\?country=/);
});
await test('page: pointing, focus, layers', async (page) => {
  await page.open('/page/1');
  await page.hover('a.m-quantity');
  assert.match(await page.textContent('.panel-body'), /quantity/);
  await page.focus('a.m-statement');
  assert.match(await page.textContent('.panel-body'), /statement.*Confidence.*\d+\s%/s);
  const look = () => page.locator('.reading .m-mention').first().evaluate((one) => getComputedStyle(one).textDecorationStyle);
  assert.notEqual(await look(), 'dotted');
  await page.check('[name=mention]');
  assert.equal(await look(), 'dotted');
  await page.click('.found a >> nth=2');
  assert.ok(await page.locator('.reading .chosen').count() > 0);
  assert.match(page.url(), /#event\./);
});

// ---- What leaves, what runs, what goes wrong ----
await test('what can be taken away', async (page) => {
  for (const path of Object.values(views)) {
    await page.open(path);
    if (path.startsWith('/page/')) assert.equal(await page.locator('.exports a[href*="format=csv"]').count(), 2, 'events and statements of a page');
    for (const href of await page.locator('.exports a').evaluateAll((links) => links.map((one) => one.getAttribute('href')))) {
      const reply = await fetch(base + href), body = await reply.text();
      assert.equal(reply.status, 200, href);
      if (href.includes('format=csv')) { assert.match(reply.headers.get('content-type'), /csv/, href); assert.match(body, /^[a-z_]+,/, href); }
    }
  }
});
await test('hostile words run nothing', async (page) => {
  assert.ok(hostile, 'the hostile page is a story');
  const ids = (await api(`/api/story/${hostile.id}`)).pages.map((one) => one.id);
  for (const path of ['/', '/?q=border', `/story/${hostile.id}`, '/relation/KEN/UGA', '/map', ...ids.map((id) => `/page/${id}`), '/relation/%3Cimg%20src=x%20onerror=window.hit=1%3E', '/?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E']) {
    await page.open(path);
    assert.equal(await page.evaluate(() => window.hit), undefined, path);
    const dom = await page.evaluate(() => ({ tags: document.querySelectorAll('script:not([src]), main img, iframe, object, style, [style*=url], main svg[onload]').length,
      links: [...document.querySelectorAll('a[href]')].filter((one) => !/^https?:$/.test(one.protocol)).length, turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent) }));
    assert.deepEqual(dom, { tags: 0, links: 0, turned: false }, path);
  }
  await page.open(`/story/${hostile.id}`);
  assert.match(await page.textContent('main'), /<script>window\.hit=1<\/script>/);
  await page.screenshot({ path: join(shots, 'hostile.png'), fullPage: true });
  await axe(page, 'hostile');
});
await test('prints without its controls', async (page) => {
  await page.open(views.story);
  await page.emulateMedia({ media: 'print' });
  assert.ok(!await page.locator('.exports').isVisible() && await page.locator('.fact').first().isVisible());
  writeFileSync(join(shots, 'story.pdf'), await page.pdf({ format: 'A4', landscape: true }));
  await page.screenshot({ path: join(shots, 'story-print.png'), fullPage: true });
});
await test('a strict policy', async () => {
  const reply = await fetch(base);
  const policy = reply.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(await reply.text(), /<script(?![^>]*src=)|style=|\son\w+=/);
});
await test('a record without pages', async (page) => {
  const nothing = join(folder, 'nothing.db'), empty = join(folder, 'empty');
  mkdirSync(empty);
  try { execFileSync(annals, ['build', empty, '-o', nothing], { stdio: 'ignore' }); } catch (error) { assert.equal(error.status, 2, 'a folder without pages is told'); }
  const other = spawn(annals, ['serve', nothing], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [there] = /http:\/\/127\.0\.0\.1:\d+/.exec(await new Promise((resolve) => other.stdout.once('data', (said) => resolve(String(said)))));
    await page.goto(`${there}/`);
    await page.waitForSelector('main:not([aria-busy]) h1');
    assert.match(await page.textContent('main'), /This record has no pages.*annals build/s);
    await axe(page, 'empty');
    for (const path of ['/map', '/relation']) { await page.goto(there + path); await page.waitForSelector('main:not([aria-busy]) h1'); }
    outside.splice(0, outside.length, ...outside.filter((url) => !url.startsWith(there)));
  } finally { other.kill('SIGINT'); }
});
const quiet = [...wrong];
await test('an address that is none', async (page) => {
  await page.open('/story/nosuchstory');
  assert.match(await page.textContent('h1'), /Nothing here/);
  await axe(page, 'error');
});
await test('no message of the browser', () => assert.deepEqual(quiet, []));
await test('no request leaves this machine', () => assert.deepEqual(outside, []));

await browser.close();
server.removeAllListeners('exit');
server.kill('SIGINT');
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(root, 'build/totals'), { recursive: true });
writeFileSync(join(root, 'build/totals/check-web'), `${passed} ${failed} 0\n`);
console.log(`check-web: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
