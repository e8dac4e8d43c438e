// A resident and an interpreter talk while both keep their pages open: the question opens at its clause, is masked, handed over in the
// open, answered in the page, rated and asked again; without network nothing is lost and nothing comes twice.
import type { Locator, Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** Opens the form at the seventh article, in the page. */
async function open(page: Page) {
  await page.goto('/policies/2');
  await page.getByRole('link', { name: '问第七条' }).click();
  const panel = page.locator('#asking #panel');
  await expect(panel.locator('.p-quote')).toContainText('第七条');
  await expect(page.getByLabel('您的问题')).toBeFocused();
  expect(new URL(page.url()).pathname).toBe('/policies/2');
  return panel;
}

/** Sends it; once more where another project has asked the like already and it came before this one had been seen while typing. */
async function send(panel: Locator) {
  await panel.getByRole('button', { name: '提交' }).click();
  const sent = panel.locator('[data-state]');
  if (!(await sent.waitFor({ timeout: 5_000 }).then(() => true, () => false))) await panel.getByRole('button', { name: '提交' }).click();
}

/** Nothing is wrong with the page, seen from its top: what stands under a bar that stays counts as too small. */
async function sound(page: Page) {
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  expect(await wrongs(page)).toEqual([]);
}

/** The question on the interpreter's desk, by its words. */
async function find(staff: Page, words: string) {
  const waiting = staff.locator('.p-table th a');
  await expect(async () => {
    await staff.goto('/desk/questions');
    for (let i = (await waiting.count()) - 1; i >= 0; i--) {
      await waiting.nth(i).click();
      await staff.waitForURL(/\/desk\/questions\/\d+/);
      // Not where it only stands among those that ask the like.
      if (await staff.locator('.p-question__asked', { hasText: words }).isVisible()) return;
      await staff.goto('/desk/questions');
    }
    throw new Error('not there yet');
  }).toPass();
}

test('the conversation runs in both open pages', async ({ page, browser, viewport }, { project }) => {
  const staff = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('interpreter', '510100'));
  await staff.goto('/desk/questions');
  const waiting = () => staff.locator('.p-table tbody tr').evaluateAll((rows) => rows.map((row) => row.id));
  const before = await waiting();

  const words = `我叫王小明,电话 13812345678。直播提问 ${project.name} ${Date.now()}:委托书怎么写?`;
  const panel = await open(page);
  await page.getByLabel('您的问题').fill(words);
  expect(await tooLow(page, '#asking', 44)).toEqual([]);
  await sound(page);
  await send(panel);
  await expect(panel.locator('[data-state]')).toHaveText('已收到');
  await expect(panel.locator('.p-code')).toBeVisible();
  await sound(page);

  // On the desk, in the list that was open.
  await expect.poll(async () => (await waiting()).filter((id) => !before.includes(id))).not.toEqual([]);
  await find(staff, words);
  await staff.getByRole('button', { name: '开始办理' }).click();
  await expect(panel.locator('[data-state]')).toHaveText('办理中');
  await expect(staff.getByRole('checkbox', { name: '王小明' })).toBeChecked();
  await staff.getByLabel('答复内容').fill('正在想');
  await expect(panel.getByText('解读人正在答复')).toBeVisible();
  await expect(staff.getByText('草稿已存')).toBeVisible();

  // Handed over, with where and why.
  await staff.getByLabel('为什么转').fill('由另一岗位解释');
  await staff.getByRole('button', { name: '转办' }).click();
  await expect(panel.locator('.p-trace')).toContainText('由另一岗位解释');
  await find(staff, words);
  await staff.getByLabel('答复内容').fill(`示例答复 ${project.name}:写明事项和期限。`);
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(panel.locator('[data-state]')).toHaveText('已答复');
  await expect(panel.locator('.p-question__answer')).toContainText('写明事项和期限');
  await expect(page.locator('#panel-voice')).toContainText('已答复');
  await sound(page);

  await panel.getByLabel('满意', { exact: true }).check();
  await panel.getByRole('button', { name: '评价' }).click();
  await expect(panel.locator('.p-trace')).toContainText('评价:满意');
  await panel.getByLabel('没有解决').check();
  await panel.getByLabel('还有哪里不清楚').fill('期限写多久');
  await panel.getByRole('button', { name: '再问' }).click();
  await expect(panel.locator('[data-state]')).toHaveText('已收到');
  await find(staff, words);
  await expect(staff.locator('ol.p-trace')).toContainText('期限写多久');
  // Everybody sees it without who asked.
  await page.goto('/policies/2');
  const shown = page.locator('.p-question', { hasText: `直播提问 ${project.name}` }).first();
  await expect(shown).toContainText('王某某');
  await expect(shown).not.toContainText('13812345678');
  await staff.context().close();
});

test('without network a question waits and is sent once; what happened meanwhile is there', async ({ page, context, browser, viewport, tolerate }, { project }) => {
  test.setTimeout(150_000);
  tolerate(/\/policies\/2\/ask|\/questions/);
  const staff = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('interpreter', '510100'));
  const words = `断网提问 ${project.name} ${Date.now()}:补贴什么时候到账?`;
  const panel = await open(page);
  await page.getByLabel('您的问题').fill(words);
  await context.setOffline(true);
  await panel.getByRole('button', { name: '提交' }).click();
  await expect(panel.getByText('现在连不上')).toBeVisible();
  await expect(page.getByLabel('您的问题')).toHaveValue(words);
  await context.setOffline(false);
  await expect(panel.locator('[data-state], #alike .p-question').first()).toBeVisible({ timeout: 40_000 });
  if (!(await panel.locator('[data-state]').count())) await send(panel);
  await expect(panel.locator('[data-state]')).toHaveText('已收到');
  await find(staff, words);
  await context.setOffline(true);
  await staff.getByLabel('答复内容').fill('示例答复:每月十五日。');
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(staff).toHaveURL('/desk/questions');
  // A whole minute without network, once: the page tries again by itself.
  if (project.name === 'desktop') await page.waitForTimeout(60_000);
  await expect(panel.locator('[data-state]')).toHaveText('已收到');
  await context.setOffline(false);
  await expect(panel.locator('[data-state]')).toHaveText('已答复', { timeout: 40_000 });
  await expect(panel.locator('.p-trace li')).toHaveCount(2);
  await staff.context().close();
});
