// A clerk sees what residents did not find, and one form later the words for it are known and found.
import { expect, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** A word nobody says, another one each time. */
const invented = () => [...String(Date.now() % 10_000_000)].map((digit) => '鑫淼森焱垚犇骉羴鱻麤'[Number(digit)]).join('');

test('what was not found gets its words at the desk', async ({ page, javaScriptEnabled }) => {
  const word = invented();
  for (let i = 0; i < 2; i += 1) await page.goto(`/search?q=${word}`);
  await settle(page, openAccount('editor', '510100'));
  await page.goto('/desk');
  await page.getByRole('link', { name: '搜索:大家在搜什么' }).click();
  // Searches are written every few seconds.
  const row = page.locator('#gaps tr', { hasText: word });
  await expect(async () => {
    await page.reload();
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  if (javaScriptEnabled) {
    await page.evaluate(() => scrollTo(0, 0));
    expect(await wrongs(page)).toEqual([]);
  }
  await row.getByRole('link', { name: '加同义词' }).click();
  await expect(page.getByLabel('大家怎么说')).toHaveValue(word);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.p-errors').first()).toBeVisible();
  await expect(page.getByLabel('大家怎么说'), 'nothing typed is lost').toHaveValue(word);
  await page.getByLabel('正式说法').fill('不动产登记');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('#synonyms')).toContainText(word);
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
  await expect(async () => {
    await page.goto(`/search?q=${word}`);
    await expect(page.locator('.p-found a').first()).toHaveText('不动产登记', { timeout: 1_000 });
  }).toPass();
  await page.goto(`/desk/search/synonyms?q=${word}`);
  await page.getByRole('button', { name: `删掉“${word}”` }).click();
  await page.goto(`/desk/search/synonyms?q=${word}`);
  await expect(page.getByText('没有这样的同义词')).toBeVisible();
});

test('topics are shown by week and area, and a gap becomes a common question', async ({ page, javaScriptEnabled }) => {
  const word = invented();
  for (let i = 0; i < 2; i += 1) await page.goto(`/search?q=${word}`);
  await settle(page, openAccount('editor', '510100'));
  const row = page.locator('#gaps tr', { hasText: word });
  await expect(async () => {
    await page.goto('/desk/search');
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.locator('#coverage tbody tr')).toHaveCount(8);
  await page.getByLabel('地区').selectOption({ label: '武侯区' });
  await page.getByRole('button', { name: '看', exact: true }).click();
  await expect(page).toHaveURL(/division=510107/);
  await expect(page.getByLabel('地区')).toHaveValue('510107');
  if (javaScriptEnabled) {
    await page.evaluate(() => scrollTo(0, 0));
    expect(await wrongs(page)).toEqual([]);
  }
  await row.getByRole('button', { name: '写成常见问题' }).click();
  await expect(page).toHaveURL(/\/desk\/manual\/510100\/faq/);
  await expect(page.getByLabel('正文', { exact: true })).toHaveValue(new RegExp(`# ${word}\\s*$`));
  await page.goto('/desk/search');
  await expect(row).toHaveCount(0);
});
