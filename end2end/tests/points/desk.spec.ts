// A change of a point on its way: proposed by one, returned and published by another; with and without JavaScript.
import { expect, pointsOf, test, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('an editor proposes, a reviewer returns and then publishes, and the page follows', async ({ browser, request, javaScriptEnabled, viewport }, { project }) => {
  // Each project has a place of its own, for they all run on one portal.
  const places = await pointsOf(request, { division: '510107', kind: 'service-centre' });
  const place = places[['phone', 'desktop', 'phone-nojs', 'desktop-nojs'].indexOf(project.name)];
  const person = async (role: string) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' });
    const page = await context.newPage();
    await settle(page, openAccount(role));
    return page;
  };
  const [editor, reviewer] = [await person('editor'), await person('reviewer')];
  const name = `示例改名 ${project.name}`;

  await editor.goto('/desk/points');
  await editor.getByLabel('名称、地址、电话').fill(place.properties.name);
  await editor.getByRole('button', { name: '找' }).click();
  await editor.getByRole('link', { name: place.properties.name, exact: true }).click();
  if (javaScriptEnabled) expect(await wrongs(editor)).toEqual([]);
  await editor.getByLabel('名称', { exact: true }).fill(name);
  await editor.getByLabel('周六').fill('早上');
  await editor.getByRole('button', { name: '提交复核' }).click();
  await expect(editor.getByRole('alert')).toContainText('9:00-12:00');
  await expect(editor.getByLabel('名称', { exact: true })).toHaveValue(name);
  await editor.getByLabel('周六').fill('9：00－11：30');
  await editor.getByRole('button', { name: '提交复核' }).click();
  await expect(editor.locator('.p-tag').first()).toHaveText('待复核');
  await expect(editor.locator('.p-table tbody tr')).toHaveCount(2);
  if (javaScriptEnabled) expect(await wrongs(editor)).toEqual([]);
  const address = new URL(editor.url()).pathname;

  await reviewer.goto('/desk');
  await reviewer.getByRole('link', { name: '草稿与复核' }).click();
  await reviewer.getByRole('link', { name: new RegExp(name) }).click();
  await reviewer.getByLabel('退回的原因').fill('请写明依据');
  await reviewer.getByRole('button', { name: '退回作者' }).click();
  await expect(reviewer.locator('.p-tag').first()).toHaveText('已退回');

  await editor.goto(address);
  await expect(editor.getByText('请写明依据')).toBeVisible();
  await editor.getByRole('link', { name: '接着改' }).click();
  await editor.getByLabel('为什么改,依据是什么').fill('更名通知');
  await editor.getByRole('button', { name: '提交复核' }).click();

  await reviewer.goto(address);
  await reviewer.getByRole('button', { name: '通过并发布' }).click();
  await expect(reviewer.locator('.p-tag').first()).toHaveText('已发布');
  await expect(async () => {
    await reviewer.goto(`/points/${place.id}`);
    await expect(reviewer.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 500 });
  }).toPass();
  await editor.goto(`/desk/points/${place.id}`);
  await expect(editor.getByText('第 2 版')).toBeVisible();
  for (const page of [editor, reviewer]) {
    for (const path of ['/desk/points', `/desk/points/${place.id}`, '/desk/changes', address]) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  }
});
