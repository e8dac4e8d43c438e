// What needs a script is offered only where there is one, in both languages; the pages themselves need none.
import { expect, test, wrongs } from '../../fixtures/portal';

test('what needs a script is offered only with one', async ({ page, javaScriptEnabled: visible }) => {
  await page.goto('/manual/510107');
  await expect(page.getByRole('button', { name: '存到手机' })).toBeVisible({ visible });
  await page.goto('/manual/510107/how-to');
  for (const name of ['朗读本页', '分享']) await expect(page.getByRole('button', { name })).toBeVisible({ visible });
  await page.goto('/points/1/report');
  await expect(page.getByRole('heading', { name: '手机上的表单' })).toBeHidden();
});

test('the page of what is kept says how to keep something, in both languages and large print', async ({ page, elder, javaScriptEnabled: visible }) => {
  await page.goto('/en/offline');
  await expect(page.locator('main')).not.toContainText(/[\u4e00-\u9fff]/);
  await expect(page.getByText('No manual is kept yet')).toBeVisible({ visible });
  await elder();
  await page.goto('/offline');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('存在手机上的');
  await expect(page.getByText('手机上还没有手册')).toBeVisible({ visible });
  await expect(page.getByText('都要浏览器允许脚本')).toBeVisible({ visible: !visible });
  await expect(page.locator('[data-missing]')).toBeHidden();
  if (visible) expect(await wrongs(page, { elder: true })).toEqual([]);
});
