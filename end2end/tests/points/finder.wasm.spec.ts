// 一张图 with its islands alive: finding in the browser, map and list in step, the position that stays on the device.
import type { Page } from '@playwright/test';
import { awake, expect, pointsOf, test } from '../../fixtures/portal';

const found = (page: Page) => page.locator('.p-finder__found');
const names = (page: Page) => page.locator('.p-card:visible .p-card__link').allTextContents();
const total = async (page: Page) => Number(/找到 (\d+) 处/.exec((await found(page).textContent())!)![1]);
const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** Marks the document: the mark is gone after a reload. */
const mark = (page: Page) => page.evaluate(() => { document.documentElement.dataset.mark = 'here'; return history.length; });
const marked = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-mark', 'here');

test('the list follows the typing without a reload, and so does the address, without a step in the history', async ({ page, open, request }) => {
  await open('/points');
  const all = await total(page);
  const steps = await mark(page);
  await page.getByRole('searchbox').pressSequentially('图书馆', { delay: 10 });
  await expect.poll(() => parameters(page)).toEqual({ q: '图书馆' });
  const wanted = await pointsOf(request, { q: '图书馆' });
  await expect(found(page)).toContainText(`找到 ${wanted.length} 处`);
  for (const name of await names(page)) expect(wanted.map((point) => point.properties.name)).toContain(name);
  await page.getByRole('searchbox').fill('');
  await expect.poll(() => parameters(page)).toEqual({});
  await expect(found(page)).toContainText(`找到 ${all} 处`);
  expect(await page.evaluate(() => history.length)).toBe(steps);
  await marked(page);
});

test('the address that typing leaves behind is a page of the server with the same list', async ({ page, open, request }) => {
  await open('/points');
  await page.getByRole('searchbox').fill('社保 双流');
  await page.getByLabel('类别').selectOption('service-centre');
  await expect.poll(() => parameters(page)).toEqual({ q: '社保 双流', kind: 'service-centre' });
  const wanted = await pointsOf(request, { q: '社保 双流', kind: 'service-centre' });
  await expect(found(page)).toContainText(`找到 ${wanted.length} 处`);
  const here = [await total(page), ...(await names(page)).toSorted()];
  const html = await (await request.get(page.url())).text();
  const there = [...html.matchAll(/class="p-card__link">([^<]*)</g)].map(([, name]) => name).toSorted();
  expect([Number(/找到 (\d+) 处/.exec(html)![1]), ...there]).toEqual(here);
});

test('a choice made while the points are still on their way is not lost', async ({ page, open, request }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/api/feed*', async (route) => {
    await held;
    await route.continue();
  });
  const { length } = await pointsOf(request, { kind: 'library' });
  await open('/points');
  await page.getByLabel('类别').selectOption('library');
  await expect.poll(() => parameters(page)).toEqual({ kind: 'library' });
  release();
  await expect(found(page)).toContainText(`找到 ${length} 处`);
  await expect(page.locator('.p-card:visible')).toHaveCount(length);
});

test('each choice is a step: back and forward bring back form and list', async ({ page, open, request }) => {
  const libraries = await pointsOf(request, { kind: 'library' });
  const here = await pointsOf(request, { kind: 'library', division: '510107' });
  await open('/points');
  const all = await total(page);
  const steps = await mark(page);
  const shows = async (kind: string, division: string, many: number) => {
    await expect.poll(() => parameters(page)).toEqual({ ...(kind && { kind }), ...(division && { division }) });
    await expect(page.getByLabel('类别')).toHaveValue(kind);
    await expect(page.getByLabel('地区')).toHaveValue(division);
    await expect(found(page)).toContainText(`找到 ${many} 处`);
    await expect(page.locator('.p-card:visible')).toHaveCount(Math.min(many, 24));
  };
  await page.getByLabel('类别').selectOption('library');
  await shows('library', '', libraries.length);
  await page.getByLabel('地区').selectOption('510107');
  await shows('library', '510107', here.length);
  expect(await page.evaluate(() => history.length)).toBe(steps + 2);
  await page.goBack();
  await shows('library', '', libraries.length);
  await page.goBack();
  await shows('', '', all);
  await page.goForward();
  await page.goForward();
  await shows('library', '510107', here.length);
  expect((await names(page)).toSorted()).toEqual(here.map((point) => point.properties.name).toSorted());
  await marked(page);
});

