// axe, WCAG 2.0 to 2.2, A and AA: nothing wrong on any type of page, by day, by night, in large print and in English.
import { english, expect, PAGES, test, wrongs } from '../../fixtures/portal';

// Colours then change at once and are not measured half way.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [name, path] of Object.entries(PAGES)) {
  test(`axe finds nothing wrong by day and by night: ${name}`, async ({ page, open }) => {
    await open(path);
    if (await page.locator('portal-map').count()) await expect(page.locator('portal-map')).toHaveAttribute('ready', '');
    expect.soft(await wrongs(page), 'by day').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await wrongs(page), 'by night').toEqual([]);
  });

  test(`axe finds nothing wrong in large print, which has a contrast of 7:1: ${name}`, async ({ page, open, elder }) => {
    await elder();
    await open(path);
    if (await page.locator('portal-map').count()) await expect(page.locator('portal-map')).toHaveAttribute('ready', '');
    expect.soft(await wrongs(page, { elder: true }), 'by day').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await wrongs(page, { elder: true }), 'by night').toEqual([]);
  });
}

test('axe finds nothing wrong in English', async ({ page, open }) => {
  for (const path of [PAGES.home, PAGES.list, PAGES.point, PAGES.missing]) {
    await open(english(path));
    expect.soft(await wrongs(page), english(path)).toEqual([]);
  }
});

test('axe finds nothing wrong in a list that was filtered, in one that is empty and in a notice', async ({ page, open }) => {
  await open('/points?kind=%E6%AD%A6&page=-1');
  expect.soft(await wrongs(page), 'a notice').toEqual([]);
  await page.getByLabel('类别').selectOption('library');
  await expect(page.locator('.p-finder__found')).toHaveText(/找到 \d\d? 处/);
  expect.soft(await wrongs(page), 'filtered').toEqual([]);
  await page.getByRole('searchbox').fill('没有这种地方');
  await expect(page.locator('.p-empty:visible')).toBeVisible();
  expect.soft(await wrongs(page), 'empty').toEqual([]);
});
