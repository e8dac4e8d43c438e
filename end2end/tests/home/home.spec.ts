import { expect, test } from '../../fixtures/portal';

test('the home page asks what one needs and finds it', async ({ page, open }) => {
  await open('/');
  await expect(page.locator('h1')).toHaveText('成都市政务公开');
  await page.getByLabel('想办什么?').fill('社保');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/search' && url.searchParams.get('q') === '社保');
  await expect(page.locator('#ask')).toHaveValue('社保');
  await expect(page.locator('.p-found').first()).toBeVisible();
});

test('the words often looked for are searches that find something', async ({ page, open, request }) => {
  await open('/');
  const chips = page.getByRole('list', { name: '常找的事' }).getByRole('link');
  const addresses = await chips.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    expect(address).toMatch(/^\/points\?q=/);
    expect(await (await request.get(address)).text()).toContain('class="p-card"');
  }
});

test('the three ones stand on the home page, each with its way', async ({ page, open }) => {
  await open('/');
  const ones = page.getByRole('region', { name: '三个一' });
  for (const name of ['一张图', '一个码', '一手册']) await expect(ones.getByText(name, { exact: true })).toBeVisible();
  await expect(ones.getByRole('link')).toHaveCount(3);
  await expect(ones.getByRole('link', { name: /一手册/ })).toHaveAttribute('href', '/manual/510100');
  await expect(ones.getByRole('link', { name: /一个码/ })).toHaveAttribute('href', '/codes');
  await ones.getByRole('link', { name: /一张图/ }).click();
  await expect(page).toHaveURL('/points');
});

test('every district and zone has its link on the home page', async ({ page, open }) => {
  await open('/');
  const links = page.locator('main a[href^="/divisions/"]');
  await expect(links).toHaveCount(23);
  await links.filter({ hasText: '武侯区' }).click();
  await expect(page).toHaveURL('/divisions/510107');
});

test('places near the middle of the city and what is open now stand on the home page', async ({ page, open }) => {
  await open('/');
  await expect(page.locator('.p-card')).toHaveCount(6);
  // Around the clock some machines are open, so there is always a row.
  const row = page.locator('a.p-row[href*="open=now"]').first();
  const count = (await row.locator('.p-row__count').textContent())!;
  await row.click();
  await expect(page.locator('.p-finder__found')).toContainText(`找到 ${count}`);
});

test('the home page is also in English', async ({ page, open }) => {
  await open('/en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h1')).toHaveText('Open government of Chengdu');
  await expect(page.locator('.p-one', { hasText: 'One manual' })).toHaveAttribute('href', '/en/manual/510100');
  await page.getByLabel('What do you need?').fill('library');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/en/search' && url.searchParams.get('q') === 'library');
  await expect(page.locator('a[href^="/en/points/"]').first()).toBeVisible();
});

test('each language links to the other one, for readers and for robots', async ({ page, open }) => {
  for (const path of ['/', '/en']) {
    await open(path);
    const link = (language: string) => page.locator(`link[rel=alternate][hreflang="${language}"]`);
    await expect(link('zh-CN')).toHaveAttribute('href', 'https://www.example.gov.cn/');
    await expect(link('en')).toHaveAttribute('href', 'https://www.example.gov.cn/en');
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', `https://www.example.gov.cn${path}`);
  }
  await page.getByRole('banner').getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL('/en');
});
