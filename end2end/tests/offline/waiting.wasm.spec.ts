// A form that is sent without network waits on the telephone, goes out once when it is back, and the reader sees what came of it.
import type { Page } from '@playwright/test';
import { expect, pointsOf, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const waits = (page: Page) => page.locator('.p-waiting__form');

test('a report without network waits with its photo, is sent once, and shows its code', async ({ page, context, browser, request, viewport, tolerate }, { project }) => {
  tolerate(/./);
  const places = await pointsOf(request, { division: '510105', kind: 'service-centre' });
  const place = places[project.name === 'phone' ? 0 : 1];
  const words = `示例:离线报错 ${project.name} ${Date.now()}`;
  await page.goto(`/points/${place.id}/report`);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.p-waiting')).toBeHidden();
  await context.setOffline(true);
  await page.getByLabel('其他').check();
  await page.getByLabel('具体情况').fill(words);
  await page.getByLabel('照片').setInputFiles({ name: '告示.png', mimeType: 'image/png', buffer: PIXEL });
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.locator('.p-waiting [role=status]')).toContainText('只发一次');
  await expect(waits(page)).toContainText(['等着有网再发']);
  await expect(page.getByLabel('具体情况')).toHaveValue('');
  expect(await wrongs(page)).toEqual([]);

  // The answer to the first sending gets lost on the way; the form is sent again.
  let sendings = 0;
  await context.route(`**/points/${place.id}/report`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sendings++;
    if (sendings > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await context.setOffline(false);
  await expect.poll(() => sendings).toBe(1);
  await expect(waits(page)).toContainText(['等着有网再发']);
  await page.goto('/offline');
  await expect(waits(page)).toContainText(['已发送,查询码']);
  expect(sendings).toBe(2);
  await context.unrouteAll();
  expect(await wrongs(page)).toEqual([]);
  const code = (await waits(page).textContent())!.match(/[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}/)![0];

  const staff = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('editor', '510105'));
  await staff.goto('/desk/reports');
  const rows = staff.getByRole('link', { name: place.properties.name, exact: true });
  const addresses = await rows.evaluateAll((all) => all.map((it) => (it as HTMLAnchorElement).href));
  let found = 0;
  for (const address of addresses) {
    await staff.goto(address);
    if (await staff.getByText(words).count()) {
      found++;
      await expect(staff.getByAltText('居民附的照片')).toBeVisible();
    }
  }
  expect(found, 'one report, though it came twice').toBe(1);
  await staff.context().close();

  await page.getByRole('link', { name: '看答复' }).click();
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page.locator('.p-tag')).toHaveText('正在核实');
  await page.goto('/offline');
  await page.getByRole('button', { name: '记下了,删掉这条' }).click();
  await expect(waits(page)).toHaveCount(0);
});

test('a form that the server does not take says why, is mended, and can be removed', async ({ page, context, tolerate }) => {
  tolerate(/./);
  await page.goto('/en/points/2/report');
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByLabel('Something else').check();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(waits(page)).toContainText(['Waits for the network']);
  await context.setOffline(false);
  await expect(waits(page)).toContainText(['Not taken: Please say in a few words']);
  expect(await wrongs(page)).toEqual([]);
  await page.goto('/en/offline');
  await page.getByRole('link', { name: 'Mend it' }).click();
  await expect(page.getByLabel('Something else')).toBeChecked();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(waits(page)).toHaveCount(1);
  await expect(waits(page)).toContainText(['Waits for the network']);
  await page.getByRole('button', { name: 'Do not send, remove' }).click();
  await expect(waits(page)).toHaveCount(0);
});

test('with network a form goes its ordinary way', async ({ page }) => {
  await page.goto('/points/3/report');
  await page.waitForLoadState('networkidle');
  await page.getByLabel('时间不对').check();
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('收到了,谢谢您');
  await page.goBack();
  await expect(waits(page)).toHaveCount(0);
});
