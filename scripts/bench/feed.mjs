// How long everything as GeoJSON takes once it has been asked for: from the request to the last byte, on one connection.
import { Agent, get } from 'node:http';
import { quantile, row, url } from './browser.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function once(encoding) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    get(`${url}/api/points.geojson`, { agent, headers: { 'accept-encoding': encoding } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve({ bytes, took: performance.now() - started })
          : reject(new Error(`answered ${response.statusCode}`)),
      );
    }).on('error', reject);
  });
}

const results = [];
for (const encoding of ['br', 'identity']) {
  const cold = await once(encoding);
  const warm = [];
  for (let i = 0; i < 40; i += 1) warm.push((await once(encoding)).took);
  const [median, p95] = [0.5, 0.95].map((share) => quantile(warm, share).toFixed(1));
  const size = `${(cold.bytes / 1e6).toFixed(2)} MB`;
  results.push(`${encoding === 'br' ? 'brotli' : 'plain'} ${median} ms, p95 ${p95} ms (${size})`);
  console.error(`    ${encoding}: the first one took ${cold.took.toFixed(0)} ms`);
}
agent.destroy();
row('`/api/points.geojson` of everything, warm', '< 50 ms', results.join('; '));
