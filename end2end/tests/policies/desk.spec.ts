// The answering desk: what was answered before stands beside a question and is taken over, clauses are picked, a colleague is asked, the
// same questions are joined, and whoever was not satisfied is called back. With and without JavaScript.
import type { Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** Asks at the seventh article; gives the code. */
async function ask(page: Page, words: string, contact = ''): Promise<string> {
  await page.goto('/policies/2/ask?at=a7');
  await page.getByLabel('您的问题').fill(words);
  await page.getByLabel('怎么联系您').fill(contact);
  await page.getByRole('button', { name: '提交' }).click();
  // What is alike was answered already, by this test or another.
  await expect(page.locator('[data-state], #alike .p-question').first()).toBeVisible();
  if (await page.locator('#alike .p-question').count()) await page.getByRole('button', { name: '提交' }).click();
  await expect(page.locator('[data-state]')).toHaveText('已收到');
  return (await page.locator('.p-code .p-copy__text').textContent())!.trim();
}

/** Opens the question with these words on the desk, the latest first. */
async function open(staff: Page, words: string, view = '') {
  const links = staff.locator('.p-table th a');
  await staff.goto(`/desk/questions${view}`);
  for (let i = (await links.count()) - 1; i >= 0; i--) {
    await links.nth(i).click();
    if (await staff.locator('.p-question__asked', { hasText: words }).count()) return;
    await staff.goto(`/desk/questions${view}`);
  }
  throw new Error(`nobody asks ${words}`);
}

test('the desk answers with what was answered before, joins the same, asks a colleague and calls back', async ({ page, browser, javaScriptEnabled, viewport }, { project }) => {
  test.slow();
  const run = `${project.name} ${Date.now()}`;
  const staff = await (await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' })).newPage();
  const check = async () => {
    expect(await staff.evaluate(() => document.documentElement.scrollWidth - innerWidth), staff.url()).toBeLessThanOrEqual(0);
    expect(await tooLow(staff, 'main', 44), staff.url()).toEqual([]);
    if (!javaScriptEnabled) return;
    await staff.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    expect(await wrongs(staff), staff.url()).toEqual([]);
  };
  await settle(staff, openAccount('interpreter', '510100'));

  await ask(page, `甲问 ${run}:代办人忘带身份证怎么办?`);
  await open(staff, `甲问 ${run}`);
  await staff.getByLabel('答复内容').fill(`示例 ${run}:可以回去取,当天有效。`);
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(staff).toHaveURL('/desk/questions');

  // Beside the next one at the same clause; taken over with a button that keeps nothing.
  const code = await ask(page, `乙问 ${run}:代办人没带身份证怎么办?`, '028-00000000');
  await open(staff, `乙问 ${run}`);
  await check();
  const earlier = staff.locator('.p-earlier', { hasText: `甲问 ${run}` });
  await earlier.getByRole('button', { name: '用这个答复' }).click();
  await expect(staff.getByLabel('答复内容')).toHaveValue(`示例 ${run}:可以回去取,当天有效。`);
  await staff.getByText('再选别的条款').click();
  await staff.getByText('第一章 总则').click();
  await staff.getByLabel(/^第三条/).check();
  await check();

  await staff.getByLabel('请教哪个岗位').selectOption({ label: '养老服务处(示例岗位)' });
  await staff.getByLabel('内部留言').fill(`留言 ${run}`);
  await staff.getByRole('button', { name: '留言' }).click();
  await expect(staff.locator('#notes')).toContainText(`留言 ${run}`);
  await open(staff, `乙问 ${run}`, '?show=asked');
  await earlier.getByRole('button', { name: '用这个答复' }).click();
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(staff).toHaveURL('/desk/questions');

  // The third asks the same and gets the same answer at once.
  const third = await ask(page, `丙问 ${run}:代办人没带身份证怎么办?`);
  await open(staff, `丙问 ${run}`);
  await staff.locator('#join label', { hasText: `乙问 ${run}` }).locator('input').check();
  await staff.getByRole('button', { name: '合并', exact: true }).click();
  await expect(staff.locator('.p-trace').last()).toContainText('与另一个相同的提问一起答复');
  await check();
  await page.goto('/questions');
  await page.getByLabel('查询码').fill(third);
  await page.getByRole('button', { name: '看答复' }).click();
  await expect(page.locator('.p-question__answer')).toContainText(`示例 ${run}`);
  await page.goto('/policies/2');
  await expect(page.locator('.p-question', { hasText: `乙问 ${run}` })).toContainText('还有 1 人同问');

  await page.goto('/questions');
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '看答复' }).click();
  await page.getByLabel('不满意', { exact: true }).check();
  await page.getByRole('button', { name: '评价' }).click();
  await expect(page.locator('.p-trace')).toContainText('评价:不满意');
  await staff.goto('/desk/questions?show=call-back');
  await check();
  await open(staff, `乙问 ${run}`, '?show=call-back');
  await check();
  await staff.getByLabel('联系的结果').fill(`已说明 ${run}`);
  await staff.getByRole('button', { name: '记下回访' }).click();
  await expect(staff.locator('#call-back')).toHaveCount(0);
  await expect(staff.locator('.p-trace').last()).toContainText(`已回访:已说明 ${run}`);

  await staff.goto('/desk/questions/heat');
  await expect(staff.locator('.p-heat .p-tag').first()).toContainText('可能没写清楚');
  await check();
  await staff.goto('/desk/questions?order=subject&tier=office&show=answered');
  await check();
  await staff.context().close();
});
