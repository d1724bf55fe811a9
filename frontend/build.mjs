// Builds static/vendor (two Plotly bundles, stylesheet, licences, checksums) and static/topojson (the map's land and water).
// Usage: npm ci && node build.mjs. The same lock file gives the same bytes.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { landOnly } from './land.mjs';

const require = createRequire(import.meta.url);
const { environmentPlugin } = require('esbuild-plugin-environment');
const { glsl } = require('esbuild-plugin-glsl');
const inlineCss = require('esbuild-plugin-inline-css');

const here = dirname(fileURLToPath(import.meta.url));
const vendor = join(here, '..', 'static', 'vendor');
const topojson = join(here, '..', 'static', 'topojson');
const plotly = join(here, 'node_modules', 'plotly.js');

const bundle = (entry, outfile) => build({
  entryPoints: [join(here, entry)],
  outfile: join(vendor, outfile),
  format: 'iife',
  globalName: 'Plotly',
  bundle: true,
  minify: true,
  legalComments: 'none',
  plugins: [inlineCss(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  alias: { stream: 'stream-browserify' },
  define: { global: 'window', 'define.amd': 'false' },
  target: 'es2020',
  logLevel: 'warning',
});

// Plotly carries three addresses of its makers as defaults (map geometry, chart upload, the logo's link). None is ever used
// here; emptying them makes it certain that no page of ours can ask the outside.
const OUTSIDE = ['https://cdn.plot.ly/un/', 'https://cloud.plotly.com/newchart', 'https://plotly.com/'];
const closeOff = (name) => {
  const file = join(vendor, name);
  let text = readFileSync(file, 'utf8');
  for (const address of OUTSIDE) text = text.replaceAll(`"${address}"`, '""');
  writeFileSync(file, text);
};

// plotly-geo-assets.js of 4.1.1 puts its geometry on window.Plotly; it is read here once, and land and water written as a plain
// file under the name that Plotly asks for.
const writeTopojson = () => {
  globalThis.window = {};
  require('plotly.js/dist/plotly-geo-assets.js');
  writeFileSync(join(topojson, 'world_50m.json'), JSON.stringify(landOnly(globalThis.window.Plotly.topojson.world_50m)));
};

const writeSums = () => {
  const names = readdirSync(vendor).filter((name) => name !== 'SHA256SUMS').sort();
  const line = (name) => `${createHash('sha256').update(readFileSync(join(vendor, name))).digest('hex')}  ${name}\n`;
  writeFileSync(join(vendor, 'SHA256SUMS'), names.map(line).join(''));
};

mkdirSync(vendor, { recursive: true });
mkdirSync(topojson, { recursive: true });
await bundle('charts.entry.cjs', 'plotly-charts.min.js');
await bundle('map.entry.cjs', 'plotly-map.min.js');
closeOff('plotly-charts.min.js');
closeOff('plotly-map.min.js');
copyFileSync(join(plotly, 'dist', 'plotly.css'), join(vendor, 'plotly.css'));
copyFileSync(join(plotly, 'LICENSE'), join(vendor, 'plotly.LICENSE.txt'));
writeTopojson();
writeSums();
for (const name of ['plotly-charts.min.js', 'plotly-map.min.js']) {
  console.log(name, `${(gzipSync(readFileSync(join(vendor, name)), { level: 9 }).length / 1000).toFixed(0)} kB gzip`);
}
