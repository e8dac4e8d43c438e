// A resident reads a policy and asks at a clause; its interpreter answers; the resident rates it and asks again. With and without
// JavaScript.
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('a resident asks at a clause, the interpreter answers, the resident rates it and asks again', async ({ page, browser, javaScriptEnabled, viewport }, { project }) => {
  const words = `我叫王小明,电话 13812345678,示例问题 ${project.name}:代办要带什么?`;
  const check = async (path = page) => {
    expect(await path.evaluate(() => document.documentElement.scrollWidth - innerWidth), path.url()).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) await path.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    if (javaScriptEnabled) expect(await wrongs(path), path.url()).toEqual([]);
  };
  await page.goto('/policies');
  await page.getByLabel('标题、文号或主题').fill('便民服务点');
  await page.getByLabel('效力').selectOption('in-force');
  await page.getByRole('button', { name: '找' }).click();
  await expect(page.locator('.p-policy-row')).toHaveCount(1);
  await page.getByRole('link', { name: '成都市便民服务点管理办法(示例)' }).click();
  await expect(page.locator('#interpreter')).toContainText('示例解读人');
  await check();
  await page.getByRole('link', { name: '问第七条' }).click();
  await expect(page.locator('.p-quote')).toContainText('第七条');
  expect(await tooLow(page, 'main form', 44)).toEqual([]);
  await page.getByLabel('您的问题').fill(words);
  await page.getByRole('button', { name: '提交' }).click();
  // Another project may have asked the like already.
  await expect(page.locator('[data-state], #alike .p-question').first()).toBeVisible();
  if (await page.locator('#alike .p-question').count()) await page.getByRole('button', { name: '提交' }).click();
  await expect(page.locator('[data-state]')).toHaveText('已收到');
  await check();
  const code = (await page.locator('.p-code .p-copy__text').textContent())!.trim();

  const staff = await (await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' })).newPage();
  await settle(staff, openAccount('interpreter', '510100'));
  await staff.getByRole('link', { name: '居民提问' }).click();
  await check(staff);
  // Every project asks; the last one that waits is of this very run.
  const waiting = staff.locator('.p-table th a');
  // Not where it only stands among those that ask the like.
  const theirs = staff.locator('.p-question__asked', { hasText: words });
  for (let i = (await waiting.count()) - 1; i >= 0; i--) {
    await waiting.nth(i).click();
    await staff.waitForURL(/\/desk\/questions\/\d+/);
    if (await theirs.isVisible()) break;
    await staff.goto('/desk/questions');
  }
  await expect(theirs).toBeVisible();
  await check(staff);
  await staff.getByRole('button', { name: '开始办理' }).click();
  await expect(staff.locator('.p-tag').first()).toHaveText('办理中');
  await expect(staff.getByRole('checkbox', { name: '王小明' })).toBeChecked();
  await staff.getByLabel('答复内容').fill(`示例答复 ${project.name}:带原件。`);
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(staff).toHaveURL('/desk/questions');
  await staff.context().close();

  await page.getByRole('button', { name: '看最新情况' }).click();
  await expect(page.locator('[data-state]')).toHaveText('已答复');
  await expect(page.getByText(`示例答复 ${project.name}:带原件。`)).toBeVisible();
  await check();
  await page.getByLabel('满意', { exact: true }).check();
  await page.getByRole('button', { name: '评价' }).click();
  await expect(page.locator('.p-trace')).toContainText('评价:满意');
  await page.getByLabel('还有哪里不清楚').fill('复印件行不行');
  await page.getByRole('button', { name: '再问' }).click();
  await expect(page.locator('[data-state]')).toHaveText('已收到');

  await page.goto('/policies/2');
  const asked = page.locator('.p-question', { hasText: `示例问题 ${project.name}` });
  await expect(asked.first()).toContainText('王某某');
  await expect(page.getByText('13812345678')).toHaveCount(0);
  await check();
  await page.goto('/questions');
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '看答复' }).click();
  await expect(page.locator('.p-trace')).toContainText('复印件行不行');
});
