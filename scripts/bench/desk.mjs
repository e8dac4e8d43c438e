// The desk under load: a workbook of 20,000 rows from the upload to the map, and the table of all points.
import { readFileSync } from 'node:fs';
import { quantile, row, url } from './browser.mjs';
import { person } from './staff.mjs';

const [server, pid] = process.argv.slice(2);
const ROWS = 20_000;

/** What the process holds now, and the most it ever held, in MB. */
const memory = (line) => Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1e3;

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

const editor = await person(server, 'bench-editor', 'editor');
const reviewer = await person(server, 'bench-reviewer', 'reviewer');
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
