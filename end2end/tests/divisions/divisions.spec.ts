import { expect, pointsOf, test } from '../../fixtures/portal';

test('the list of areas has the districts and, apart from them, the zones', async ({ page, open }) => {
  await open('/divisions');
  const section = (name: string) => page.locator('.p-section').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await expect(section('区(市)县').getByRole('link')).toHaveCount(20);
  await expect(section('功能区').getByRole('link')).toHaveCount(3);
  await expect(section('区(市)县').locator('.p-row__count').first()).toHaveText(/^[1-9]\d* 处$/);
  await section('功能区').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/divisions\/510100-/);
});

test('a district has its own front: the three ones, its points, its townships', async ({ page, open, request }) => {
  const points = await pointsOf(request, { division: '510107' });
  await open('/divisions/510107');
  await expect(page.locator('h1')).toHaveText('武侯区政务公开');
  const ones = page.getByRole('region', { name: '三个一' });
  for (const name of ['一张图', '一个码', '一手册']) await expect(ones.getByText(name, { exact: true })).toBeVisible();
  await expect(ones.getByRole('link', { name: /一张图/ })).toContainText(`${points.length} 处`);
  await expect(ones.getByRole('link', { name: /一手册/ })).toHaveAttribute('href', '/manual/510107');
  await expect(page.locator('.p-card')).toHaveCount(6);
  await expect(page.getByRole('navigation', { name: '当前位置' }).getByRole('link')).toHaveText(['首页', '各地', '成都市']);
  const below = page.locator('.p-section').filter({ has: page.getByRole('heading', { name: '镇街', exact: true }) });
  expect(await below.getByRole('link').count()).toBeGreaterThan(8);
  await page.getByRole('link', { name: '看全部' }).click();
  await expect(page).toHaveURL('/points?division=510107');
  await expect(page.locator('.p-finder__found')).toContainText(`找到 ${points.length} 处`);
});

test('one goes from the district down to a community and back up', async ({ page, open }) => {
  await open('/divisions/510107');
  const township = page.locator('.p-row').first();
  const name = (await township.locator('span').first().textContent())!;
  await township.click();
  await expect(page.locator('h1')).toHaveText(`${name}政务公开`);
  await expect(page.getByRole('heading', { name: '社区和村' })).toBeVisible();
  await page.locator('.p-row').first().click();
  await expect(page.getByRole('heading', { name: '点位', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: '社区和村' })).toHaveCount(0);
  const crumbs = page.getByRole('navigation', { name: '当前位置' }).getByRole('link');
  await expect(crumbs).toHaveText(['首页', '各地', '成都市', '武侯区', name]);
  await crumbs.nth(3).click();
  await expect(page).toHaveURL('/divisions/510107');
});

test('a functional zone has the points of its townships', async ({ page, open, request }) => {
  const points = await pointsOf(request, { division: '510100-gaoxin' });
  expect(points.length).toBeGreaterThan(10);
  await open('/divisions/510100-gaoxin');
  await expect(page.locator('h1')).toContainText('高新');
  await expect(page.getByRole('region', { name: '三个一' })).toContainText(`${points.length} 处`);
  await expect(page.getByRole('heading', { name: '镇街', exact: true })).toBeVisible();
  expect(await page.locator('.p-row').count()).toBeGreaterThan(3);
});

test('a township that was dissolved says so and shows the way on', async ({ page, open }) => {
  // 大邑县三岔镇: ended in server/seed/divisions.csv.
  const response = await open('/divisions/510129192000');
  expect(response.status()).toBe(200);
  await expect(page.locator('h1')).toContainText('三岔镇');
  await expect(page.getByRole('main').getByText(/已经撤销/)).toBeVisible();
  const crumbs = page.getByRole('navigation', { name: '当前位置' }).getByRole('link');
  await expect(crumbs.last()).toHaveText('大邑县');
  await open('/en/divisions/510129192000');
  await expect(page.getByRole('main').getByText(/dissolved/)).toBeVisible();
});

test('a division that does not exist is not found', async ({ page, open }) => {
  for (const code of ['999999', '武侯', '510107%00', 'x'.repeat(300)]) {
    const response = await open(`/divisions/${code}`);
    expect(response.status(), code).toBe(404);
    await expect(page.locator('h1')).toHaveText('没有找到这一页');
  }
});

test('areas have English names under /en', async ({ page, open }) => {
  await open('/en/divisions');
  await expect(page.getByRole('link', { name: /Wuhou/ })).toBeVisible();
  await page.getByRole('link', { name: /Wuhou/ }).click();
  await expect(page).toHaveURL('/en/divisions/510107');
  await expect(page.locator('h1')).toHaveText('Open government of Wuhou District');
});
