// Counts what the runners left in a folder: `results.mjs e2e FOLDER` a line for every browser, `results.mjs all FOLDER` the sum.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [what, folder] = process.argv.slice(2);
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');

/** Playwright's JSON report, as { phone: { passed, failed, skipped, names }, … }; names are those of the failed, each with its reason. */
function browsers() {
  const projects = {};
  const visit = (suite) => {
    suite.suites?.forEach(visit);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const count = (projects[test.projectName] ??= { passed: 0, failed: 0, skipped: 0, again: 0, names: [] });
        const outcome = { expected: 'passed', flaky: 'passed', skipped: 'skipped' }[test.status] ?? 'failed';
        count[outcome] += 1;
        if (test.status === 'flaky') count.again += 1;
        if (outcome === 'failed') {
          // Every attempt, as a second one may fail for what the first left behind.
          const reasons = test.results.map(({ error }) => plain(error?.message ?? test.status).split('\n').slice(0, 6).join(' '));
          count.names.push(`${spec.file}:${spec.line} ${spec.title}: ${[...new Set(reasons)].join(' | ')}`);
        }
      }
    }
  };
  visit(JSON.parse(read('e2e.json') || '{}'));
  return projects;
}

/** A terminal's text without its colours. */
const plain = (text) => text.replace(/\x1b\[[0-9;]*m/g, '');

/** The summary line of nextest, or the ones of cargo test, a line for every binary. */
function unit() {
  const log = plain(read('unit.log'));
  const lines = log.match(/^ *Summary \[.*tests? run:.*$|^test result: .*$/gm) ?? [];
  const sum = (words) => [...lines.join('\n').matchAll(new RegExp(`(\\d+) (?:${words})`, 'g'))].reduce((n, [, d]) => n + Number(d), 0);
  const names = new Set([...log.matchAll(/^ *(?:FAIL|TIMEOUT|SIG\w+) \[.*?\] (.*)$/gm)].map(([, name]) => name.trim()));
  return { passed: sum('passed'), failed: sum('failed|timed out|exec failed'), names: [...names] };
}

if (what === 'e2e') {
  for (const [name, { passed, failed, skipped, again }] of Object.entries(browsers())) {
    const attempts = again ? ` (${again} of them at the second attempt)` : '';
    console.log(`  ${name}: ${passed} passed${attempts}, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
} else {
  const counts = { unit: unit(), e2e: { passed: 0, failed: 0, names: [] } };
  for (const [browser, { passed, failed, names }] of Object.entries(browsers())) {
    counts.e2e.passed += passed;
    counts.e2e.failed += failed;
    counts.e2e.names.push(...names.map((name) => `[${browser}] ${name}`));
  }
  // A part that failed without a failed test (it did not compile, a lint) counts as one, so that the sum never reads as success.
  const broken = read('failed').split('\n').filter(Boolean);
  let { passed, failed } = Object.values(counts).reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
  for (const part of broken) {
    console.log(`✗ ${part}`);
    for (const name of counts[part]?.names ?? []) console.log(`    ${name}`);
    if (!counts[part]?.failed) failed += 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
}