test('back from a point finds the list as it was left', async ({ page, open }) => {
  await open('/points');
  await page.getByRole('searchbox').fill('图书馆');
  await page.getByLabel('地区').selectOption('510107');
  await expect.poll(() => parameters(page)).toEqual({ q: '图书馆', division: '510107' });
  // The address is there before the list.
  await expect.poll(async () => (await names(page)).every((name) => name.includes('图书馆'))).toBe(true);
  const left = await names(page);
  await page.locator('.p-card:visible .p-card__link').first().click();
  await expect(page).toHaveURL(/\/points\/\d+$/);
  await page.goBack();
  await expect(page).toHaveURL((url) => url.searchParams.get('division') === '510107');
  await expect(page.getByRole('searchbox')).toHaveValue('图书馆');
  await expect(page.getByLabel('地区')).toHaveValue('510107');
  await expect.poll(() => names(page)).toEqual(left);
});

test('more of a long list comes at the press of a button', async ({ page, open }) => {
  await open('/points');
  await page.getByLabel('地区').selectOption('510107');
  await expect(found(page)).toHaveText(/找到 1\d\d 处/);
  await expect(page.locator('.p-card:visible')).toHaveCount(24);
  const first = await names(page);
  await page.getByRole('button', { name: '再看一些' }).click();
  await expect(page.locator('.p-card:visible')).toHaveCount(48);
  expect((await names(page)).slice(0, 24)).toEqual(first);
});

test('where nothing is found while typing, the page says what to do next', async ({ page, open }) => {
  await open('/points');
  await page.getByRole('searchbox').fill('没有这种地方');
  await expect(found(page)).toContainText('找到 0 处');
  await expect(page.locator('.p-empty:visible')).toContainText('没有符合条件的点位');
  await page.locator('.p-empty:visible').getByRole('link').click();
  await expect(page).toHaveURL('/points');
  await expect(page.locator('.p-card').first()).toBeVisible();
});

