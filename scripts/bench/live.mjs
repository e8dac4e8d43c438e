// The conversation under load: 2,000 residents have the panel open, questions go to the desk and answers come to the pages. And the page
// of a policy of 300 articles.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile, row, url } from './browser.mjs';
import { person } from './staff.mjs';

const [server, pid] = process.argv.slice(2);
const PANELS = 2_000;
const MEASURED = 200;
/** A hall of services asks through one address; the server limits streams by network, so these come from many. */
const network = (i) => ({ 'x-forwarded-for': `10.${i >> 12}.${(i >> 4) & 255}.1` });

/** What the process holds, in kB. */
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1.024;
const ms = (list) => [0.5, 0.99].map((share) => `${quantile(list, share).toFixed(0)} ms`);

/** Follows a stream; calls with the data of every message. */
const follow = (path, headers, hear) =>
  new Promise((opened, failed) => {
    const asked = http.get(url + path, { headers, agent: new http.Agent() }, (answer) => {
      if (answer.statusCode !== 200) return failed(new Error(`${path}: ${answer.statusCode}`));
      answer.setEncoding('utf8');
      let rest = '';
      answer.on('data', (text) => {
        const messages = (rest + text).split('\n\n');
        rest = messages.pop();
        for (const message of messages) {
          const data = /^data: ?(.*)$/m.exec(message);
          if (data) hear(data[1], performance.now());
        }
      });
      opened(asked);
    });
    asked.on('error', failed);
  });

const post = async (path, fields, i) => {
  const headers = { origin: url, 'sec-fetch-site': 'same-origin', ...network(i) };
  const answer = await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
};
const piece = (page) => {
  const of = (name) => new RegExp(`${name}="([^"]*)"`).exec(page)[1];
  return { digest: of('data-follow'), after: of('data-after'), code: of('data-code') };
};

const law = join(tmpdir(), `bench-${pid}.md`);
const numeral = (n) => {
  const digits = '零一二三四五六七八九';
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const high = hundreds ? `${digits[hundreds]}百` : '';
  const middle = tens ? `${tens === 1 && !hundreds ? '' : digits[tens]}十` : high && ones ? '零' : '';
  return high + middle + (ones ? digits[ones] : '');
};
const articles = Array.from({ length: 300 }, (_, i) => `第${numeral(i + 1)}条 这是示例条文,说明第 ${i + 1} 件事由谁办、怎么办、几天办完,以及办不成的时候到哪里去问。`);
writeFileSync(law, `# 示例办法(测速用)\n\n${articles.join('\n\n')}\n`);
execFileSync(server, ['import', 'policies', law], { stdio: 'ignore' });
await new Promise((done) => setTimeout(done, 2_500));
const found = await (await fetch(`${url}/policies?q=${encodeURIComponent('测速用')}`)).text();
const path = /href="(\/policies\/\d+)"[^>]*>示例办法/.exec(found)[1];
const pages = [];
for (let i = 0; i < 60; i += 1) {
  const started = performance.now();
  const page = await (await fetch(url + path)).text();
  pages.push(performance.now() - started);
  if (page.split('class="p-clause ').length < 301) throw new Error('the page has not all articles');
}
row('The page of a policy of 300 articles', '< 30 ms', `median ${ms(pages)[0]}, p99 ${ms(pages)[1]}`);

const interpreter = await person(server, 'bench-interpreter', 'interpreter');
const asked = [];
for (let i = 0; i < PANELS; i += 1) asked.push(piece(await post('/policies/2/ask', { words: `示例提问 ${i}:${'问'.repeat(i % 40)}`, seen: 'yes' }, i)));
const before = memory();
const heard = asked.map(() => []);
for (let i = 0; i < PANELS; i += 50) {
  const some = asked.slice(i, i + 50);
  await Promise.all(some.map(({ digest, after }, j) => follow(`/questions/live?of=${digest}&after=${after}`, network(i + j), (_, at) => heard[i + j].push(at))));
}
await new Promise((done) => setTimeout(done, 2_000));
const each = (memory() - before) / PANELS;
row(`Memory for each of ${PANELS.toLocaleString('en')} open panels`, '< 20 kB', `${each.toFixed(1)} kB`);

// Questions to the desk.
const desk = [];
await follow('/desk/live', { cookie: interpreter.cookie() }, (data, at) => {
  if (JSON.parse(data).kind === 'questions.ask') desk.push(at);
});
const coming = [];
for (let i = 0; i < MEASURED; i += 1) {
  const [started, known] = [performance.now(), desk.length];
  await post('/policies/2/ask', { words: `示例新提问 ${i}`, seen: 'yes' }, i);
  while (desk.length === known) await new Promise((done) => setTimeout(done, 1));
  coming.push(desk.at(-1) - started);
  await new Promise((done) => setTimeout(done, 20 * (i % 10)));
}
row(`A question to the desk, ${PANELS.toLocaleString('en')} panels open`, 'p99 < 300 ms', `median ${ms(coming)[0]}, p99 ${ms(coming)[1]}`);

// Answers to the pages: until the page has asked again and has the answer.
const queue = await interpreter.get('/desk/questions');
const links = [...queue.body.matchAll(/href="(\/desk\/questions\/\d+)"/g)].map((match) => match[1]).slice(0, MEASURED);
const going = [];
for (const [i, link] of links.entries()) {
  const started = performance.now();
  await interpreter.post(`${link}/answer`, { words: `示例答复 ${i}`, seen: 'yes' });
  while (!heard[i].length) await new Promise((done) => setTimeout(done, 1));
  const page = await post('/questions', { code: asked[i].code }, i);
  if (!page.includes(`示例答复 ${i}`)) throw new Error('the page has no answer');
  going.push(performance.now() - started);
  await new Promise((done) => setTimeout(done, 20 * (i % 10)));
}
await new Promise((done) => setTimeout(done, 1_000));
const [lost, doubled] = [heard.slice(0, links.length).filter((it) => !it.length), heard.filter((it) => it.length > 1)];
row(
  `An answer to the page, ${PANELS.toLocaleString('en')} panels open`,
  'p99 < 300 ms',
  `median ${ms(going)[0]}, p99 ${ms(going)[1]}; ${lost.length} lost, ${doubled.length} doubled`,
);
process.exit();
