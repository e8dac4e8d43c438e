import { expect, pointsOf, test } from '../../fixtures/portal';

const metres = (text: string) => {
  const [, number, unit] = /([\d.]+) (米|公里)/.exec(text)!;
  return Number(number) * (unit === '米' ? 1 : 1000);
};

test('every filter of the form goes into the address, and the address fills the form again', async ({ page, open }) => {
  await open('/points');
  await page.getByRole('searchbox').fill('武侯');
  await page.getByLabel('现在开门').check();
  await page.getByLabel('类别').selectOption('machine');
  await page.getByLabel('地区').selectOption('510107');
  await page.getByText('更多条件').click();
  await page.getByLabel('层级').selectOption('district');
  await page.getByLabel('排序').selectOption('name');
  await page.getByRole('button', { name: '找', exact: true }).click();
  const wanted = { q: '武侯', open: 'now', kind: 'machine', division: '510107', level: 'district', sort: 'name' };
  const chosen = (url: URL) => Object.fromEntries([...url.searchParams].filter(([, value]) => value));
  await expect(page).toHaveURL((url) => url.pathname === '/points' && JSON.stringify(Object.entries(chosen(url)).sort()) === JSON.stringify(Object.entries(wanted).sort()));
  await open(page.url());
  await expect(page.getByRole('searchbox')).toHaveValue('武侯');
  await expect(page.getByLabel('现在开门')).toBeChecked();
  for (const [label, value] of [['类别', 'machine'], ['地区', '510107'], ['层级', 'district'], ['排序', 'name']]) {
    await expect(page.getByLabel(label)).toBeVisible();
    await expect(page.getByLabel(label)).toHaveValue(value);
  }
});

test('the list says how many were found, and they are those of the open data', async ({ page, open, request }) => {
  for (const query of [{ division: '510107' }, { q: '图书馆', level: 'district' }, { service: 'library-card' }, { facility: 'sign-language', kind: 'service-hall' }]) {
    const found = await pointsOf(request, query as Record<string, string>);
    expect(found.length).toBeGreaterThan(0);
    await open(`/points?${new URLSearchParams(query as Record<string, string>)}`);
    await expect(page.locator('.p-finder__found')).toContainText(`找到 ${found.length} 处`);
    await expect(page.locator('.p-card')).toHaveCount(Math.min(found.length, 24));
    const names = found.map((point) => point.properties.name);
    for (const name of await page.locator('.p-card__link').allTextContents()) expect(names).toContain(name);
  }
});

test('a card says whether the place is open, what it is, where, and offers to call and to go', async ({ page, open }) => {
  await open('/points?kind=service-hall&division=510107');
  const card = page.locator('.p-card').first();
  await expect(card.locator('.p-open')).toHaveText(/开门|关门|已关|停办|全天开放|时间待核/);
  await expect(card.getByRole('heading')).toContainText('武侯区');
  await expect(card.locator('.p-card__facts')).toContainText('政务服务中心');
  await expect(card.locator('.p-card__where')).toContainText('武侯区');
  await expect(card.getByRole('link', { name: /^打电话给/ })).toHaveAttribute('href', /^tel:028-0\d{7}$/);
  await expect(card.getByRole('link', { name: /^导航到/ })).toHaveAttribute('href', /^https:\/\/uri\.amap\.com\//);
  const name = (await card.getByRole('heading').getByRole('link').textContent())!;
  // The whole card leads to the point.
  await card.click({ position: { x: 12, y: 12 } });
  await expect(page.locator('h1')).toHaveText(name);
});

test('only what is open now is listed when one asks for it', async ({ page, open }) => {
  await open('/points?open=now');
  const states = page.locator('.p-card .p-open');
  // Around the clock some machines and boards are open, at whatever hour this runs.
  await expect(states).toHaveCount(24);
  for (const text of await states.allTextContents()) expect(text).toMatch(/^(开门|快关门|全天开放)/);
  const found = (await page.locator('.p-finder__found').textContent())!;
  expect(found).toMatch(/^找到 (\d+) 处,现在开门 \1 处$/);
});

test('pages follow one another under the same filters, and a page after the last is the last', async ({ page, open }) => {
  await open('/points?division=510107');
  const names = () => page.locator('.p-card__link').allTextContents();
  const first = await names();
  await page.getByRole('link', { name: '下一页' }).click();
  await expect(page).toHaveURL('/points?division=510107&page=2');
  await expect(page.locator('.p-pages__where')).toHaveText(/^第 2 页,共 \d+ 页$/);
  expect((await names()).filter((name) => first.includes(name))).toEqual([]);
  await page.getByRole('link', { name: '上一页' }).click();
  await expect(page.getByRole('link', { name: '上一页' })).toHaveCount(0);
  expect(await names()).toEqual(first);
  await open('/points?division=510107&page=9999');
  await expect(page.locator('.p-pages__where')).toHaveText(/^第 (\d+) 页,共 \1 页$/);
  await expect(page.getByRole('link', { name: '下一页' })).toHaveCount(0);
  await expect(page.locator('.p-card').first()).toBeVisible();
});

test('near a position of the address the nearest place comes first, and the position stays with the filters', async ({ page, open }) => {
  await open('/points?near=104.0657,30.6574');
  const far = await page.locator('.p-card__far').allTextContents();
  expect(far).toHaveLength(24);
  const distances = far.map(metres);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  expect(distances[0]).toBeLessThan(2000);
  await page.getByLabel('类别').selectOption('library');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('kind') === 'library' && !!url.searchParams.get('near'));
  await expect(page.locator('.p-card__far:visible').first()).toBeVisible();
});

