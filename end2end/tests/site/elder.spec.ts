// 长辈版 (工信厅信管函〔2021〕67号): one switch, the same addresses, large type, large targets, a telephone number in sight.
import { english, expect, PAGES, test, texts, tooLow } from '../../fixtures/portal';

test('the switch makes the page large, stays on the same address and is remembered', async ({ page, open }) => {
  await open('/points?division=510107&kind=library');
  await expect(page.locator('html')).not.toHaveClass('elder');
  await page.getByRole('banner').getByRole('button', { name: '长辈版' }).click();
  await expect(page).toHaveURL('/points?division=510107&kind=library');
  await expect(page.locator('html')).toHaveClass('elder');
  await page.locator('.p-card__link').first().click();
  await expect(page).toHaveURL(/\/points\/\d+$/);
  await expect(page.locator('html')).toHaveClass('elder');
  await page.getByRole('banner').getByRole('button', { name: '标准版' }).click();
  await expect(page).toHaveURL(/\/points\/\d+$/);
  await expect(page.locator('html')).not.toHaveClass('elder');
  await open('/');
  await expect(page.locator('html')).not.toHaveClass('elder');
});

test('the settings switch it too, and say which one is chosen', async ({ page, open }) => {
  await open('/settings');
  await expect(page.getByRole('radio', { name: /标准版/ })).toBeChecked();
  await page.getByRole('radio', { name: /大字、大按钮/ }).check();
  await page.getByRole('button', { name: '就这样看' }).click();
  await expect(page).toHaveURL('/settings');
  await expect(page.getByRole('radio', { name: /大字、大按钮/ })).toBeChecked();
  await expect(page.locator('html')).toHaveClass('elder');
  await page.getByRole('radio', { name: /标准版/ }).check();
  await page.getByRole('button', { name: '就这样看' }).click();
  await expect(page.locator('html')).not.toHaveClass('elder');
});

test('the largest size has a main text of 30 px, and nothing runs off the screen', async ({ page, open, context, baseURL }) => {
  await open('/settings');
  await page.getByRole('radio', { name: /最大字/ }).check();
  await page.getByRole('button', { name: '就这样看' }).click();
  await expect(page.getByRole('radio', { name: /最大字/ })).toBeChecked();
  expect((await context.cookies(baseURL!)).map(({ name, value }) => [name, value])).toEqual([['elder', '3']]);
  for (const path of Object.values(PAGES).flatMap((path) => [path, english(path)])) {
    await open(path);
    await expect(page.locator('html')).toHaveClass('elder elder--largest');
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).fontSize), path).toBe('30px');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});

test('the choice holds in English as well', async ({ page, open }) => {
  await open('/en/points/1');
  await page.getByRole('banner').getByRole('button', { name: 'Large print' }).click();
  await expect(page).toHaveURL('/en/points/1');
  await expect(page.locator('html')).toHaveClass('elder');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Standard' })).toBeVisible();
});

for (const [name, path] of Object.entries(PAGES)) {
  test(`large print has large type, room between lines and large targets: ${name}`, async ({ page, open, elder }) => {
    await elder();
    await open(path);
    const all = (await texts(page, 'body')).filter((run) => !run.ofPortalMap);
    const list = (runs: typeof all) => runs.map(({ text, size, spacing }) => `${text.slice(0, 20)}: ${size.toFixed(1)} px, ${spacing.toFixed(2)}`);
    expect.soft(list(all.filter(({ size }) => size < 18)), 'no text under 18 px').toEqual([]);
    expect.soft(list(all.filter(({ size }) => size > 30.5)), 'no text over 30 px').toEqual([]);
    expect.soft(list(all.filter(({ lines, spacing }) => lines > 1 && spacing < 1.295)), 'no lines closer than 1.3').toEqual([]);
    expect.soft(await tooLow(page, 'body', 60), 'no target lower than 60 px').toEqual([]);
  });
}

test('in large print a telephone number is in sight on every page', async ({ page, open, elder }) => {
  await elder();
  for (const path of Object.values(PAGES)) {
    await open(path);
    const call = page.getByRole('banner').locator('a[href^="tel:"]');
    await expect(call, path).toBeInViewport();
    await expect(call, path).toHaveText(/\d{3,}/);
  }
});

test('in large print everything stands in one column', async ({ page, open, elder }) => {
  await elder();
  await open('/divisions/510107');
  for (const list of ['.p-cards', '.p-rows']) {
    const lefts = await page.locator(`${list} > li`).evaluateAll((items) => items.map((item) => Math.round(item.getBoundingClientRect().left)));
    expect(new Set(lefts).size, list).toBe(1);
  }
});

test('where a sentence is small print, it is not larger than the text around it', async ({ page, open, elder }) => {
  for (const large of [false, true]) {
    if (large) await elder();
    await open('/settings');
    const sizes = await page.evaluate(() => ['.p-check small', '.p-check span', 'main > p', 'h1'].map((selector) => Number.parseFloat(getComputedStyle(document.querySelector(selector)!).fontSize)));
    const [small, label, text, heading] = sizes;
    expect(small).toBeLessThanOrEqual(label);
    expect(label).toBeLessThanOrEqual(text);
    expect(text).toBeLessThan(heading);
  }
});
