// A clerk's whole day: the first sign-in, a messy table, a review, a closure, a report by a resident, and the audit log at night.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, wrongs } from '../../fixtures/portal';
import { codeOf, openAccount, settle, signIn } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');
test.setTimeout(180_000);

test('from the first password to the audit log', async ({ browser, javaScriptEnabled, viewport }, { project }) => {
  const mark = `${project.name}-${process.pid}`;
  const somebody = async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    return context.newPage();
  };
  const check = async (page: Page) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(page), page.url()).toEqual([]);
  };
  const enrol = async (page: Page) => {
    const secret = (await page.locator('.p-key').textContent())!;
    await page.getByLabel('六位验证码').fill(codeOf(secret));
    await page.getByRole('button', { name: '启用' }).click();
    await page.getByRole('link', { name: /进入工作台/ }).click();
    return secret;
  };

  // 08:30 The administrator opens an account for the new clerk.
  const administrator = await somebody();
  await settle(administrator, openAccount('administrator', '510100'));
  await enrol(administrator);
  await administrator.goto('/desk/accounts/new');
  const name = `clerk-${mark}`.slice(0, 32);
  await administrator.getByLabel('账号名称').fill(name);
  await administrator.getByLabel('姓名').fill('示例信息员');
  await administrator.getByLabel('角色').first().selectOption('editor');
  await administrator.getByLabel('地区').first().selectOption('510107');
  await administrator.getByRole('button', { name: /开账号/ }).click();
  const password = (await administrator.locator('.p-key').nth(1).textContent())!.trim();

  // 09:00 The clerk signs in, takes a password of their own and a second factor.
  const clerk = await somebody();
  const own = await settle(clerk, { name, password });
  await expect(clerk).toHaveURL('/desk');
  await check(clerk);
  await clerk.goto('/desk/account/second-factor');
  const secret = await enrol(clerk);
  await clerk.context().clearCookies();
  await signIn(clerk, name, own);
  // The code of this half minute is used up.
  await clerk.getByLabel('六位验证码').fill(codeOf(secret, 1));
  await clerk.getByRole('button', { name: '继续' }).click();
  await expect(clerk).toHaveURL('/desk');

  // 09:30 A messy table: a title, Chinese headings, 同上, a kind nobody knows.
  await clerk.goto('/desk/points');
  await clerk.getByRole('link', { name: '导入' }).click();
  await check(clerk);
  const upload = async (text: string | Buffer) => {
    await clerk.goto('/desk/points/import');
    await clerk.getByLabel('表格文件').setInputFiles({ name: `台账 ${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await clerk.getByRole('button', { name: '试运行' }).click();
    await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('试运行');
  };
  const office = await (async () => {
    const table = clerk.waitForEvent('download');
    await clerk.getByRole('link', { name: 'CSV' }).click();
    return readFileSync(await (await table).path(), 'utf8').split('\n')[1].split(',')[5];
  })();
  const place = `示例便民点 ${mark}`;
  await upload(
    [
      '2026年点位台账(示例),,,,,,,,',
      '编号,点位名称,类别,所在地区,主管单位,详细地址,经度,纬度,联系电话,办公时间',
      `${mark}-1,${place},便民服务中心,武侯区,${office},示例路１号,104.0432,30.6418,(028)00000001,"周一至周五 9:00-12:00,13:30-17:00"`,
      `${mark}-2,${place} 二,飞碟站,同上,同上,示例路2号,104.0433,30.6419,,每天 8:30-20:00`,
    ].join('\r\n'),
  );
  await expect(clerk.getByRole('row', { name: /飞碟站/ }).first()).toBeVisible();
  await check(clerk);
  const bad = clerk.waitForEvent('download');
  await clerk.getByRole('link', { name: /CSV/ }).click();
  const corrected = readFileSync(await (await bad).path(), 'utf8').replace('飞碟站', '便民服务中心').replace('同上,同上', `武侯区,${office}`);
  const batches: string[] = [];
  await clerk.getByRole('button', { name: '只提交好的 1 行' }).click();
  await expect(clerk.locator('.p-tag').first()).toHaveText('待复核');
  await check(clerk);
  batches.push(new URL(clerk.url()).pathname);
  await upload(corrected);
  await clerk.getByRole('button', { name: '全部 1 行提交复核' }).click();
  batches.push(new URL(clerk.url()).pathname);

  // 10:30 Somebody else reviews.
  const reviewer = await somebody();
  await settle(reviewer, openAccount('reviewer'));
  for (const batch of batches) {
    await reviewer.goto('/desk/changes');
    await expect(reviewer.locator(`a[href="${batch}"]`)).toBeVisible();
    await check(reviewer);
    await reviewer.goto(batch);
    await reviewer.getByRole('button', { name: /全部通过并发布/ }).click();
    await expect(reviewer.locator('.p-tag').first()).toHaveText('已发布');
  }

  // 11:00 The new place is in the table; it closes for stocktaking, and from tomorrow it has another name.
  const found = async () => {
    await clerk.goto(`/desk/points?q=${encodeURIComponent(place)}`);
    await clerk.getByRole('link', { name: place, exact: true }).click({ timeout: 2_000 });
  };
  await expect(found).toPass();
  const form = new URL(clerk.url()).pathname;
  const point = form.replace('/desk', '');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  const publish = async (button: string) => {
    await clerk.getByRole('button', { name: '提交复核' }).click();
    await expect(clerk.locator('.p-tag').first()).toHaveText('待复核');
    await reviewer.goto(new URL(clerk.url()).pathname);
    await reviewer.getByRole('button', { name: button }).click();
  };
  await clerk.getByLabel('从哪天', { exact: true }).first().fill(today);
  await clerk.getByLabel('到哪天').first().fill(tomorrow);
  await clerk.getByLabel('原因', { exact: true }).first().fill('盘点(示例)');
  await publish('通过并发布');
  await expect(reviewer.locator('.p-tag').first()).toHaveText('已发布');
  const resident = await somebody();
  await expect(async () => {
    await resident.goto(point);
    await expect(resident.getByText('盘点(示例)').first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await clerk.goto(form);
  await clerk.getByLabel('名称', { exact: true }).fill(`${place} 新名`);
  await clerk.getByLabel('从哪天起生效').fill(tomorrow);
  await publish('通过,到日子生效');
  await expect(reviewer.locator('.p-tag').first()).toHaveText('待生效');
  await resident.goto(point);
  await expect(resident.getByRole('heading', { level: 1 })).toHaveText(place);

  // 14:00 A resident reports an error; the clerk answers; the resident reads it.
  await resident.getByRole('link', { name: '报错' }).click();
  await resident.getByLabel('电话打不通').check();
  await resident.getByRole('button', { name: '提交' }).click();
  const code = (await resident.locator('.p-code .p-copy__text').textContent())!.trim();
  await clerk.goto('/desk');
  await clerk.getByRole('link', { name: '居民报错' }).click();
  await clerk.getByRole('link', { name: place, exact: true }).last().click();
  await clerk.getByLabel('结果').selectOption('corrected');
  await clerk.getByLabel('告诉报错的人').fill('示例:线路修好了');
  await clerk.getByRole('button', { name: '答复并办结' }).click();
  await expect(clerk).toHaveURL('/desk/reports');
  await resident.goto('/reports');
  await resident.getByLabel('查询码').fill(code);
  await resident.getByRole('button', { name: '看结果' }).click();
  await expect(resident.getByText('示例:线路修好了')).toBeVisible();

  // 17:00 The auditor finds all of it.
  const auditor = await somebody();
  await settle(auditor, openAccount('auditor', '510100'));
  for (const action of ['points.import.upload', 'points.batch.submit', 'points.submit', 'reports.answer']) {
    await auditor.goto(`/desk/audit?actor=${name}&action=${action}`);
    await expect(auditor.getByRole('row', { name: new RegExp(name) }).first(), action).toBeVisible();
  }
  for (const page of [administrator, clerk, reviewer, resident, auditor]) await page.context().close();
});
