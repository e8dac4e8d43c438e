// What anybody finds among the policies, with and without JavaScript: filters, old and new beside each other, questions, the feed.
import type { Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';

async function check(page: Page, javaScriptEnabled: boolean | undefined, elder = false) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
  expect(await tooLow(page, 'main', elder ? 60 : 44), page.url()).toEqual([]);
  if (javaScriptEnabled) expect(await wrongs(page, { elder }), page.url()).toEqual([]);
}

test('the list is filtered by a form whose address can be kept', async ({ page, javaScriptEnabled }) => {
  await page.goto('/policies');
  await expect(page.getByLabel('解读形式')).toBeHidden();
  await check(page, javaScriptEnabled);
  await page.getByText('更多条件').click();
  await page.getByLabel('解读形式').selectOption({ label: '一问一答 (1)' });
  await page.getByLabel('主题', { exact: true }).selectOption('养老服务');
  await page.getByRole('button', { name: '找' }).click();
  await expect(page.locator('.p-policy-row')).toHaveCount(1);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get('form'), searchParams.get('subject')]).toEqual(['questions', '养老服务']);
  await expect(page.getByLabel('解读形式'), 'what is used is open').toHaveValue('questions');
  await check(page, javaScriptEnabled);
  await page.getByLabel('标题、文号或主题').fill('没有这样的政策');
  await page.getByRole('button', { name: '找' }).click();
  await expect(page.locator('.p-policy-row')).toHaveCount(0);
  await page.getByRole('link', { name: /去掉.*没有这样的政策/ }).click();
  await expect(page.locator('.p-policy-row')).toHaveCount(1);
});

test('old and new stand beside each other on a desktop and below each other on a phone', async ({ page, javaScriptEnabled, isMobile }) => {
  await page.goto('/policies/2');
  await page.getByRole('link', { name: '和旧文件逐条对照' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('新旧对照');
  const row = page.locator('.p-compare__row--changed').first();
  const [old, now] = await Promise.all(['old', 'new'].map((side) => row.locator(`.p-compare__side--${side}`).boundingBox()));
  if (isMobile) expect(now!.y).toBeGreaterThanOrEqual(old!.y + old!.height);
  else expect([now!.y === old!.y, now!.x > old!.x + old!.width]).toEqual([true, true]);
  await expect(row.locator('.p-tag')).toContainText('修改');
  // Not by colour alone: what went is struck through, what came is underlined.
  expect(await row.locator('del').first().evaluate((it) => getComputedStyle(it).textDecorationLine)).toBe('line-through');
  expect(await row.locator('ins').first().evaluate((it) => getComputedStyle(it).textDecorationLine)).toBe('underline');
  await check(page, javaScriptEnabled);
  await page.locator('.p-compare__head a').first().click();
  await page.getByRole('link', { name: '和新文件逐条对照' }).click();
  await expect(page).toHaveURL('/policies/2/compare?with=1');
});

test('questions have pages of their own, and asking in person is one step away', async ({ page, javaScriptEnabled }) => {
  await page.goto('/policies/2');
  const place = page.locator('.p-in-person li a').first();
  await expect(place).toBeVisible();
  const name = (await place.textContent())!;
  await place.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  for (const path of ['/policies/2/questions', '/policies/2/questions?at=a7', '/policies/questions']) {
    await page.goto(path);
    await check(page, javaScriptEnabled);
  }
  await page.getByRole('link', { name: '养老服务', exact: true }).click();
  await expect(page.locator('.p-chip--here')).toHaveText('养老服务');
});

test('the pages fit large print', async ({ page, elder, javaScriptEnabled }) => {
  await elder();
  for (const path of ['/policies?year=2026', '/policies/2', '/policies/2/compare', '/policies/2/questions?at=a7', '/policies/questions']) {
    await page.goto(path);
    await check(page, javaScriptEnabled, true);
  }
});

test('the feed is found and can be read', async ({ page }) => {
  await page.goto('/policies');
  const href = await page.locator('head link[type="application/atom+xml"]').getAttribute('href');
  const answer = await page.request.get(href!);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect((await answer.text()).match(/<entry>/g)!.length).toBeGreaterThanOrEqual(3);
});
