// The table of the desk: filtered, ordered, edited in place, many places changed at once; with and without JavaScript.
import { expect, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('places are found, ordered, and changed in the table and in numbers', async ({ page, javaScriptEnabled }) => {
  const check = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(page), page.url()).toEqual([]);
  };
  await settle(page, openAccount('editor', '510114'));
  await page.goto('/desk/points');
  await page.getByLabel('类别').selectOption('service-station');
  await page.getByLabel('核实').selectOption('overdue');
  await page.getByRole('button', { name: '找', exact: true }).click();
  const rows = page.locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(0);
  for (const text of await rows.allTextContents()) expect(text).toContain('该核实了');
  await page.goto('/desk/points');
  const column = page.getByRole('columnheader', { name: '核实' });
  await column.getByRole('link').click();
  await expect(column).toHaveAttribute('aria-sort', 'ascending');
  const days = (await page.locator('.p-fresh').allTextContents()).map((text) => text.slice(0, 10)).filter((day) => day.startsWith('20'));
  expect(days).toEqual([...days].sort());
  await check();
  await page.goto('/en/desk/points');
  await check();

  // By keyboard alone: from the name to the address to the telephone, and nothing is taken that makes no sense.
  await page.goto('/desk/points?edit=on');
  await check();
  const name = page.locator('input[name=name]').first();
  const kept = await name.inputValue();
  await name.focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('input[name=address]').first()).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('打不通');
  await page.getByRole('button', { name: '把改了的提交复核' }).click();
  await expect(page.getByRole('alert')).toContainText(kept);
  await expect(page.locator('input[name=telephones]').first()).toHaveValue('打不通');
  await check();

  // Many at once: first a look, then the review, and back again.
  await page.goto('/desk/points?kind=library');
  await page.getByLabel(/全部选中/).check();
  await page.getByLabel('开放时间改为').fill('每天');
  await page.getByRole('button', { name: '先看看会改什么' }).click();
  await expect(page.getByRole('alert')).toContainText('时间写成');
  await expect(page.getByLabel('开放时间改为')).toHaveValue('每天');
  await page.getByLabel(/全部选中/).check();
  await page.getByLabel('开放时间改为').fill('每天 8:30-20:00');
  await page.getByRole('button', { name: '先看看会改什么' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('会这样改');
  await expect(page.locator('tbody')).toContainText('08:30-20:00');
  await check();
  await page.getByRole('link', { name: '不改了' }).click();
  await expect(page).toHaveURL('/desk/points');
});
