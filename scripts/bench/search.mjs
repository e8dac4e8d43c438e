// How good the search is: judged questions (server/search/judged) over the demonstration city and the texts of laws, asked as a program
// asks. MRR@10 and recall@5 by group; how many questions without an answer are given one. `search.mjs SERVER FOLDER [--list]
// [--by-meaning]`; without a folder nothing is imported.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { quantile, row, url } from './browser.mjs';

const [server, laws, ...options] = process.argv.slice(2);
const list = options.includes('--list');
const how = options.includes('--by-meaning') ? ' by words and meaning' : ' by words';
const judged = new URL('../../server/search/judged/', import.meta.url);

/** The fields of a line of CSV. */
const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((it) => (it[1] ?? it[2]).replaceAll('""', '"'));
const table = (name) =>
  readFileSync(new URL(name, judged), 'utf8').trim().split('\n').slice(1).map((line) => fields(line.trimEnd()));

const heading = (name) => /^# (.+)$/m.exec(readFileSync(new URL(`../../server/seed/policies/${name}.md`, import.meta.url), 'utf8'))[1];

/** What a law is called, without the name of the state. */
const bare = (title) => title.replace(/^中华人民共和国/, '');

/** Whether a result is what a target names. */
const is = (result, target) => {
  const [, kind, rest] = /^(\w+):(.*)$/.exec(target);
  const [name, article] = rest.split('#');
  if (kind === 'service') return result.kind === 'service' && result.url.endsWith(`service=${name}`);
  if (kind === 'office') return result.kind === 'office' && result.title === name;
  if (kind === 'point') return result.kind === 'point' && result.title === name;
  if (kind === 'chapter') return result.kind === 'manual' && result.url.split('#')[0].endsWith(`/${name}`);
  const title = kind === 'law' ? name.replace(/\([\d-]+\)$/, '') : heading(name);
  if (!article) return result.kind === 'policy' && bare(result.title) === bare(title);
  return result.kind === 'clause' && bare(result.within).startsWith(`${bare(title)} `) && result.title === article;
};

const ask = async (query) => (await fetch(`${url}/api/search?q=${encodeURIComponent(query)}`)).json();

if (laws) {
  execFileSync(server, ['import', 'policies', laws], { stdio: 'ignore' });
  // The index follows; the texts take a while, and all of them are shown at once.
  const title = readdirSync(laws).at(-1).replace(/\([\d-]+\)\.md$/, '');
  for (let found = false; !found; ) {
    await new Promise((done) => setTimeout(done, 500));
    found = (await ask(title)).results.some((it) => it.kind === 'policy' && bare(it.title) === bare(title));
  }
}

/** Asks a set of judged questions, and those that nothing answers. */
const judge = async (folder, called) => {
  const groups = new Map();
  const times = [];
  for (const [group, query, targets] of table(`${folder}questions.csv`)) {
    const started = performance.now();
    const { results, instead } = await ask(query);
    times.push(performance.now() - started);
    const wanted = targets.split(';');
    const place = results.slice(0, 10).findIndex((result) => wanted.some((target) => is(result, target))) + 1;
    for (const name of [group, 'all']) {
      const sum = groups.get(name) ?? { count: 0, reciprocal: 0, recalled: 0 };
      sum.count += 1;
      sum.reciprocal += place ? 1 / place : 0;
      sum.recalled += place && place <= 5 ? 1 : 0;
      groups.set(name, sum);
    }
    if (list && place !== 1) {
      const first = results.slice(0, 3).map((it) => `${it.kind} ${it.within.split(' ')[0]} ${it.title} ${it.score.toFixed(2)}`);
      console.log(`${group}\t${place}\t${query}\t[${instead ?? ''}]\t${targets}\n\t\t${first.join('\n\t\t')}`);
    }
  }
  let answered = 0;
  const none = table(`${folder}unanswerable.csv`);
  for (const [query] of none) {
    const { answers } = await ask(query);
    if (answers.length) {
      answered += 1;
      if (list) console.log(`answered\t${query}\t${answers[0].within} ${answers[0].title} ${answers[0].passage.slice(0, 50)} ${answers[0].score}`);
    }
  }
  for (const [name, { count, reciprocal, recalled }] of groups) {
    const target = { all: '≥ 0.85', colloquial: '≥ 0.75' }[name] ?? '';
    row(`Search${how}, ${count} ${called}, ${name}: MRR@10, recall@5`, target, `${(reciprocal / count).toFixed(3)}, ${(recalled / count).toFixed(3)}`);
  }
  row(`Of ${called} without an answer are given one,${how}`, '≤ 5 %', `${((100 * answered) / none.length).toFixed(0)} % of ${none.length}`);
  row(`The ${called}, one after the other,${how}`, '', `median ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`);
};

await judge('', 'judged questions');
await judge('held-out/', 'questions held out');
