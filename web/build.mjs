// SPDX-License-Identifier: Apache-2.0
// node build.mjs: src and the packages of package-lock.json become dist/, the page that `annals serve` has built in.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';

const here = (path) => new URL(path, import.meta.url);
rmSync(here('dist'), { recursive: true, force: true });
mkdirSync(here('dist'));

// What the record's codes are called: our own table, in the program of the page, for every view needs it. PLOVER's codes with the numbers of
// world-atlas are not one to one, so the outlines of countries only draw land and borders; the map asks for them.
const table = (path) => readFileSync(here(path), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
const names = {};
for (const [id, name, , , to] of table('../data/world/countries.tsv').slice(1)) if (!to || !names[id]) names[id] = name;
copyFileSync(here('node_modules/world-atlas/countries-110m.json'), here('dist/world.json'));

const entries = { app: here('src/main.ts').pathname, 'app.css': here('src/app.css').pathname, world: here('src/world.ts').pathname };
await build({
  entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out: out.replace('.css', '') })),
  outdir: here('dist').pathname, bundle: true, minify: true, format: 'esm', target: 'es2021',
  define: { COUNTRY_NAMES: JSON.stringify(names) }, legalComments: 'none', logLevel: 'warning',
});
copyFileSync(here('src/index.html'), here('dist/index.html'));

// What is built in keeps the notices of its authors.
const bundled = ['d3-array', 'd3-geo', 'internmap', 'topojson-client', 'world-atlas'];
const notice = bundled.map((name) => {
  const { version } = JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), 'utf8'));
  return `${name} ${version}\n\n${readFileSync(here(`node_modules/${name}/LICENSE`), 'utf8')}`;
});
writeFileSync(here('dist/licenses.txt'), notice.join('\n----\n\n'));