test('values that make no sense are left out and named', async ({ page, open }) => {
  const bad = { page: '-1', near: 'NaN,1', kind: '武侯', level: 'galaxy', facility: 'pool', open: 'yes', sort: 'random', service: '../etc', division: '武侯' };
  const response = await open(`/points?${new URLSearchParams(bad)}`);
  expect(response.status()).toBe(200);
  const notice = page.getByRole('main').locator('.p-notice[role=status]');
  for (const word of ['页码', '位置', '类别', '层级', '设施', '现在开门', '排序', '事项', '地区']) await expect(notice).toContainText(word);
  await expect(page.locator('.p-card')).toHaveCount(24);
});

test('a value that nothing has is named too, and the form does not look as if nothing was asked', async ({ page, open }) => {
  for (const [key, value, word] of [['kind', 'no-such-kind', '类别'], ['division', '999999', '地区'], ['service', 'no-such-service', '事项']]) {
    const response = await open(`/points?${key}=${value}`);
    expect(response.status()).toBe(200);
    await expect(page.locator('main .p-notice[role=status]'), value).toContainText(word);
  }
});

test('no value of the address is answered with a failure', async ({ page, open }) => {
  const queries = ['near=1e999,30', 'near=104,200', 'near=104', 'near=,', 'page=0', 'page=99999999999999999999', 'q=a%00b', 'q=%FF%FE', `q=${'x'.repeat(10_000)}`, 'q=%E7%A4', 'open=&kind=&page='];
  for (const query of queries) {
    const response = await open(`/points?${query}`);
    expect(response.status(), query.slice(0, 40)).toBe(200);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText('一张图');
  }
});

test('words that are too long are shortened and the page says so', async ({ page, open }) => {
  const response = await open(`/points?q=${'字'.repeat(3000)}`);
  expect(response.status()).toBe(200);
  await expect(page.locator('main .p-notice[role=status]')).toContainText('文字');
  const kept = await page.getByRole('searchbox').inputValue();
  expect(kept.length).toBeLessThanOrEqual(100);
});

test('words typed by a stranger are shown as words', async ({ page, open }) => {
  const words = `<img src=x onerror=alert(1)>"'&`;
  await open(`/points?q=${encodeURIComponent(words)}`);
  await expect(page.getByRole('searchbox')).toHaveValue(words);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
});

test('where nothing is found the page says what to do next', async ({ page, open }) => {
  for (const [path, way] of [['/points', '看全部点位'], ['/en/points', 'Show all places']]) {
    await open(`${path}?q=${encodeURIComponent('没有这种地方')}&kind=library`);
    await expect(page.locator('.p-card')).toHaveCount(0);
    const empty = page.locator('.p-empty');
    await expect(empty).toBeVisible();
    await empty.getByRole('link', { name: way }).click();
    await expect(page).toHaveURL(path);
    await expect(page.locator('.p-card').first()).toBeVisible();
  }
});

test('the list of an area has the name of the area in its title and in its filter', async ({ page, open }) => {
  await open('/points?division=510107');
  await expect(page).toHaveTitle(/武侯区/);
  await expect(page.getByLabel('地区')).toHaveValue('510107');
  await open('/en/points?division=510107');
  await expect(page).toHaveTitle(/Wuhou/);
});

test('the list in English has English words, and Chinese ones are marked as Chinese', async ({ page, open }) => {
  await open('/en/points?division=510107&kind=service-hall');
  await expect(page.locator('.p-finder__found')).toHaveText(/^\d+ places? found, \d+ open now$/);
  await expect(page.getByLabel('Kind')).toHaveValue('service-hall');
  await expect(page.locator('.p-card .p-open').first()).toHaveText(/Open|Clos|Suspended|Hours/);
  await expect(page.locator('.p-card__where').first()).toHaveAttribute('lang', 'zh-CN');
});
