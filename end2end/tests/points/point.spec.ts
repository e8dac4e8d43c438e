import type { Page } from '@playwright/test';
import { expect, pointsOf, test } from '../../fixtures/portal';

interface Office {
  '@type': string;
  name: string;
  url: string;
  telephone: string[];
  address: { streetAddress: string };
  geo: { longitude: number; latitude: number };
  openingHoursSpecification: { '@type': string; dayOfWeek: string; opens: string; closes: string }[];
}
const office = async (page: Page) => JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!) as Office;

/** A hall of a district: it has hours, telephone, services and facilities. */
const HALL = { kind: 'service-hall', division: '510107' };

test('a point says everything one needs before going there', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  await expect(page.locator('h1')).toHaveText(hall.properties.name);
  await expect(page).toHaveTitle(new RegExp(hall.properties.name));
  await expect(page.locator('.p-point__state .p-open')).toHaveText(/开门|关门|已关|停办|全天开放|时间待核/);
  await expect(page.locator('.p-tag')).toHaveText('示例数据');
  for (const heading of ['什么时候开', '在哪里、怎么去', '能办什么', '有什么设施', '这些信息由谁管', '附近的其他点位'])
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible();
  await expect(page.locator('.p-point__address')).toContainText('武侯区');
  const call = page.getByRole('main').getByRole('link', { name: /打电话 028-0/ }).first();
  await expect(call).toHaveAttribute('href', /^tel:028-0\d{7}$/);
  expect(await call.getAttribute('href')).toBe(`tel:${hall.properties.telephone}`);
  const facts = page.locator('.p-facts');
  for (const term of ['维护单位', '最近核实', '发布时间', '来源', '设立依据']) await expect(facts.getByText(term, { exact: true })).toBeVisible();
});

test('the opening hours are a table of the coming seven days that starts today', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  const table = page.getByRole('table', { name: '未来七天的开放时间' });
  const rows = table.getByRole('row');
  await expect(rows).toHaveCount(7);
  await expect(table.locator('[aria-current=date]')).toHaveCount(1);
  await expect(rows.first()).toHaveAttribute('aria-current', 'date');
  const days = (await table.getByRole('rowheader').allTextContents()).map((day) => day.trim().slice(0, 2));
  expect(days.toSorted()).toEqual(['周一', '周二', '周三', '周四', '周五', '周六', '周日'].toSorted());
  for (const hours of await table.getByRole('cell').allTextContents()) expect(hours).toMatch(/^(休息|待核|\d\d:\d\d-\d\d:\d\d)/);
});

test('three map services lead to the place, each with its own datum and order of coordinates', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  const [lon, lat] = hall.geometry.coordinates;
  await open(`/points/${hall.id}`);
  const address = async (name: string) => (await page.locator('.p-point').getByRole('link', { name, exact: true }).getAttribute('href'))!;
  const numbers = (text: string | null) => text!.split(',').map(Number);
  const amap = new URL(await address('高德地图'));
  const baidu = new URL(await address('百度地图'));
  const tencent = new URL(await address('腾讯地图'));
  expect([amap.host, baidu.host, tencent.host]).toEqual(['uri.amap.com', 'api.map.baidu.com', 'apis.map.qq.com']);
  const [gcjLon, gcjLat] = numbers(amap.searchParams.get('position'));
  const [bdLat, bdLon] = numbers(baidu.searchParams.get('location'));
  const [qqLat, qqLon] = numbers(/coord:([\d.,]+)/.exec(tencent.searchParams.get('marker')!)![1]);
  // In Chengdu GCJ-02 lies some 250 m east and 270 m south of WGS-84, BD-09 another 650 m east and 640 m north of that.
  expect(gcjLon - lon).toBeCloseTo(0.0025, 3);
  expect(gcjLat - lat).toBeCloseTo(-0.0024, 3);
  expect(bdLon - gcjLon).toBeCloseTo(0.0065, 3);
  expect(bdLat - gcjLat).toBeCloseTo(0.006, 3);
  expect([qqLon, qqLat]).toEqual([gcjLon, gcjLat]);
  expect(baidu.searchParams.get('coord_type')).toBe('bd09ll');
  expect(amap.searchParams.get('name')).toBe(hall.properties.name);
});

