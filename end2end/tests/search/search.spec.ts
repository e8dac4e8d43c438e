// One box over everything, with and without JavaScript: it forgives how one types, answers word for word, and says what to do when it
// does not know.
import type { Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';

async function check(page: Page, javaScriptEnabled: boolean | undefined, elder = false) {
  await page.evaluate(() => scrollTo(0, 0));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
  expect(await tooLow(page, 'main', elder ? 60 : 44), page.url()).toEqual([]);
  if (javaScriptEnabled) expect(await wrongs(page, { elder }), page.url()).toEqual([]);
}

/** Asks until the index has followed: it begins with the server. */
async function ask(page: Page, words: string, found = '.p-found') {
  await expect(async () => {
    await page.goto(`/search?q=${encodeURIComponent(words)}`);
    await expect(page.locator(found).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test('what one needs is found by its street name, its sound and a wrong character', async ({ page, javaScriptEnabled }) => {
  await page.goto('/');
  await page.getByLabel('想办什么?').fill('社保卡');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await expect(page).toHaveURL(/\/search\?q=/);
  for (const typed of ['社保卡', 'shebaoka', 'sbk', '社保咔', '社會保障卡']) {
    await ask(page, typed);
    await expect(page.locator('.p-found a').first(), typed).toHaveText('社会保障卡申领和补换');
  }
  await ask(page, 'shebaoka');
  await expect(page.getByRole('status')).toContainText('社保卡');
  await check(page, javaScriptEnabled);
  await page.locator('.p-found a').first().click();
  await expect(page).toHaveURL('/points?service=social-security-card');
});

test('a question is answered with the passage, its source and a way to ask', async ({ page, javaScriptEnabled }) => {
  await ask(page, '便民服务点收费吗', '.p-answer__words');
  await expect(page.locator('.p-answer')).toContainText('收');
  await expect(page.getByRole('link', { name: '问解读人' }).first()).toBeVisible();
  await check(page, javaScriptEnabled);
  await page.locator('.p-answer__source a[data-found]').first().click();
  await expect(page).toHaveURL(/\/policies\/\d+#/);
  await ask(page, '新加坡火锅哪家好吃多少钱', '.p-answer--none, h2');
  await expect(page.getByText(/没有找到/).first()).toBeVisible();
});

test('places show whether they are open, one kind has pages, and nothing says what to do', async ({ page, javaScriptEnabled }) => {
  await ask(page, '武侯区便民服务中心');
  await page.getByRole('link', { name: /^看全部 \d+ 条$/ }).first().click();
  await expect(page).toHaveURL(/kind=/);
  await ask(page, '便民服务站');
  await expect(page.locator('#point .p-open').first()).toBeVisible();
  await check(page, javaScriptEnabled);
  await page.goto('/search?q=xyzzyxyzzy');
  await expect(page.getByRole('heading', { name: '没有找到' })).toBeVisible();
  await check(page, javaScriptEnabled);
  await page.goto('/en/search?q=%E7%A4%BE%E4%BF%9D%E5%8D%A1');
  await expect(page.getByRole('heading', { name: 'Services' })).toBeVisible();
  await check(page, javaScriptEnabled);
});

test('in 长辈版 the search is as large as everything else', async ({ page, open, elder, javaScriptEnabled }) => {
  await open('/search');
  await elder();
  await ask(page, '老人怎么办老年卡');
  await check(page, javaScriptEnabled, true);
});

test('results of one kind are narrowed down, and what was chosen is taken back', async ({ page, javaScriptEnabled }) => {
  await ask(page, '便民服务站');
  await page.goto(`/search?q=${encodeURIComponent('便民服务站')}&kind=point`);
  const narrow = page.getByRole('list', { name: '缩小范围' });
  await narrow.getByRole('link', { name: /^武侯区 \d+$/ }).or(narrow.getByRole('link', { name: /^简阳市 \d+$/ })).first().click();
  await expect(narrow.locator('[aria-current]')).toHaveCount(1);
  const first = await page.locator('.p-found__words').first().innerText();
  expect(first).toMatch(/^(武侯区|简阳市)/);
  await narrow.getByRole('link', { name: /^现在开放/ }).click();
  await expect(page).toHaveURL(/open=now/);
  await expect(narrow.locator('[aria-current]')).toHaveCount(2);
  await check(page, javaScriptEnabled);
  await narrow.locator('[aria-current]').first().click();
  await expect(narrow.locator('[aria-current]')).toHaveCount(1);
  await page.goto(`/en/search?q=${encodeURIComponent('便民服务站')}&kind=point`);
  await expect(page.getByRole('list', { name: 'Narrow down' }).getByRole('link').first()).toContainText('Open now');
});

test('who gets no answer sees the interpreter and where to ask', async ({ page, javaScriptEnabled }) => {
  await ask(page, '便民服务点里可以拍婚纱照吗', '.p-answer--none');
  await expect(page.locator('.p-answer--none')).toContainText('没有找到确切答案');
  await expect(page.locator('.p-answer--none').getByRole('link', { name: '向解读人提问' })).toBeVisible();
  await expect(page.locator('.p-answer--none')).toContainText('当面问');
  await check(page, javaScriptEnabled);
});
