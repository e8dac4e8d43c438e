// Lighthouse as it comes, for a phone: the median of several runs for each page.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { executablePath } from '../../end2end/fixtures/browser.mjs';
import { flags, quantile, row, url } from './browser.mjs';

const cli = fileURLToPath(new URL('../../end2end/node_modules/lighthouse/cli/index.js', import.meta.url));
const runs = Number(process.env.BENCH_LIGHTHOUSE_RUNS ?? 3);
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

/** One run; Chromium now and then fails to open the first page, which is no measurement. */
function run(path, tries = 3) {
  const options = [
    url + path,
    '--quiet',
    '--output=json',
    '--output-path=stdout',
    `--only-categories=${categories}`,
    `--chrome-flags=--headless=new ${flags.join(' ')}`,
  ];
  const env = { ...process.env, CHROME_PATH: executablePath };
  try {
    const report = execFileSync(process.execPath, [cli, ...options], {
      env,
      maxBuffer: 1 << 28,
      timeout: 180_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(report);
  } catch (error) {
    console.error(`    ${path}: Lighthouse failed: ${String(error.stderr ?? error).trim().split('\n')[0]}`);
    if (tries > 1) return run(path, tries - 1);
    throw error;
  }
}

for (const path of ['/', '/points', '/points/1']) {
  const reports = Array.from({ length: runs }, () => run(path));
  const score = (name) => Math.round(quantile(reports.map((it) => it.categories[name].score), 0.5) * 100);
  const metric = (id) => quantile(reports.map((it) => it.audits[id].numericValue), 0.5);
  row(
    `Lighthouse on a phone, \`${path}\``,
    '≥ 95 · 100 · 100 · 100',
    `${categories.map(score).join(' · ')} (LCP ${(metric('largest-contentful-paint') / 1000).toFixed(1)} s, ` +
      `TBT ${metric('total-blocking-time').toFixed(0)} ms, CLS ${metric('cumulative-layout-shift').toFixed(3)})`,
  );
  // What keeps a page from 100, once.
  const wanting = new Map();
  for (const { categories: all, audits } of reports) {
    for (const { id } of Object.values(all).flatMap((it) => it.auditRefs.filter(({ weight }) => weight > 0))) {
      if (audits[id].score !== null && audits[id].score < 0.9) wanting.set(id, audits[id].displayValue ?? audits[id].title);
    }
  }
  for (const [id, words] of wanting) console.error(`    ${path} ${id}: ${words}`);
}