test('robots read a point as a government office with its hours', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  const data = await office(page);
  expect(data['@type']).toBe('GovernmentOffice');
  expect(data.name).toBe(hall.properties.name);
  expect(data.url).toBe(`https://www.example.gov.cn/points/${hall.id}`);
  expect(data.telephone).toContain(hall.properties.telephone);
  expect([data.geo.longitude, data.geo.latitude]).toEqual(hall.geometry.coordinates);
  expect(data.openingHoursSpecification.length).toBeGreaterThanOrEqual(5);
  for (const hours of data.openingHoursSpecification) {
    expect(hours['@type']).toBe('OpeningHoursSpecification');
    expect(hours.dayOfWeek).toMatch(/^https:\/\/schema\.org\/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/);
    expect(hours.opens).toMatch(/^\d\d:\d\d$/);
    expect(hours.closes > hours.opens).toBe(true);
  }
});

test('the way back from a point leads through its divisions', async ({ page, open, request }) => {
  const [station] = await pointsOf(request, { kind: 'service-station', division: '510107' });
  await open(`/points/${station.id}`);
  const crumbs = page.getByRole('navigation', { name: '当前位置' }).getByRole('link');
  const words = await crumbs.allTextContents();
  expect(words.slice(0, 4)).toEqual(['首页', '一张图', '成都市', '武侯区']);
  expect(words.length).toBeGreaterThanOrEqual(5);
  await crumbs.nth(3).click();
  await expect(page).toHaveURL('/divisions/510107');
  await page.goBack();
  await crumbs.nth(1).click();
  await expect(page).toHaveURL('/points');
});

test('what can be done here leads to where else it can be done', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  const service = page.locator('.p-services a').first();
  const name = (await service.textContent())!;
  await service.click();
  await expect(page).toHaveURL((url) => url.pathname === '/points' && !!url.searchParams.get('service'));
  await expect(page.getByLabel('事项').locator('option:checked')).toContainText(name);
  await expect(page.locator('.p-card').first()).toBeVisible();
});

test('the nearest other places come with their distance, and not the place itself', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  const others = page.locator('.p-point__others .p-card');
  await expect(others).toHaveCount(4);
  await expect(others.locator('.p-card__far')).toHaveText([/米|公里/, /米|公里/, /米|公里/, /米|公里/]);
  await expect(others.locator(`a[href="/points/${hall.id}"]`)).toHaveCount(0);
});

test('on paper a point has its facts and no controls', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/points/${hall.id}`);
  await page.emulateMedia({ media: 'print' });
  for (const control of ['.p-header__tools', '.p-tabs', '.p-header__places', '.p-crumbs', '.p-point__others', '.p-point__copy button', '.p-skip'])
    await expect(page.locator(control), control).toBeHidden();
  await expect(page.locator('button:visible')).toHaveCount(0);
  await expect(page.getByRole('link', { name: '百度地图' })).toBeHidden();
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.locator('.p-point__state')).toBeVisible();
  await expect(page.locator('.p-point__address')).toBeVisible();
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.locator('.p-point').getByText(hall.properties.telephone)).toBeVisible();
});

test('a point in English has its English name and words, and its address is marked as Chinese', async ({ page, open, request }) => {
  const [hall] = await pointsOf(request, HALL);
  await open(`/en/points/${hall.id}`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h1')).toHaveText(hall.properties.name_en);
  await expect(page.getByRole('table', { name: 'Opening hours of the next seven days' }).getByRole('row')).toHaveCount(7);
  await expect(page.locator('.p-point__address')).toHaveAttribute('lang', 'zh-CN');
  const data = await office(page);
  expect(data.url).toBe(`https://www.example.gov.cn/en/points/${hall.id}`);
  await page.getByRole('banner').getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(`/points/${hall.id}`);
});
