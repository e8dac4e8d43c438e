import { expect, pointsOf, test, wrongs as found } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

test.skip(!!process.env.E2E_URL, 'accounts come from the command line of the portal under test');

/** What axe finds; it cannot look where there is no JavaScript. */
const wrongs = async (page: import('@playwright/test').Page) => (test.info().project.name.endsWith('nojs') ? [] : found(page));

/** The eight signs of a point's code, as they stand on its page. */
async function signsOf(page: import('@playwright/test').Page, id: number): Promise<string> {
  await page.goto(`/points/${id}`);
  await page.getByRole('link', { name: '这个点位的码' }).click();
  await expect(page).toHaveURL(/\/codes\/[0-9A-Z]{8}$/);
  return (await page.locator('.p-code__token').textContent())!.trim();
}

test('from a place to its code, and by typing the code back to the place', async ({ page, request }) => {
  const [hall] = await pointsOf(request, { kind: 'service-hall', division: '510107' });
  const signs = await signsOf(page, hall.id);
  expect(signs).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await expect(page.locator('.p-code__picture')).toBeVisible();
  expect(await wrongs(page)).toEqual([]);
  await page.getByRole('link', { name: '一个码', exact: true }).first().click();
  await page.getByLabel('码下面的 8 个字符').fill(signs.toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page).toHaveURL(`/points/${hall.id}`);
});

test('a mistyped code is said to be mistyped, and what was typed is still there', async ({ page, open }) => {
  await open('/codes');
  await page.getByLabel('码下面的 8 个字符').fill('3333-3334');
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page.locator('h1')).toHaveText('码好像输错了');
  await expect(page.getByLabel('码下面的 8 个字符')).toHaveValue('3333-3334');
  expect(await wrongs(page)).toEqual([]);
  const unknown = (await page.goto('/c/33333333'))!;
  expect(unknown.status()).toBe(404);
  await expect(page.locator('h1')).toHaveText('没有这个码');
});

test('the page to type a code is also in English', async ({ page, open }) => {
  await open('/en/codes');
  await expect(page.locator('h1')).toHaveText('One code');
  expect(await wrongs(page)).toEqual([]);
});

test('the front of a division has its code, and the code leads back there', async ({ page, open }) => {
  await open('/divisions/510107');
  await page.getByRole('link', { name: /一个码/ }).click();
  await expect(page.locator('h1')).toHaveText('武侯区的码');
  await page.getByRole('link', { name: '去它带到的地方' }).click();
  await expect(page).toHaveURL('/divisions/510107');
});

test('a place is retired, and the same code leads to what has taken its place', async ({ page, browser, request }, info) => {
  test.skip(info.project.name !== 'desktop' && info.project.name !== 'desktop-nojs', 'once with and once without JavaScript');
  test.slow();
  // Not those other tests look at, and others for each project and attempt.
  const all = await pointsOf(request, { kind: 'service-station', division: '510104' });
  const first = 20 + 4 * info.retry + (info.project.name === 'desktop' ? 0 : 2);
  const [old, heir] = all.slice(first, first + 2);
  const signs = await signsOf(page, old.id);
  const code = `/c/${signs.replace('-', '')}`;
  expect((await request.get(code, { maxRedirects: 0 })).headers().location).toBe(`/points/${old.id}`);

  await settle(page, openAccount('editor', '510104'));
  await expect(page).toHaveURL('/desk');
  await page.goto(`/desk/points/${old.id}`);
  await page.getByText('停用这个点位').click();
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
  await page.getByLabel('从哪天起停用').fill(today);
  await page.getByLabel('原因,居民会看到').fill('示例:并入新址');
  await page.getByLabel('由哪里接替').fill('没有这样的地方');
  await page.getByRole('button', { name: /提交复核/ }).click();
  await expect(page.locator('.p-errors')).toContainText('没有编号或名称是');
  await page.getByLabel('由哪里接替').fill(String(heir.id));
  await page.getByRole('button', { name: /提交复核/ }).click();
  await expect(page).toHaveURL(/\/desk\/changes\/\d+/);
  const change = new URL(page.url()).pathname;

  const context = await browser.newContext({ javaScriptEnabled: info.project.name === 'desktop' });
  const chief = await context.newPage();
  await settle(chief, openAccount('reviewer', '510104'));
  await expect(chief).toHaveURL('/desk');
  await chief.goto(change);
  await expect(chief.locator('main')).toContainText(heir.properties.name);
  await chief.getByRole('button', { name: /发布/ }).first().click();
  await expect(chief.locator('main')).toContainText('已发布');
  await context.close();

  await expect.poll(async () => (await request.get(code, { maxRedirects: 0 })).headers().location).toBe(`/points/${heir.id}`);
  await page.goto('/codes');
  await page.getByLabel('码下面的 8 个字符').fill(signs);
  await page.getByRole('button', { name: '去看看' }).click();
  await expect(page).toHaveURL(`/points/${heir.id}`);
  expect((await page.goto(`/points/${old.id}`))!.status()).toBe(410);
  await expect(page.getByRole('heading', { name: '由这里接替' })).toBeVisible();
  expect(await wrongs(page)).toEqual([]);
});
