// The desk under load: a workbook of 20,000 rows from the upload to the map, and the table of all points.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { quantile, row, url } from './browser.mjs';

const [server, pid] = process.argv.slice(2);
const ROWS = 20_000;

const account = (name, role) =>
  execFileSync(server, ['account', 'open', name, '--person', `示例${name}`, '--role', role, '--division', '510100'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .toString()
    .trim();

/** Somebody signed in: keeps the cookie, follows nothing. */
async function person(name, role) {
  let cookie = '';
  const send = async (path, options = {}) => {
    const answer = await fetch(url + path, {
      redirect: 'manual',
      ...options,
      headers: { cookie, origin: url, 'sec-fetch-site': 'same-origin', ...options.headers },
    });
    const set = answer.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0];
    return { status: answer.status, to: answer.headers.get('location'), body: await answer.text() };
  };
  const post = async (path, fields) => {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const answer = await send(path, { method: 'POST', body });
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 2000)}`);
    return answer.to;
  };
  const first = account(name, role);
  await post('/sign-in', { name, password: first });
  await post('/desk/account/password', { current: first, new: 'quite another one 2' });
  return { get: send, post };
}

/** What the process holds now, and the most it ever held, in MB. */
const memory = (line) => Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1e3;

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

const editor = await person('bench-editor', 'editor');
const reviewer = await person('bench-reviewer', 'reviewer');
const known = (await editor.get('/desk/points/export.csv')).body.split('\n')[1].split(',');

const table = [];
for (let i = 0; i < 25; i += 1) table.push((await timed(() => editor.get(`/desk/points?order=area&page=${i + 1}`)))[1]);
const [median, p95] = [0.5, 0.95].map((share) => quantile(table, share).toFixed(0));
row('The table of the desk, 4,000 points, ordered by area, a page', '', `median ${median} ms, p95 ${p95} ms`);

const headings = '编号,名称,类别,地区,维护单位,地址,经度,纬度,电话,开放时间';
const lines = Array.from({ length: ROWS }, (_, i) => {
  const [lon, lat] = [(104 + (i % 200) / 1000).toFixed(6), (30.6 + Math.floor(i / 200) / 1000).toFixed(6)];
  return `b-${i},示例点位${i},便民服务中心,武侯区,${known[5]},示例路${i}号,${lon},${lat},028-${String(10000000 + i)},"周一至周五 9:00-12:00,13:30-17:00"`;
});
const before = memory('VmRSS');
const file = new FormData();
file.append('file', new Blob([`${headings}\n${lines.join('\n')}\n`]), 'bench.csv');
const [path, uploading] = await timed(() => editor.post('/desk/points/import', file));
const [run, dry] = await timed(() => editor.get(path));
const counted = [...run.body.matchAll(/<dd>(\d+)<\/dd>/g)].map((match) => Number(match[1]));
if (counted[0] + counted[1] !== ROWS) throw new Error(`the dry run counts ${counted}`);
const [batch, handing] = await timed(() => editor.post(path, { act: 'all' }));
const [, publishing] = await timed(() => reviewer.post(`${batch}/publish`, { revision: '1' }));
const whole = (uploading + dry + handing + publishing) / 1000;
const seconds = (it) => (it / 1000).toFixed(1);
row(
  `Import of ${ROWS.toLocaleString('en')} rows: upload, dry run, handing in, publishing`,
  '< 10 s',
  `${whole.toFixed(1)} s (${[uploading, dry, handing, publishing].map(seconds).join(' + ')})`,
);
row('Memory while importing', '< 200 MB', `at most ${memory('VmHWM').toFixed(0)} MB (${before.toFixed(0)} MB before)`);
