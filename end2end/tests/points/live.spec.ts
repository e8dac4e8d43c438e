// Two clerks have the same table open: what one does the other sees, without losing their place; without JavaScript by a reload.
import { expect, pointsOf, test } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('what one clerk does the other sees, and keeps what they type', async ({ browser, request, javaScriptEnabled, viewport }, { project }) => {
  // Each project has a place of its own, for they all run on one portal; other places than desk.spec.ts.
  const places = await pointsOf(request, { division: '510107', kind: 'service-centre' });
  const place = places[4 + ['phone', 'desktop', 'phone-nojs', 'desktop-nojs'].indexOf(project.name)];
  const person = async (role: string) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' });
    const page = await context.newPage();
    await settle(page, openAccount(role));
    return page;
  };
  const [editor, reviewer] = [await person('editor'), await person('reviewer')];
  const form = `/desk/points/${place.id}`;
  const seen = async () => {
    if (!javaScriptEnabled) await reviewer.reload();
  };

  // The table: a row changes, the reader's place in it stays.
  await reviewer.goto(`/desk/points?q=${encodeURIComponent(place.properties.name)}`);
  const row = reviewer.locator(`#point-${place.id}`);
  await row.getByRole('link').first().focus();
  await editor.goto(form);
  await editor.getByRole('button', { name: '现场看过' }).click();
  await expect(editor.getByText('第 2 版')).toBeVisible();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  await expect(async () => {
    await seen();
    await expect(row).toContainText(today, { timeout: 3_000 });
  }).toPass();
  if (javaScriptEnabled) {
    await expect(row).toHaveClass(/p-live/);
    await expect(row.getByRole('link').first()).toBeFocused();
    await expect(reviewer.getByRole('status').filter({ hasText: place.properties.name })).toHaveCount(1);
  }

  // The form: nothing typed is disturbed.
  await reviewer.goto(form);
  await reviewer.getByLabel('地址', { exact: true }).fill('正在写的地址');
  await editor.goto(form);
  await editor.getByLabel('名称', { exact: true }).fill(`示例直播 ${project.name}`);
  const others = await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' });
  await others.addCookies(await reviewer.context().cookies());
  const list = await others.newPage();
  await list.goto('/desk/changes');
  await editor.getByRole('button', { name: '提交复核' }).click();
  await expect(editor.locator('.p-tag').first()).toHaveText('待复核');
  const notice = reviewer.getByText('刚才有人改了这个点位');
  if (javaScriptEnabled) await expect(notice).toBeVisible();
  else await expect(notice).toBeHidden();
  await expect(reviewer.getByLabel('地址', { exact: true })).toHaveValue('正在写的地址');

  // The list of what waits.
  await expect(async () => {
    if (!javaScriptEnabled) await list.reload();
    await expect(list.getByRole('link', { name: `示例直播 ${project.name}` })).toBeVisible({ timeout: 3_000 });
  }).toPass();

  // Somebody's own deeds are no news to them.
  await expect(editor.locator('[data-live-notice]')).toBeHidden();
  for (const page of [editor, reviewer, list]) await page.context().close();
});
