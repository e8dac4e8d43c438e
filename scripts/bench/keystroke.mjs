// How long a keystroke in the search box of /points takes with all points in the browser: from the input event to the list
// that follows it, and the same with the layout of that list.
import { desktop, phone, quantile, row, url, withPage } from './browser.mjs';

const words = ['社保', '图书馆', '武侯区', 'library', '政务服务中心', '028-0', '街道'];

/** Runs in the page: notes, for every input event, when the handlers and all they set off had run. */
function watch() {
  const found = document.querySelector('.p-finder__found');
  const box = document.querySelector('input[name=q]');
  const samples = (globalThis.samples = []);
  // Messages, the list: whatever changes beside the map.
  let changed = 0;
  new MutationObserver(() => (changed = performance.now())).observe(document.querySelector('.p-finder__sheet'), {
    childList: true,
    subtree: true,
    characterData: true,
  });
  // What changed between a keystroke's work and the next keystroke was not done in time.
  const judge = (globalThis.judge = () => {
    const last = samples.at(-1);
    if (last) last.late = changed > last.laidOut;
  });
  // The first listener to hear of the event, and the last: between them run all others and their microtasks.
  let started = 0;
  const first = () => {
    judge();
    started = performance.now();
  };
  const last = () => {
    const dom = performance.now() - started;
    void document.body.offsetHeight;
    const laidOut = performance.now();
    samples.push({ words: box.value, said: found.textContent, dom, layout: laidOut - started, laidOut });
  };
  addEventListener('input', first, { capture: true });
  addEventListener('input', last);
}

async function type(device) {
  return withPage(device, async (page) => {
    await page.goto(`${url}/points`);
    const box = page.locator('main input[name=q]');
    // The islands wake and the points are fetched when the box is first touched.
    const feed = page.waitForResponse((response) => response.url().endsWith('/api/feed'));
    await box.focus();
    await feed;
    await page.keyboard.insertText('a');
    await page.waitForFunction(() => document.querySelector('.p-finder__sheet [hidden] .p-card') !== null);
    await page.keyboard.press('Backspace');
    await page.waitForTimeout(500);
    await page.evaluate(watch);
    for (const word of words) {
      for (const letter of word) {
        await page.keyboard.insertText(letter);
        await page.waitForTimeout(150);
      }
      for (const _ of word) {
        await page.keyboard.press('Backspace');
        await page.waitForTimeout(150);
      }
    }
    await page.waitForTimeout(500);
    const samples = await page.evaluate(() => (globalThis.judge(), globalThis.samples));
    const expected = 2 * [...words.join('')].length;
    if (samples.length !== expected) throw new Error(`${samples.length} input events, not ${expected}`);
    const late = samples.filter((sample) => sample.late);
    if (late.length > 0) throw new Error(`the list came later than the keystroke: ${JSON.stringify(late.slice(0, 3))}`);
    return samples;
  });
}

for (const [name, device] of [['desktop', desktop], ['phone', phone]]) {
  const samples = await type(device);
  const slowest = samples.reduce((a, b) => (a.dom > b.dom ? a : b));
  console.error(`    ${name}: slowest ${slowest.dom.toFixed(1)} ms for "${slowest.words}" (${slowest.said})`);
  const of = (key) => [0.5, 0.95].map((share) => quantile(samples.map((it) => it[key]), share).toFixed(1));
  const [[median, p95], [laidOut, laidOut95]] = [of('dom'), of('layout')];
  row(
    `A keystroke among 4,000 points, ${name}`,
    '< 16 ms',
    `median ${median} ms, p95 ${p95} ms (laid out: ${laidOut} ms, ${laidOut95} ms)`,
  );
}
