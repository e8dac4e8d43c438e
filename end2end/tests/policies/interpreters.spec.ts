// The register of interpreters: a post is registered at the desk, read by residents from the panel of a policy, and handed over with
// all it has; its old address leads on. With and without JavaScript.
import type { Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** Nothing runs off the screen, and axe finds nothing wrong. */
async function sound(page: Page, javaScriptEnabled: boolean) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
  if (!javaScriptEnabled) return;
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  expect(await wrongs(page), page.url()).toEqual([]);
}

test('residents see from a policy who answers, when, and how fast', async ({ page, open, elder, javaScriptEnabled }) => {
  await open('/policies/2');
  await page.locator('#interpreter').getByRole('link', { name: '示例解读人' }).first().click();
  await expect(page).toHaveURL(/\/interpreters\/\d+$/);
  await expect(page.getByText(/现在(不)?在岗/).first()).toBeVisible();
  await expect(page.getByText('已答复的提问')).toBeVisible();
  await expect(page.getByRole('link', { name: '成都市便民服务点管理办法(示例)' })).toBeVisible();
  expect(await tooLow(page, 'main', 44)).toEqual([]);
  await sound(page, !!javaScriptEnabled);
  await open('/en/interpreters/1');
  await expect(page.getByText('Questions answered')).toBeVisible();
  await sound(page, !!javaScriptEnabled);
  await elder();
  await open('/interpreters/1');
  await sound(page, !!javaScriptEnabled);
  expect((await open('/interpreters/3')).status()).toBe(410);
  await page.getByRole('link', { name: '养老服务处(示例岗位)' }).click();
  await expect(page.locator('h1')).toHaveText('养老服务处(示例岗位)');
});

test('a post is registered, refused with its words kept, changed, and handed over', async ({ page, javaScriptEnabled }, { project }) => {
  const name = `示例岗位 ${project.name} ${Date.now() % 100_000}`;
  await settle(page, openAccount('reviewer', '510100'));
  await page.getByRole('link', { name: '解读人名录' }).click();
  await expect(page.locator('#interpreter-1')).toContainText('便民服务处(示例岗位)');
  await sound(page, !!javaScriptEnabled);
  await page.getByRole('link', { name: '登记一个岗位' }).click();
  await sound(page, !!javaScriptEnabled);
  expect(await tooLow(page, 'main', 44)).toEqual([]);
  await page.getByLabel('单位(名称或代码)').fill('510100-services');
  await page.getByLabel('岗位', { exact: true }).fill(name);
  await page.getByLabel('现在在岗的人').fill('示例解读人');
  await page.getByLabel('办公电话').fill('请打总机');
  await page.getByLabel('什么时候有人').fill('每天 0:00-24:00;节假日照常');
  await page.getByRole('button', { name: '保存并发布' }).click();
  await expect(page.locator('.p-errors')).toContainText('写办公电话');
  await expect(page.getByLabel('岗位', { exact: true })).toHaveValue(name);
  await expect(page.getByLabel('什么时候有人')).toHaveValue('每天 0:00-24:00;节假日照常');
  await sound(page, !!javaScriptEnabled);
  await page.getByLabel('办公电话').fill('028-00000019');
  await page.getByLabel('类别').selectOption('supplementary');
  await page.getByLabel('解读哪些事').fill('代办、上门');
  await page.getByLabel('不在岗时找谁').selectOption({ label: '便民服务处(示例岗位)' });
  await page.getByRole('button', { name: '保存并发布' }).click();
  await expect(page).toHaveURL('/desk/interpreters');
  const row = page.locator('#interpreters tr', { hasText: name });
  await expect(async () => {
    await page.goto('/desk/interpreters');
    await expect(row).toContainText('补充解读人', { timeout: 1_000 });
  }).toPass();
  await expect(row).toContainText('● 在岗');

  await row.getByRole('link', { name }).click();
  await page.getByRole('link', { name: '居民看到的页面' }).click();
  const address = page.url();
  // Every server shows it within a second.
  await expect(async () => {
    await page.goto(address);
    await expect(page.locator('main')).toContainText('代办、上门', { timeout: 1_000 });
  }).toPass();
  await expect(page.locator('main')).toContainText('每天 00:00-24:00');
  await page.goto(address.replace('/interpreters/', '/desk/interpreters/'));
  await page.getByRole('link', { name: '交接并停用' }).click();
  await expect(page.locator('#moves')).toContainText('0 份政策');
  await sound(page, !!javaScriptEnabled);
  await page.getByRole('button', { name: '交接并停用' }).click();
  await expect(page.locator('.p-errors')).toContainText('写明为什么交接');
  await page.getByLabel('由哪个岗位接手').selectOption({ label: '便民服务处(示例岗位)' });
  await page.getByLabel('为什么交接').fill('处室撤并(示例)');
  await page.getByRole('button', { name: '交接并停用' }).click();
  await expect(page).toHaveURL('/desk/interpreters');
  await expect(async () => {
    expect((await page.goto(address))!.status()).toBe(410);
  }).toPass();
  await expect(page.locator('main .p-notice')).toContainText('处室撤并(示例)');
  await expect(page.getByRole('link', { name: '便民服务处(示例岗位)' })).toBeVisible();
  await sound(page, !!javaScriptEnabled);
});
