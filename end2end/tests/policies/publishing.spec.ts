// A clerk writes a policy from a file, three others review it, one of them clears it, and a resident reads it with its interpretation.
import type { Page } from '@playwright/test';
import { expect, test, tooLow, wrongs } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

test('a policy is written, reviewed by three and read', async ({ page, browser, javaScriptEnabled, viewport }, { project }) => {
  const title = `成都市示例发放办法(${project.name})`;
  const person = async (role: string) => {
    const staff = await (await browser.newContext({ javaScriptEnabled, viewport, locale: 'zh-CN' })).newPage();
    await settle(staff, openAccount(role, '510100'));
    return staff;
  };
  const sound = async (staff: Page) => {
    expect(await staff.evaluate(() => document.documentElement.scrollWidth - innerWidth), staff.url()).toBeLessThanOrEqual(0);
    if (javaScriptEnabled) expect(await wrongs(staff), staff.url()).toEqual([]);
  };
  const editor = await person('editor');
  await editor.getByRole('link', { name: '政策与解读' }).click();
  await sound(editor);
  await editor.getByRole('link', { name: '新的政策文件' }).click();
  await sound(editor);
  expect(await tooLow(editor, 'main form', 44)).toEqual([]);
  const text = `# ${title}\n\n第一条 为了示例,制定本办法。\n\n第二条 每月发放,由便民服务点代办。\n\n第三条 本办法自公布之日起施行。\n`;
  await editor.getByLabel('从文件读入').setInputFiles({ name: '办法.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
  await editor.getByRole('button', { name: '读入', exact: true }).click();
  await expect(editor.getByLabel('正文', { exact: true })).toHaveValue(/第二条 每月发放/);
  await editor.getByLabel('负责的单位').selectOption('510100-services');
  await editor.getByLabel('文号', { exact: true }).fill('示例〔2026〕10号');
  await editor.getByLabel('解读', { exact: true }).fill('# 文字解读:怎么领\n\n## 执行标准\n针对:第九条\n每月十五日前。');
  await editor.getByRole('checkbox', { name: /便民服务处/ }).check();
  await editor.getByLabel('加一个附件').setInputFiles({ name: '表.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 示例') });
  await editor.getByRole('button', { name: '存草稿' }).click();
  // A clause that there is not: said with its line, and nothing is lost, not even the file.
  await expect(editor.locator('#errors')).toContainText('第 4 行');
  await expect(editor.getByText('表.pdf')).toBeVisible();
  await expect(editor.getByLabel('文号', { exact: true })).toHaveValue('示例〔2026〕10号');
  await editor.getByLabel('解读', { exact: true }).fill('# 文字解读:怎么领\n\n## 执行标准\n针对:第二条\n每月十五日前。');
  await editor.getByRole('button', { name: '存草稿' }).click();
  await expect(editor.getByRole('heading', { level: 1 })).toHaveText(title);
  const draft = editor.url();
  await sound(editor);
  await editor.getByRole('button', { name: '提交审核' }).click();
  await expect(editor.locator('.p-tag').first()).toHaveText('待初审初校');

  for (const [level, next] of [['初审初校', '待复审二校'], ['复审二校', '待终审三校'], ['终审三校', '已公开']]) {
    const reviewer = await person('reviewer');
    await reviewer.goto(draft);
    await sound(reviewer);
    if (level === '复审二校') {
      await reviewer.getByLabel('保密审查').fill('对照保密事项范围逐项核对,不涉及');
      await reviewer.getByRole('button', { name: '记录保密审查' }).click();
      await expect(reviewer.locator('.p-trace')).toContainText('不涉密');
    }
    await reviewer.getByRole('button', { name: `${level}通过` }).click();
    await expect(reviewer.locator('.p-tag').first()).toHaveText(next);
    await reviewer.context().close();
  }
  await editor.reload();
  const to = await editor.getByRole('link', { name: '看公开的页面' }).getAttribute('href');
  // Within a second, on every server.
  await expect(async () => {
    await page.goto(to!);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, { timeout: 1_000 });
  }).toPass();
  await expect(page.locator('#a2 .p-chip')).toHaveText('按什么标准办');
  await expect(page.getByRole('link', { name: '表.pdf' })).toBeVisible();
  await sound(page);
  await editor.context().close();
});
