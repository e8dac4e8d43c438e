// 报错 from both sides: a resident without an account, and staff who answer; with and without JavaScript.
import { expect, pointsOf, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** A picture of one pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

test('a resident reports, staff see it and answer, the resident reads the answer by a code', async ({ page, browser, request, javaScriptEnabled, viewport }, { project }) => {
  // Each project has a place of its own, for they all run on one portal.
  const places = await pointsOf(request, { division: '510104', kind: 'service-centre' });
  const place = places[['phone', 'desktop', 'phone-nojs', 'desktop-nojs'].indexOf(project.name)];
  const words = `示例:门口贴了搬家告示 ${project.name}`;
  const check = async (path = page) => {
    expect(await path.evaluate(() => document.documentElement.scrollWidth - innerWidth), path.url()).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(path), path.url()).toEqual([]);
  };

  await page.goto(`/points/${place.id}`);
  await page.getByRole('link', { name: '报错' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('报错');
  await check();
  expect(await tooLow(page, 'main form', 44)).toEqual([]);
  await page.getByLabel('其他').check();
  await page.getByLabel('照片').setInputFiles({ name: '告示.png', mimeType: 'image/png', buffer: PIXEL });
  await page.getByLabel('怎么联系您').fill('示例电话 028-09999999');
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('alert')).toContainText('请写几个字');
  await expect(page.getByText('照片已经收到')).toBeVisible();
  await expect(page.getByLabel('怎么联系您')).toHaveValue('示例电话 028-09999999');
  await expect(page.getByLabel('其他')).toBeChecked();
  await check();
  await page.getByLabel('具体情况').fill(words);
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('收到了,谢谢您');
  await check();
  const code = (await page.locator('.p-code .p-copy__text').textContent())!.trim();

  const staff = await (await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('editor', '510104'));
  await staff.goto('/desk');
  await staff.getByRole('link', { name: '居民报错' }).click();
  await check(staff);
  // The last one is of this very run.
  await staff.getByRole('link', { name: place.properties.name, exact: true }).last().click();
  await expect(staff.getByText(words)).toBeVisible();
  await expect(staff.getByAltText('居民附的照片')).toBeVisible();
  await expect(staff.getByText('028-09999999')).toHaveCount(0);
  await staff.getByRole('button', { name: '看联系方式' }).click();
  await expect(staff.getByText('示例电话 028-09999999')).toBeVisible();
  await check(staff);
  await staff.getByLabel('结果').selectOption('corrected');
  await staff.getByLabel('告诉报错的人').fill('示例:地址已改,谢谢');
  await staff.getByRole('button', { name: '答复并办结' }).click();
  await expect(staff).toHaveURL('/desk/reports');
  await staff.getByRole('link', { name: '已答复' }).click();
  await expect(staff.getByRole('link', { name: place.properties.name, exact: true }).first()).toBeVisible();
  await staff.context().close();

  await page.getByRole('link', { name: '报错结果' }).click();
  await check();
  await page.getByLabel('查询码').fill('一二三');
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page.getByRole('alert')).toContainText('查询码不对');
  await page.getByLabel('查询码').fill(code.toLowerCase().replaceAll('-', ''));
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page.locator('.p-tag')).toHaveText('已更正');
  await expect(page.getByText('示例:地址已改,谢谢')).toBeVisible();
  await check();
});

test('in English, and for the large-print reader', async ({ page, elder, javaScriptEnabled }) => {
  await page.goto('/en/points/1/report');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report an error');
  await page.getByRole('button', { name: 'Send' }).click();
  // The browser itself asks for the choice; nothing was sent.
  await expect(page).toHaveURL('/en/points/1/report');
  await page.getByLabel('The hours are wrong').check();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Received, thank you');
  await expect(page.locator('main')).not.toContainText(/[\u4e00-\u9fff]/);
  await elder();
  for (const path of ['/points/1/report', '/reports']) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(page, { elder: true }), path).toEqual([]);
  }
});
