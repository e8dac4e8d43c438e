// As one types: names come under the box; what is opened is counted, in words alone.
import { expect, test } from '../../fixtures/portal';

test('names come under the box while one types, by signs or by sound', async ({ page }) => {
  await page.goto('/search');
  const names = () => page.locator('#ask-names option').evaluateAll((all) => all.map((it) => (it as HTMLOptionElement).value));
  for (const typed of ['不动产登', 'bdcdj']) {
    await page.getByLabel('想办什么?').fill('');
    await page.getByLabel('想办什么?').pressSequentially(typed);
    await expect.poll(names).toContain('不动产登记');
  }
});

test('that something was opened is told without who opened it', async ({ page }) => {
  await expect(async () => {
    await page.goto(`/search?q=${encodeURIComponent('不动产登记')}`);
    await expect(page.locator('a[data-found]').first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const told = page.waitForRequest((request) => request.url().endsWith('/search/opened'));
  await page.locator('a[data-found]').first().click();
  const request = await told;
  expect([request.method(), new URLSearchParams(request.postData()!).toString()]).toEqual(['POST', new URLSearchParams({ q: '不动产登记', to: '/points' }).toString()]);
});
