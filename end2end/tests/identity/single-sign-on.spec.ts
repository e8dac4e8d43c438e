// Staff sign in by a provider of identities, a real one (npm oidc-provider), with and without JavaScript.
import type { Page } from '@playwright/test';
import { expect, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'the portal under test has to know the provider of the tests');

let serial = 0;
/** Somebody of this test alone; what the name begins with is the group at the provider. */
const somebody = (group: string) => `${group}-${process.pid}-${++serial}`;

/** Goes to the provider from the page of signing in. */
async function leave(page: Page, path = '/sign-in'): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: /统一身份认证|Single sign-on/ }).click();
  await expect(page).toHaveTitle('The provider');
}

async function signInThere(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('an editor comes to the page they wanted, with the role the provider gives', async ({ page, javaScriptEnabled }) => {
  const name = somebody('editor');
  await page.goto('/desk/account');
  await expect(page).toHaveURL('/sign-in?back=/desk/account');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  await page.getByRole('link', { name: '统一身份认证' }).click();
  await signInThere(page, name);
  await expect(page).toHaveURL('/desk/account');
  await expect(page.getByRole('main')).toContainText(`示例 ${name}`);
  await expect(page.getByRole('main')).toContainText('信息员 · 武侯区');
  await expect(page.getByRole('main')).toContainText('这个账号来自统一认证');
  await expect(page.getByRole('link', { name: '修改密码' })).toHaveCount(0);
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  await page.goto('/desk/account/password');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('由统一认证管理');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  // Signing out ends the session here and no other: the provider still knows who it is.
  await page.goto('/desk');
  await page.getByRole('button', { name: '退出' }).click();
  await page.goto('/en/sign-in');
  await page.getByRole('link', { name: 'Single sign-on' }).click();
  await expect(page).toHaveURL('/en/desk');
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === 'sid')).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('somebody without a role is told so and does not come in', async ({ page, javaScriptEnabled }) => {
  await leave(page);
  await signInThere(page, somebody('visitor'));
  await expect(page.getByRole('alert')).toContainText('您在这里没有角色');
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.getByRole('link', { name: '回到登录页' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.goto('/desk');
  await expect(page).toHaveURL('/sign-in');
});

test('who cancels there reads it in their language and may try again', async ({ page }) => {
  await leave(page, '/en/sign-in');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('cancelled or not allowed');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('link', { name: /Try again/ }).click();
  await signInThere(page, somebody('editor'));
  await expect(page).toHaveURL('/en/desk');
});

test('an answer that is shown again opens nothing', async ({ page, context }) => {
  let callback = '';
  page.on('request', (request) => {
    if (request.url().includes('/callback?')) callback = request.url();
  });
  await leave(page);
  await signInThere(page, somebody('editor'));
  await expect(page).toHaveURL('/desk');
  await context.clearCookies({ name: 'sid' });
  const again = await page.goto(callback);
  expect(again!.status()).toBe(400);
  await expect(page.getByRole('alert')).toContainText('这次登录已经用过');
  await page.goto('/desk');
  await expect(page).toHaveURL('/sign-in');
});

test('an administrator of the provider sets up a second factor here', async ({ page }) => {
  await leave(page);
  await signInThere(page, somebody('admin'));
  await expect(page).toHaveURL('/desk/account/second-factor');
  await expect(page.locator('.p-qr')).toBeVisible();
});

test('an auditor finds who was not let in', async ({ page }) => {
  const visitor = somebody('visitor');
  await leave(page);
  await signInThere(page, visitor);
  await expect(page.getByRole('alert')).toBeVisible();
  await settle(page, openAccount('auditor', '510100'));
  await page.goto('/desk/audit?action=identity.sign-in');
  await expect(page.getByRole('row', { name: new RegExp(visitor) })).toContainText('no-role');
});
