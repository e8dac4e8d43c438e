// What a phone with an empty cache loads: bytes on the wire, headers included, as Chromium counts them.
import { kilobytes, phone, row, url, withPage } from './browser.mjs';

/** Opens a page and gives what was transferred until it was quiet, and then until its islands were awake. */
async function load(path) {
  return withPage(phone, async (page) => {
    const client = await page.context().newCDPSession(page);
    const loads = new Map();
    await client.send('Network.enable');
    client.on('Network.responseReceived', ({ requestId, response }) => {
      const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? 'identity';
      loads.set(requestId, { path: new URL(response.url).pathname, encoding, bytes: 0 });
    });
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (loads.has(requestId)) loads.get(requestId).bytes = encodedDataLength;
    });
    const sum = (chosen = () => true) => [...loads.values()].filter(chosen).reduce((all, { bytes }) => all + bytes, 0);
    const wasm = ({ path }) => path.endsWith('.wasm');

    await page.goto(url + path, { waitUntil: 'networkidle' });
    const first = { all: sum(), wasm: sum(wasm), files: loads.size };
    // Where islands sleep until they are needed, a touch wakes them.
    await page.touchscreen.tap(5, 5);
    await page.waitForSelector('html[data-islands=awake]', { timeout: 30_000 });
    await page.waitForLoadState('networkidle');
    for (const { path, encoding, bytes } of loads.values()) console.error(`    ${path} ${encoding} ${bytes}`);
    return { first, awake: { all: sum(), wasm: sum(wasm) }, map: sum(({ path }) => path === '/portal-map.js') };
  });
}

const home = await load('/');
const points = await load('/points');
const files = (count) => `${count} files`;
row(
  'First load of `/` on a phone',
  '≤ 150 kB, wasm ≤ 120 kB of it',
  `${kilobytes(home.first.all)} in ${files(home.first.files)}, wasm ${kilobytes(home.first.wasm)}`,
);
row(
  'The same once its islands are awake (first touch)',
  '≤ 150 kB, wasm ≤ 120 kB of it',
  `${kilobytes(home.awake.all)}, wasm ${kilobytes(home.awake.wasm)}`,
);
row('Map module on `/`', 'none', home.map === 0 ? 'none' : kilobytes(home.map));
row('First load of `/points` on a phone, map and islands awake', '–', `${kilobytes(points.awake.all)}, map module ${kilobytes(points.map)}`);
