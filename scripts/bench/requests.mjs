// Asks for as many pages and feeds as it is told, eight at a time, most of them different: `requests.mjs COUNT`.
import { Agent, get } from 'node:http';
import { url } from './browser.mjs';

const count = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const words = ['社保', '图书馆', '低保', 'library', '028', '武侯', '公积金', '档案'];

/** The address of request `i`, and the headers it goes with. */
function request(i) {
  const english = i % 7 === 0 ? '/en' : '';
  const word = encodeURIComponent(words[i % words.length]);
  const pages = [
    '',
    `/points?page=${(i % 160) + 1}`,
    `/points/${(i % 4000) + 1}`,
    `/points?q=${word}&page=${(i % 9) + 1}`,
    `/points?near=${(103.8 + (i % 500) / 1000).toFixed(4)},30.66`,
    `/divisions/5101${String((i % 9) + 4).padStart(2, '0')}`,
  ];
  // A feed of everything is asked for once in a while, by a map that wakes.
  const feeds = ['/api/points.geojson?view=map', '/api/feed', '/api/outlines.geojson', `/api/points/${(i % 4000) + 1}`];
  const path = i % 10 === 9 ? feeds[Math.floor(i / 10) % feeds.length] : english + pages[i % pages.length] || '/';
  const headers = { 'accept-encoding': ['br', 'gzip', 'identity'][i % 3] };
  if (i % 11 === 0) headers.cookie = 'elder=1';
  return { path, headers };
}

let next = 0;
const failed = [];
async function reader() {
  for (let i = next++; i < count; i = next++) {
    const { path, headers } = request(i);
    const status = await new Promise((resolve) =>
      get(url + path, { agent, headers }, (response) => {
        response.on('end', () => resolve(response.statusCode)).resume();
      }).on('error', (error) => resolve(error.message)),
    );
    // The list of divisions is not without gaps.
    if (status !== 200 && !(status === 404 && path.includes('/divisions/'))) failed.push(`${path}: ${status}`);
  }
}
await Promise.all(Array.from({ length: 8 }, reader));
agent.destroy();
if (failed.length > 0) {
  console.error(`${failed.length} of ${count} failed, among them:\n${failed.slice(0, 5).join('\n')}`);
  process.exit(1);
}