test('words typed before the islands are awake are kept', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/*.wasm*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/points');
  await page.getByRole('searchbox').fill('图书馆');
  release();
  await awake(page);
  await expect(page.getByRole('searchbox')).toHaveValue('图书馆');
  await expect(found(page)).toContainText(/找到 \d{1,3} 处/);
  await expect.poll(() => parameters(page)).toEqual({ q: '图书馆' });
});

test('back to a page of the server brings back its list and its pages', async ({ page, open }) => {
  await open('/points?page=3');
  const all = await total(page);
  const served = await names(page);
  await page.getByLabel('类别').selectOption('library');
  await expect.poll(() => parameters(page)).toEqual({ kind: 'library' });
  await expect(found(page)).toContainText(/找到 \d{1,3} 处/);
  await page.goBack();
  await expect.poll(() => parameters(page)).toEqual({ page: '3' });
  await expect(found(page)).toContainText(`找到 ${all} 处`);
  await expect.poll(() => names(page)).toEqual(served);
  await expect(page.getByRole('navigation', { name: '翻页' })).toBeVisible();
});

test('filters that are folded away have the right numbers when they are opened', async ({ page, open, request }) => {
  const { length } = await pointsOf(request, { q: '图书馆', level: 'district' });
  await open('/points');
  await page.getByRole('searchbox').fill('图书馆');
  await expect(found(page)).toContainText(/找到 \d{1,3} 处/);
  await page.getByText('更多条件').click();
  await expect(page.getByLabel('层级').locator('option[value=district]')).toHaveText(`区县级 (${length})`);
});

test('who comes back to the page after a while is told what is open now', async ({ page, open }) => {
  await page.clock.install();
  await open('/points');
  await page.getByRole('searchbox').fill('图书馆');
  await page.clock.runFor(1000);
  await expect(found(page)).toContainText(/找到 \d{1,3} 处/);
  const returns = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  let fetched = 0;
  page.on('request', (request) => (fetched += Number(request.url().endsWith('/api/feed'))));
  await returns();
  await page.clock.runFor(2000);
  expect(fetched).toBe(0);
  await page.clock.runFor(6 * 60_000);
  await returns();
  await expect.poll(() => fetched).toBe(1);
  await expect(found(page)).toContainText(/找到 \d{1,3} 处/);
});

test('the large-print switch and the other language keep the filters chosen in the browser', async ({ page, open }) => {
  await open('/points');
  await page.getByLabel('类别').selectOption('library');
  await expect.poll(() => parameters(page)).toEqual({ kind: 'library' });
  await page.getByRole('banner').getByRole('button', { name: '长辈版' }).click();
  await expect(page.locator('html')).toHaveClass('elder');
  expect(parameters(page)).toEqual({ kind: 'library' });
  await awake(page);
  await page.getByLabel('类别').selectOption('archive');
  await expect.poll(() => parameters(page)).toEqual({ kind: 'archive' });
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/en/points' && url.searchParams.get('kind') === 'archive');
});

test.describe('the map', () => {
  // The map then moves at once, so that a test knows where a mark is.
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  const map = (page: Page) => page.locator('portal-map');

  /** Where the marks are after the map was told to show all that is found: in the middle of what the sheet leaves free. */
  async function middle(page: Page): Promise<{ x: number; y: number }> {
    await map(page).evaluate((element) => element.dispatchEvent(new CustomEvent('portal-map:fit')));
    return map(page).locator('.p-map__view').evaluate((view) => {
      const [top, right, bottom, left] = (view.closest('portal-map')!.getAttribute('inset') ?? '0 0 0 0').split(/\s+/).map(Number);
      const { width, height } = view.getBoundingClientRect();
      return { x: left + (width - left - right) / 2, y: top + (height - top - bottom) / 2 };
    });
  }

  test('a tap on a mark of the map shows its point on top of the list', async ({ page, open, request }) => {
    const [point] = (await pointsOf(request, { kind: 'archive', division: '510107' })).slice(0, 1);
    await open('/points');
    await expect(map(page)).toHaveAttribute('ready', '');
    await page.getByRole('searchbox').fill(point.properties.name);
    await expect(found(page)).toContainText('找到 1 处');
    await map(page).locator('.p-map__view').click({ position: await middle(page) });
    const picked = page.getByRole('region', { name: '地图上选中的点位' });
    await expect(picked.getByRole('heading')).toContainText(point.properties.name);
    await picked.getByRole('button', { name: '关闭' }).click();
    await expect(picked).toHaveCount(0);
  });

  test('a tap on a cluster comes closer', async ({ page, open }) => {
    await open('/points');
    await expect(map(page)).toHaveAttribute('ready', '');
    await map(page).evaluate((element) => {
      element.addEventListener('portal-map:moved', (event) => { element.dataset.bbox = (event as CustomEvent).detail.bbox.join(); });
      element.querySelector<HTMLElement>('.p-map__button[data-does=in]')!.click();
      element.querySelector<HTMLElement>('.p-map__button[data-does=out]')!.click();
    });
    await expect(map(page)).toHaveAttribute('data-bbox', /,/);
    const width = (bbox: string) => Number(bbox.split(',')[2]) - Number(bbox.split(',')[0]);
    const far = width((await map(page).getAttribute('data-bbox'))!);
    // Most points stand around the middle of the city: whatever is drawn there is a cluster.
    const at = await map(page).evaluate((element) => {
      const [west, south, east, north] = element.dataset.bbox!.split(',').map(Number);
      const [top, right, bottom, left] = (element.getAttribute('inset') ?? '0 0 0 0').split(/\s+/).map(Number);
      const { width, height } = element.querySelector('.p-map__view')!.getBoundingClientRect();
      const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
      const down = (mercator(north) - mercator(30.64)) / (mercator(north) - mercator(south));
      return { x: left + ((104.06 - west) / (east - west)) * (width - left - right), y: top + down * (height - top - bottom) };
    });
    await map(page).locator('.p-map__view').click({ position: at });
    await expect.poll(async () => width((await map(page).getAttribute('data-bbox'))!)).toBeLessThan(far / 1.5);
  });

  test('what the map says was tapped is shown, under filters and without them', async ({ page, open, request }) => {
    const points = await pointsOf(request, { kind: 'service-hall' });
    await open('/points');
    await expect(map(page)).toHaveAttribute('ready', '');
    for (const point of points.slice(0, 2)) {
      await map(page).evaluate((element, id) => element.dispatchEvent(new CustomEvent('portal-map:pick', { bubbles: true, detail: { id } })), point.id);
      const picked = page.getByRole('region', { name: '地图上选中的点位' });
      await expect(picked.getByRole('heading')).toContainText(point.properties.name);
      // Wherever the reader is, what was picked comes into sight.
      await expect(picked).toBeInViewport();
    }
  });

  test('the map prints its source, its approval number and that it is a sketch', async ({ page, open }) => {
    await open('/points');
    await expect(map(page)).toHaveAttribute('ready', '');
    await expect(map(page)).toContainText('示意图');
    await expect(map(page)).toContainText('底图来源');
    await expect(map(page)).toContainText('审图号');
    const foot = map(page).locator('.p-map__foot');
    await expect(foot).toBeVisible();
    // Nothing may lie over what the law wants to be read.
    const covered = await foot.evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return [[left + 4, top + 2], [(left + right) / 2, bottom - 3]].filter(([x, y]) => document.elementFromPoint(x, y)?.closest('.p-finder__sheet, .p-tabs')).length;
    });
    expect(covered).toBe(0);
  });

  test('the buttons of the map can all be pressed', async ({ page, open }) => {
    await open('/points');
    await expect(map(page)).toHaveAttribute('ready', '');
    const covered = await map(page).locator('button').evaluateAll((buttons) =>
      buttons.filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return [top + 3, (top + bottom) / 2, bottom - 3].some((y) => !button.contains(document.elementFromPoint((left + right) / 2, y)));
      }).map((button) => button.textContent),
    );
    expect(covered).toEqual([]);
  });
});

