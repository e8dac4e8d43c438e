// A keeper on the spot with a telephone: one tap, or what differs; with and without JavaScript, with the position or without.
import { expect, pointsOf, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

const NO_PHOTO = { name: 'not-a-photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('words') };

test('a keeper finds what is due, compares the position, confirms in one tap and hands in what differs', async ({ browser, request, javaScriptEnabled, viewport }, { project, retry }) => {
  // Each project has places of its own, for they all run on one portal; so has a second attempt.
  const places = await pointsOf(request, { division: '510107', kind: 'service-station' });
  const place = places[60 + 4 * retry + ['phone', 'desktop', 'phone-nojs', 'desktop-nojs'].indexOf(project.name)];
  const [longitude, latitude] = place.geometry.coordinates;
  const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN', permissions: ['geolocation'], geolocation: { longitude, latitude: latitude + 0.005, accuracy: 15 } });
  const page = await context.newPage();
  const account = openAccount('editor');
  await settle(page, account);

  await page.goto(`/desk/points/${place.id}`);
  await page.getByLabel('谁到现场核实').selectOption({ label: `示例 (${account.name})` });
  await page.getByRole('button', { name: '定为负责人' }).click();
  await expect(page.getByLabel('谁到现场核实')).toHaveValue(/\d+/);
  await page.goto('/desk');
  await page.getByRole('link', { name: /我要去核实的点位/ }).click();
  await expect(page.getByText(/您负责(的)? 1 处/)).toBeVisible();
  if (javaScriptEnabled) expect(await wrongs(page)).toEqual([]);

  const path = `/desk/points/${place.id}/visit`;
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(place.properties.name);
  const compare = page.getByRole('button', { name: '用手机定位核对' });
  if (javaScriptEnabled) {
    expect(await wrongs(page)).toEqual([]);
    await compare.click();
    await expect(page.locator('#spot [role=status]')).toContainText('您离登记的位置约 556 米(误差 15 米)');
    await page.getByRole('button', { name: '和发布的一样' }).click();
    await expect(page.getByRole('alert')).toContainText('您离登记的位置有 556 米');
    expect(await wrongs(page)).toEqual([]);
    await context.setGeolocation({ longitude, latitude: latitude + 0.0002, accuracy: 15 });
    await page.goto(path);
    await compare.click();
    await expect(page.locator('#spot [role=status]')).toHaveText('您离登记的位置约 22 米(误差 15 米)。');
  } else {
    await expect(compare).toBeHidden();
  }
  expect(await tooLow(page, 'main form', 44)).toEqual([]);
  await page.getByRole('button', { name: '和发布的一样' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('记下了:今天核实过');
  await page.getByRole('link', { name: '回到我的清单' }).click();
  await expect(async () => {
    await page.goto('/desk/visits');
    await expect(page.getByText('都还有效')).toBeVisible({ timeout: 500 });
  }).toPass();

  await page.goto(path);
  await page.getByLabel('哪里不一样').fill('门口的牌子写着周六上午也开');
  await page.getByText('直接改名称、地址、电话').click();
  await page.getByLabel('电话(几个之间空一格)').fill('028-01234567');
  await page.getByLabel('拍一张照片').setInputFiles(NO_PHOTO);
  await page.getByLabel('照片里是什么').fill('大门');
  await page.getByRole('button', { name: '提交复核' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('哪里不一样')).toHaveValue('门口的牌子写着周六上午也开');
  await page.getByRole('button', { name: '提交复核' }).click();
  await expect(page.locator('.p-tag').first()).toHaveText('待复核');
  await expect(page.getByText('门口的牌子写着周六上午也开')).toBeVisible();

  for (const address of [path, '/desk/visits', '/desk/keepers', '/desk/keepers/none', '/desk/points/map', '/desk', `/en${path}`]) {
    await page.goto(address);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(page), address).toEqual([]);
  }
  await context.close();
});

test('the map of the desk leads to the places that are due, and lists say the same', async ({ page, javaScriptEnabled }) => {
  await settle(page, openAccount('editor'));
  await page.goto('/desk/points/map');
  await expect(page.locator('.p-tally a')).toHaveCount(3);
  if (javaScriptEnabled) {
    const map = page.locator('portal-map');
    await expect(map).toHaveAttribute('ready', '', { timeout: 15_000 });
    await map.evaluate((it) => it.dispatchEvent(new CustomEvent('portal-map:pick', { detail: { id: 1 }, bubbles: true })));
    await expect(page).toHaveURL('/desk/points/1/visit');
  } else {
    await page.getByRole('link', { name: /该核实了 \d+/ }).click();
    await expect(page).toHaveURL('/desk/points?verified=overdue');
  }
});
