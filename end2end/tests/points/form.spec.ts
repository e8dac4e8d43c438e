// The form of a point: the map and its degrees, hours as they stand on the door, checks; and all of it without JavaScript.
import type { Page } from '@playwright/test';
import { expect, pointsOf, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

const degrees = async (page: Page) =>
  [Number(await page.getByLabel('经度').inputValue()), Number(await page.getByLabel('纬度').inputValue())] as const;

test('a place is put on the map by hand and by key, and its hours are copied from the door', async ({ page, request, javaScriptEnabled }) => {
  const [place] = await pointsOf(request, { division: '510107', kind: 'library' });
  await settle(page, openAccount('editor'));
  await page.goto(`/desk/points/${place.id}`);
  const [lon, lat] = await degrees(page);

  if (javaScriptEnabled) {
    const map = page.locator('portal-map');
    await page.getByRole('button', { name: '检查位置' }).scrollIntoViewIfNeeded();
    await expect(map).toHaveAttribute('ready', '', { timeout: 30_000 });
    const marker = page.getByRole('button', { name: '点位的标记' });
    await marker.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('#position-said')).toHaveText(/^东移 1 米, 104\.\d{5}, 30\.\d{5}$/);
    const metre = 1 / 111_195;
    expect((await degrees(page))[0] - lon).toBeCloseTo(metre / Math.cos((lat * Math.PI) / 180), 5);
    await page.keyboard.press('Shift+ArrowUp');
    await expect(page.locator('#position-said')).toHaveText(/^北移 10 米/);
    expect((await degrees(page))[1] - lat).toBeCloseTo(10 * metre, 5);

    await marker.scrollIntoViewIfNeeded();
    const box = (await marker.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [before] = await degrees(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 10, { steps: 5 });
    await page.mouse.up();
    await expect(page.locator('#position-said')).toHaveText(/^标记放在/);
    expect((await degrees(page))[0]).toBeGreaterThan(before + 0.0001);
    const moved = (await marker.boundingBox())!;
    expect(Math.abs(moved.x - box.x - 60)).toBeLessThan(2);

    // What is typed moves the marker; degrees of another datum have none until they are checked.
    await page.getByLabel('从哪里抄来').selectOption('gcj02');
    await expect(marker).toBeHidden();
    await page.getByLabel('从哪里抄来').selectOption('wgs84');
    await expect(marker).toBeVisible();
    // A click puts it there.
    const view = (await page.locator('.p-map__view').boundingBox())!;
    await page.mouse.click(view.x + 40, view.y + 40);
    await expect.poll(async () => (await degrees(page))[0]).toBeLessThan(before);

    const reading = page.locator('#hours-reading');
    await page.getByLabel('周一', { exact: true }).fill('早上');
    await expect(reading).toContainText('看不懂');
    await page.getByLabel('周一', { exact: true }).fill('');
    await expect(reading).toContainText('居民现在看到');
    expect(await wrongs(page)).toEqual([]);
  }

  await page.getByLabel('经度').fill('104.9');
  await page.getByLabel('纬度').fill('31.2');
  await page.getByLabel('名称', { exact: true }).fill('示例还没有存');
  await page.getByRole('button', { name: '检查位置' }).click();
  await expect(page.locator('.p-finding--look').first()).toContainText('不在所填地区内');
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('示例还没有存');

  await page.getByLabel('照抄门口的牌子').fill('周一至周五 9:00-12:00,13:30-17:00;周六9点到12点');
  await page.getByRole('button', { name: '填到每天' }).click();
  await expect(page.getByLabel('周二', { exact: true })).toHaveValue('09:00-12:00,13:30-17:00');
  await expect(page.getByLabel('周六', { exact: true })).toHaveValue('09:00-12:00');
  await expect(page.getByLabel('周日', { exact: true })).toHaveValue('');
  await page.getByLabel('周一', { exact: true }).fill('8:30-17:00');
  await page.getByRole('button', { name: '周一的时间照抄到周二至周五' }).click();
  await expect(page.getByLabel('周五', { exact: true })).toHaveValue('8:30-17:00');
  await expect(page.getByLabel('原因', { exact: true })).toHaveCount(3);
  await page.getByRole('button', { name: '再加一行' }).click();
  await expect(page.getByLabel('原因', { exact: true })).toHaveCount(4);

  // The enter key hands nothing in.
  await page.getByLabel('名称', { exact: true }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`/desk/points/${place.id}`));
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('示例还没有存');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);
});