test.describe('with a position', () => {
  test.use({ geolocation: { longitude: 103.8837, latitude: 30.8112 }, permissions: ['geolocation'] });

  test('the nearest come first, and the position is neither in the address nor in any request', async ({ page, open }) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await open('/points');
    await page.getByRole('button', { name: '离我近的' }).click();
    const far = page.locator('.p-card:visible .p-card__far');
    await expect(far).toHaveCount(24);
    const sorted = async () => {
      const metres = (await far.allTextContents()).map((text) => Number.parseFloat(text) * (text.includes('公里') ? 1000 : 1));
      expect(metres).toEqual(metres.toSorted((a, b) => a - b));
    };
    await sorted();
    expect(parameters(page)).toEqual({});
    await page.getByLabel('类别').selectOption('library');
    await expect.poll(() => parameters(page)).toEqual({ kind: 'library' });
    await sorted();
    await page.getByRole('searchbox').fill('图书馆');
    await expect.poll(() => parameters(page)).toEqual({ q: '图书馆', kind: 'library' });
    await sorted();
    // Neither in the links and hidden fields that a next step would send.
    const html = await page.content();
    expect(html).not.toMatch(/near=103|value="103\.8/);
    await page.locator('.p-card:visible .p-card__link').first().click();
    await expect(page).toHaveURL(/\/points\/\d+$/);
    expect(sent.filter((request) => /103\.88|30\.81/.test(request))).toEqual([]);
  });
});

test.describe('with a position that is given up again', () => {
  test.use({ geolocation: { longitude: 103.8837, latitude: 30.8112 }, permissions: ['geolocation'] });

  test('a second press takes the distances away', async ({ page, open }) => {
    await open('/points');
    const near = page.getByRole('button', { name: '离我近的' });
    await near.click();
    await expect(page.locator('.p-card:visible .p-card__far')).toHaveCount(24);
    await expect(near).toHaveAttribute('aria-pressed', 'true');
    await near.click();
    await expect(page.locator('.p-card:visible .p-card__far')).toHaveCount(0);
    await expect(near).toHaveAttribute('aria-pressed', 'false');
  });
});

test('without a position the page says what to do instead', async ({ page, open }) => {
  await open('/points');
  await page.getByRole('button', { name: '离我近的' }).click();
  await expect(page.getByRole('alert')).toContainText('没有得到位置');
  await expect(page.locator('.p-card:visible')).toHaveCount(24);
});

test('when the points cannot be fetched the form still works as a form', async ({ page, open, tolerate }) => {
  await page.route('**/api/feed*', (route) => route.fulfill({ status: 503, body: '' }));
  tolerate(/\/api\/feed/);
  await open('/points');
  await page.getByRole('searchbox').fill('图书馆');
  await expect(page.getByRole('alert')).toContainText('点位没有取到');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await expect(page.locator('.p-card:visible').first()).toContainText('图书馆');
});
