// Staff sign in, replace their first password, set up a second factor and run accounts; with and without JavaScript.
import { expect, test, wrongs } from '../../fixtures/portal';
import { codeOf, openAccount, settle, signIn } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('somebody new replaces the first password and comes to the desk', async ({ page }) => {
  const account = openAccount('editor');
  await page.goto('/desk/account');
  await expect(page).toHaveURL('/sign-in?back=/desk/account');
  await settle(page, account);
  await expect(page).toHaveURL('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('工作台');
  await expect(page.getByRole('link', { name: /武侯区/ })).toContainText(/\d+ 处,其中 \d+ 处要核实/);
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/desk');
  await expect(page).toHaveURL('/sign-in');
});

test('what is wrong is said beside the field and on top, and what was typed stays', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'nobody', 'wrong wrong wrong');
  await expect(page.getByRole('alert')).toContainText('名称、密码或验证码不对');
  await expect(page.getByLabel('账号名称')).toHaveValue('nobody');
  await expect(page.getByLabel('密码')).toHaveValue('');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
});

test('an administrator sets up a second factor, opens an account, and is asked for a code the next time', async ({ page, javaScriptEnabled }) => {
  const account = openAccount('administrator', '510100');
  const own = await settle(page, account);
  await expect(page).toHaveURL('/desk/account/second-factor');
  const secret = (await page.locator('.p-key').textContent())!;
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  await page.getByLabel('六位验证码').fill(codeOf(secret));
  await page.getByRole('button', { name: '启用' }).click();
  await expect(page.locator('.p-codes li')).toHaveCount(8);
  const recovery = (await page.locator('.p-codes li').first().textContent())!;
  await page.getByRole('link', { name: /进入工作台/ }).click();
  await page.getByRole('link', { name: '账号', exact: true }).click();
  await page.getByRole('link', { name: '开一个账号' }).click();
  const name = `new-${account.name}`.slice(0, 32);
  await page.getByLabel('账号名称').fill(name);
  await page.getByLabel('姓名').fill('示例新人');
  await page.getByRole('button', { name: /开账号/ }).click();
  await expect(page.getByRole('alert')).toContainText('至少要有一个角色');
  await expect(page.getByLabel('姓名')).toHaveValue('示例新人');
  await page.getByLabel('角色').first().selectOption('editor');
  await page.getByLabel('地区').first().selectOption('510107');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  await page.getByRole('button', { name: /开账号/ }).click();
  await expect(page.locator('.p-key').first()).toHaveText(name);
  await page.getByRole('link', { name: '回到账号' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('还没换首次密码');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);

  await page.context().clearCookies();
  await signIn(page, account.name, own);
  await expect(page).toHaveURL('/sign-in/code');
  await page.getByLabel('六位验证码').fill(recovery);
  await page.getByRole('button', { name: '继续' }).click();
  await expect(page).toHaveURL('/desk');
});

test('an auditor finds who did what', async ({ page, javaScriptEnabled }) => {
  await settle(page, openAccount('auditor', '510100'));
  await page.getByRole('link', { name: '审计日志' }).click();
  await page.getByLabel('做了什么').fill('identity.open-account');
  await page.getByRole('button', { name: '查', exact: true }).click();
  await expect(page.getByRole('row', { name: /console/ }).first()).toContainText('identity.open-account');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: /导出/ }).click();
  expect((await file).suggestedFilename()).toBe('audit.csv');
});

test('the pages of staff fit a phone and are there in English and in large print', async ({ page, elder }) => {
  await settle(page, openAccount('editor'));
  for (const path of ['/desk', '/desk/account', '/desk/account/password', '/en/desk', '/en/desk/account']) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await elder();
  await page.goto('/desk');
  await expect(page.locator('html')).toHaveClass('elder');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
