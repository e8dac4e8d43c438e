// Counts what the runners left in a folder: `results.mjs e2e FOLDER` a line for every browser, `results.mjs all FOLDER` the sum.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [what, folder] = process.argv.slice(2);
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');

/** Playwright's JSON report, as { phone: { passed, failed, skipped }, … }. */
function browsers() {
  const projects = {};
  const visit = (suite) => {
    suite.suites?.forEach(visit);
    for (const test of suite.specs?.flatMap((spec) => spec.tests) ?? []) {
      const count = (projects[test.projectName] ??= { passed: 0, failed: 0, skipped: 0, again: 0 });
      count[{ expected: 'passed', flaky: 'passed', skipped: 'skipped' }[test.status] ?? 'failed'] += 1;
      if (test.status === 'flaky') count.again += 1;
    }
  };
  visit(JSON.parse(read('e2e.json') || '{}'));
  return projects;
}

/** The summary line of nextest, or the ones of cargo test, a line for every binary. */
function unit() {
  const log = read('unit.log').replace(/\x1b\[[0-9;]*m/g, '');
  const lines = log.match(/^ *Summary \[.*tests? run:.*$|^test result: .*$/gm) ?? [];
  const sum = (words) => [...lines.join('\n').matchAll(new RegExp(`(\\d+) (?:${words})`, 'g'))].reduce((n, [, d]) => n + Number(d), 0);
  return { passed: sum('passed'), failed: sum('failed|timed out|exec failed') };
}

if (what === 'e2e') {
  for (const [name, { passed, failed, skipped, again }] of Object.entries(browsers())) {
    const attempts = again ? ` (${again} of them at the second attempt)` : '';
    console.log(`  ${name}: ${passed} passed${attempts}, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
} else {
  const counts = { unit: unit(), e2e: { passed: 0, failed: 0 } };
  for (const { passed, failed } of Object.values(browsers())) {
    counts.e2e.passed += passed;
    counts.e2e.failed += failed;
  }
  // A part that failed without a failed test (it did not compile, a lint) counts as one, so that the sum never reads as success.
  const broken = read('failed').split('\n').filter(Boolean);
  let { passed, failed } = Object.values(counts).reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
  for (const part of broken) {
    console.log(`✗ ${part}`);
    if (!counts[part]?.failed) failed += 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
}
