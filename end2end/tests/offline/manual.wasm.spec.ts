// A manual kept on the telephone is read in a browser whose network is off, and renewed when there is a newer edition.
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { expect, pointsOf, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

const FRONT = '/manual/510107';
const keptOf = (page: Page) => page.evaluate(() => caches.keys().then((names) => names.filter((it) => it.startsWith('kept '))));
const pages = async (request: APIRequestContext, path = FRONT) => (await (await request.get(`${path}/offline.json`)).json()) as { edition: number; pages: string[] };

/** Cuts the network. Chromium 148 gives a worker its network back with every page that is opened, so it is cut before each. */
async function cut(context: BrowserContext) {
  await context.setOffline(false);
  await context.setOffline(true);
}

test('a district is kept whole and read with the network off', async ({ page, context, request, tolerate }) => {
  tolerate(/./);
  const list = await pages(request);
  await page.goto(FRONT);
  await page.getByRole('button', { name: '存到手机' }).click();
  await expect(page.locator('.p-keep__said')).toContainText('已存在手机上', { timeout: 45_000 });
  await expect(page.locator('.p-keep__said')).toContainText(`${list.pages.length} 页`);
  await expect(page.locator('.p-keep__said')).toContainText('MB');
  expect(await keptOf(page)).toHaveLength(1);
  expect(await wrongs(page)).toEqual([]);

  await cut(context);
  await page.goto(FRONT);
  const bar = page.locator('[data-kept-bar]');
  await expect(bar).toContainText(`没有连上网,这是手机上存的第 ${list.edition} 版`);
  await expect(bar.locator('time')).toHaveText(/\d{4}年/);
  expect(await wrongs(page)).toEqual([]);
  await cut(context);
  await page.locator('.p-manual__contents a', { hasText: '办事' }).first().click();
  await expect(bar).toBeVisible();
  const guide = page.locator('.p-rows a').first();
  const name = (await guide.locator('span').first().textContent())!;
  await cut(context);
  await guide.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(bar).toBeVisible();
  // The places of a township, as the telephone has them.
  await cut(context);
  await page.goto(`${FRONT}/points`);
  await cut(context);
  await page.getByRole('heading', { name: '按地区看' }).locator('xpath=..').getByRole('link').first().click();
  await expect(page.locator('.p-entry').first()).toBeVisible();
  await expect(bar).toBeVisible();
  // Every page of the list, not only those a reader happens to open.
  const missing = await page.evaluate(async (paths) => {
    const answers = await Promise.all(paths.map(async (path) => [path, await caches.match(path, { ignoreVary: true })] as const));
    return answers.filter(([, answer]) => !answer?.ok).map(([path]) => path);
  }, list.pages);
  expect(missing).toEqual([]);

  // What is not kept says so, and leads to what is.
  await cut(context);
  await page.goto('/points/1');
  await expect(page.getByRole('alert')).toContainText('没有存在手机上');
  expect(await wrongs(page)).toEqual([]);
  await cut(context);
  await page.getByRole('link', { name: /一手册.*第/ }).click();
  await expect(page).toHaveURL(FRONT);

  await context.setOffline(false);
  await page.goto(FRONT);
  await expect(bar).toBeHidden();
  await page.getByRole('button', { name: '从手机删除' }).click();
  await expect(page.locator('.p-keep__said')).toHaveText('已从手机删除。');
  expect(await keptOf(page)).toEqual([]);
});

test('a newer edition takes the place of the kept one by itself, and the reader is told what has changed', async ({ page, context, browser, request, viewport, tolerate }, { project }) => {
  test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');
  test.setTimeout(120_000);
  tolerate(/./);
  // Districts that no other test publishes in.
  const front = { phone: '/manual/510112', desktop: '/manual/510113' }[project.name]!;
  const division = front.slice(-6);
  await page.goto(front);
  await page.getByRole('button', { name: '存到手机' }).click();
  await expect(page.locator('.p-keep__said')).toContainText('已存在手机上', { timeout: 45_000 });
  const [kept] = await keptOf(page);
  const before = (await pages(request, front)).edition;

  // A place of the district gets another name, with every attempt another.
  const staff = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('editor', division));
  const [place] = await pointsOf(request, { division, kind: 'service-centre' });
  await staff.goto(`/desk/points/${place.id}`);
  await staff.getByLabel('名称', { exact: true }).fill(`示例改名 ${project.name} ${before}`);
  await staff.getByLabel('为什么改,依据是什么').fill('更名通知');
  await staff.getByRole('button', { name: '提交复核' }).click();
  await expect(staff.locator('.p-tag').first()).toHaveText('待复核');
  const change = new URL(staff.url()).pathname;
  const reviewer = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage();
  await settle(reviewer, openAccount('reviewer', division));
  await reviewer.goto(change);
  await reviewer.getByRole('button', { name: '通过并发布' }).click();
  await expect(reviewer.locator('.p-tag').first()).toHaveText('已发布');
  await Promise.all([staff, reviewer].map((it) => it.context().close()));
  await expect.poll(async () => (await pages(request, front)).edition, { timeout: 30_000 }).toBeGreaterThan(before);

  await cut(context);
  await page.goto(front);
  await expect(page.locator('[data-kept-bar]')).toContainText(`第 ${before} 版`);
  await context.setOffline(false);
  await page.goto(front);
  await expect(page.locator('[data-since]')).toContainText(`上次看的是第 ${before} 版`);
  await expect.poll(() => keptOf(page), { timeout: 45_000 }).not.toEqual([kept]);
  await expect.poll(async () => (await keptOf(page)).length).toBe(1);
  const now = (await pages(request, front)).edition;
  await cut(context);
  await page.goto(front);
  await expect(page.locator('[data-kept-bar]')).toContainText(`第 ${now} 版`);
  await context.setOffline(false);
  await page.goto(front);
  await page.locator('[data-since] a').click();
  await expect(page).toHaveURL(`${front}/changes?from=${before}`);
  await expect(page.locator('ins').first()).toBeVisible();
});
