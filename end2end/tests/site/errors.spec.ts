import { expect, test } from '../../fixtures/portal';

test('a page that does not exist says so, in both languages, and shows a way on', async ({ page, open }) => {
  for (const [path, title, home, links] of [
    ['/no-such-page', '没有找到这一页', '/', ['回首页', '看一张图']],
    ['/points/999999999', '没有找到这一页', '/', ['回首页', '看一张图']],
    ['/points/abc', '没有找到这一页', '/', ['回首页', '看一张图']],
    ['/points/1/more', '没有找到这一页', '/', ['回首页', '看一张图']],
    ['/pkg/none.js', '没有找到这一页', '/', ['回首页', '看一张图']],
    ['/en/no-such-page', 'Page not found', '/en', ['Home', 'Map of services']],
    ['/en/points/999999999', 'Page not found', '/en', ['Home', 'Map of services']],
  ] as const) {
    const response = await open(path);
    expect(response.status(), path).toBe(404);
    await expect(page.locator('h1')).toHaveText(title);
    await expect(page).toHaveTitle(new RegExp(title));
    await expect(page.locator('html')).toHaveAttribute('lang', home === '/' ? 'zh-CN' : 'en');
    for (const name of links) await expect(page.getByRole('main').getByRole('link', { name, exact: true }), path).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: links[0], exact: true }).click();
    await expect(page).toHaveURL(home);
  }
});

test('a place that is no more says since when, why, and where to go instead', async ({ page, open }) => {
  const response = await open('/points/4001');
  expect(response.status()).toBe(410);
  await expect(page.locator('h1')).toContainText('旧址');
  await expect(page.getByText(/自.*起停用/)).toBeVisible();
  await expect(page.getByText('业务一并迁走')).toBeVisible();
  await expect(page.locator('.p-card')).toHaveCount(4);
  await page.getByRole('link', { name: '看更多同类点位' }).click();
  await expect(page.locator('.p-card').first()).toContainText('政务服务中心');
});

test('programs that ask for what is not there get a problem they can read', async ({ request }) => {
  for (const path of ['/api/no-such-thing', '/api/points/999999999', '/api/points/abc']) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(answer.headers()['content-type'], path).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 404, title: 'Not Found' });
  }
  const bad = await request.get('/api/points.geojson?near=NaN,1');
  expect(bad.status()).toBe(400);
  expect(bad.headers()['content-type']).toContain('application/problem+json');
  expect(await bad.json()).toMatchObject({ status: 400, detail: expect.stringContaining('near') });
  const post = await request.post('/api/points.geojson', { data: {} });
  expect(post.status()).toBe(405);
  expect(post.headers()['content-type']).toContain('application/problem+json');
});

/** The heading of a page that came as an answer to something a browser does not send by itself. */
const heading = (html: string) => /<h1>([^<]*)<\/h1>/.exec(html)?.[1];

test('a page that is asked for in the wrong way answers with a page', async ({ request }) => {
  for (const [path, title] of [['/', '不能这样打开这一页'], ['/points', '不能这样打开这一页'], ['/en', 'This page cannot be asked for like that']]) {
    const answer = await request.post(path, { form: { a: 'b' } });
    expect(answer.status(), path).toBe(405);
    expect(answer.headers().allow).toContain('GET');
    expect(heading(await answer.text())).toBe(title);
  }
  const get = await request.get('/preferences');
  expect(get.status()).toBe(405);
  expect(heading(await get.text())).toBe('不能这样打开这一页');
});

test('what another site sends is refused with a page, and changes nothing', async ({ request }) => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const answer = await request.post('/preferences', { headers, form: { elder: 'on', back: '/' }, maxRedirects: 0 });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
    expect(answer.headers()['set-cookie']).toBeUndefined();
    const html = await answer.text();
    expect(heading(html)).toBe('这次提交没有被接受');
    expect(html).toContain('href="/"');
  }
  const answer = await request.post('/en/preferences', { headers: { 'sec-fetch-site': 'cross-site' }, form: { elder: 'on' }, maxRedirects: 0 });
  expect(answer.status()).toBe(403);
  expect(heading(await answer.text())).toBe('This was not accepted');
});

test('too much at once is refused with a page', async ({ request }) => {
  const answer = await request.post('/preferences', { form: { elder: 'on', back: 'x'.repeat(100_000) }, maxRedirects: 0 });
  expect(answer.status()).toBe(413);
  expect(heading(await answer.text())).toBe('内容太大了');
});

test('a form that makes no sense is refused with a page', async ({ request }) => {
  const answer = await request.post('/preferences', { form: { nonsense: 'x' }, maxRedirects: 0 });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect(heading(await answer.text())).toBeTruthy();
});

test('the way back after the switch never leaves the site', async ({ request, baseURL }) => {
  for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
    const answer = await request.post('/preferences', { headers: { origin: baseURL! }, form: { elder: 'on', back }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toBe('/');
  }
});
