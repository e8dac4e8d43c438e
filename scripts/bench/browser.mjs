// The browser of the measurements: Playwright of end2end on the system's Chromium.
import { createRequire } from 'node:module';
import { desktop, executablePath, flags, phone } from '../../end2end/fixtures/browser.mjs';

const require = createRequire(new URL('../../end2end/package.json', import.meta.url));
const { chromium } = require('@playwright/test');

export const url = process.env.BENCH_URL;
export { desktop, flags, phone };

/** Runs `work` with a page that has nothing in its cache. */
export async function withPage(device, work) {
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const context = await browser.newContext({ ...device, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    return await work(await context.newPage());
  } finally {
    await browser.close();
  }
}

/** A row of the table. */
export const row = (value, target, result) => console.log(`| ${value} | ${target} | ${result} |`);

export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** The value below which this share of the samples lies. */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
