// 一手册 as a resident reads it and as a clerk writes it.
import { expect, test, wrongs } from '../../fixtures/portal';
import type { Page } from '@playwright/test';
import { openAccount, settle } from '../../fixtures/staff';

/** axe is a script of the page: without scripts it cannot look. */
async function clean(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled !== false) expect(await wrongs(page)).toEqual([]);
}

test('a resident finds a guide, its steps and where it is done', async ({ page, open }) => {
  await open('/manual/510107');
  await expect(page.locator('h1')).toHaveText('武侯区一手册');
  await clean(page);
  await page.getByRole('link', { name: '办事服务指南' }).click();
  await page.getByRole('link', { name: /最低生活保障申请/ }).click();
  await expect(page.locator('.p-steps__step')).toHaveCount(5);
  await expect(page.locator('.p-entry').first()).toContainText('武侯区');
  await clean(page);
  await page.getByRole('link', { name: /在武侯区能办的地方/ }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/points' && url.searchParams.get('service') === 'minimum-allowance');
});

test('chapters follow each other, and the manual is searched', async ({ page, open }) => {
  await open('/manual/510107/how-to');
  await page.locator('.p-turn[rel=next]').click();
  await expect(page.locator('h1')).toHaveText('一张图 点位名录');
  await page.locator('.p-section .p-row').first().click();
  await expect(page.locator('.p-entry').first()).toBeVisible();
  await clean(page);
  await open('/manual/510107');
  await page.getByLabel('在手册里找').fill('低保 材料');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await expect(page.locator('mark').first()).toBeVisible();
  await clean(page);
});

test('editions are listed, and in English too', async ({ page, open }) => {
  await open('/en/manual/510107');
  await expect(page.locator('h1')).toHaveText('Manual of Wuhou District');
  await clean(page);
  await page.getByRole('link', { name: 'Editions and changes' }).click();
  await expect(page.locator('.p-edition').first()).toContainText('Edition');
  await clean(page);
});

test('a clerk writes a chapter, another publishes it, a resident reads it', async ({ page, open, browser }) => {
  // A manual has one draft at a time, and projects run side by side.
  const districts: Record<string, string> = { phone: '510104', desktop: '510105', 'phone-nojs': '510106', 'desktop-nojs': '510108' };
  const district = districts[test.info().project.name]!;
  const [editor, reviewer] = [openAccount('editor', district), openAccount('reviewer', district)];
  await settle(page, editor);
  await open(`/desk/manual/${district}`);
  await clean(page);
  const slug = `x${Date.now().toString(36)}`;
  const title = `示例:窗口调整 ${slug}`;
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByLabel('代号').fill(slug);
  await page.getByRole('button', { name: '加到草稿' }).click();
  await page.getByRole('link', { name: title }).click();
  await page.getByLabel('正文', { exact: true }).fill('# 从下周起\n\n三号窗口搬到二楼 <b>楼梯口</b>。');
  await page.getByRole('button', { name: '预览' }).click();
  await expect(page.locator('.p-preview')).toContainText('三号窗口搬到二楼 <b>楼梯口</b>。');
  await clean(page);
  await page.getByRole('button', { name: '存进草稿' }).click();
  await page.getByLabel('为什么改').fill('示例');
  await page.getByRole('button', { name: '提交复核' }).click();
  await expect(page.locator('.p-notice').first()).toContainText('待复核');

  const other = await (await browser.newContext()).newPage();
  await settle(other, reviewer);
  await other.goto('/desk/manual');
  await other.getByRole('link', { name: /待复核/ }).first().click();
  await other.getByRole('button', { name: '通过,出新版' }).click();
  await expect(other.locator('.p-tag').first()).toContainText('已发布');
  await expect(async () => {
    await page.goto(`/manual/${district}/${slug}`);
    await expect(page.locator('h1')).toHaveText(title, { timeout: 500 });
  }).toPass();
  await page.goto(`/manual/${district}/editions`);
  await page.getByRole('link', { name: '改了什么' }).first().click();
  await expect(page.locator('.p-changed ins', { hasText: '从下周起' })).toHaveCount(1);
  await clean(page);
});
