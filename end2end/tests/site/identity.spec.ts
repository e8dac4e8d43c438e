// 网站标签, 栏目标签, 内容页标签 and the foot of the page, as 国办发〔2017〕47号 and its annex ask for them.
import { english, expect, PAGES, pointsOf, test } from '../../fixtures/portal';

const TYPES = ['首页', '概况信息', '机构职能', '负责人信息', '工作动态', '政策文件', '信息公开指南', '信息公开目录', '信息公开年报', '依申请公开', '数据发布', '数据开放', '政策解读', '回应关切', '办事服务', '咨询投诉', '征集调查', '在线访谈'];

test('every page says which site it is of', async ({ page }) => {
  for (const path of Object.values(PAGES).flatMap((path) => [path, english(path)])) {
    await page.goto(path);
    const tag = (name: string) => page.locator(`head meta[name=${name}]`);
    await expect(tag('SiteName'), path).toHaveAttribute('content', '成都市政务公开(示例)');
    await expect(tag('SiteDomain'), path).toHaveAttribute('content', 'www.example.gov.cn');
    await expect(tag('SiteIDCode'), path).toHaveAttribute('content', /^(\d{10}|bm\d{8})$/);
  }
});

test('every column says its name, purpose, keywords and type', async ({ page }) => {
  for (const path of ['home', 'list', 'divisions', 'division', 'settings', 'about', 'sitemap', 'reports'].map((name) => PAGES[name as keyof typeof PAGES])) {
    await page.goto(path);
    for (const name of ['ColumnName', 'ColumnDescription', 'ColumnKeywords']) {
      await expect(page.locator(`head meta[name=${name}]`), `${path} ${name}`).toHaveAttribute('content', /.+/);
    }
    expect(TYPES).toContain(await page.locator('head meta[name=ColumnType]').getAttribute('content'));
    await expect(page.locator('head meta[name=ArticleTitle]')).toHaveCount(0);
  }
});

test('a content page says its title, time and source, and the column it is in', async ({ page, request }) => {
  const [hall] = await pointsOf(request, { kind: 'service-hall', division: '510107' });
  await page.goto(`/points/${hall.id}`);
  const tag = (name: string) => page.locator(`head meta[name=${name}]`);
  await expect(tag('ArticleTitle')).toHaveAttribute('content', hall.properties.name);
  await expect(tag('PubDate')).toHaveAttribute('content', /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
  await expect(tag('ContentSource')).toHaveAttribute('content', /.+/);
  await expect(tag('ColumnName')).toHaveAttribute('content', '一张图');
  expect(TYPES).toContain(await tag('ColumnType').getAttribute('content'));
  await expect(page.locator('.p-facts')).toContainText((await tag('PubDate').getAttribute('content'))!);
});

test('the foot of every page has what the law wants there', async ({ page }) => {
  for (const path of Object.values(PAGES)) {
    await page.goto(path);
    const foot = page.getByRole('contentinfo');
    await expect(foot).toContainText('演示站点');
    const terms = await foot.getByRole('term').allTextContents();
    expect(terms, path).toEqual(['主办单位', '承办单位', '联系电话', '联系地址', '网站标识码', 'ICP备案', '公安备案']);
    const links = await foot.getByRole('listitem').getByRole('link').allTextContents();
    expect.soft(links, path).toEqual(expect.arrayContaining(['网站地图', '关于本站', '党政机关', '我为政府网站找错']));
  }
});

test('the site map names every section and area', async ({ page }) => {
  await page.goto('/sitemap');
  for (const path of ['/', '/points', '/divisions', '/settings', '/about', '/reports']) await expect(page.getByRole('main').locator(`a[href="${path}"]`), path).toBeVisible();
  await expect(page.getByRole('main').locator('a[href^="/divisions/"]')).toHaveCount(23);
});

test('every link of a page leads somewhere', async ({ page, request }) => {
  const links = new Set<string>();
  for (const path of Object.values(PAGES).flatMap((path) => [path, english(path)])) {
    await page.goto(path);
    for (const href of await page.locator('a[href^="/"], link[href^="/"], script[src^="/"]').evaluateAll((all) => all.map((it) => it.getAttribute('href') ?? it.getAttribute('src')!))) links.add(href);
  }
  const own = [...links].filter((href) => ![PAGES.missing, PAGES.ended, PAGES.endedInterpreter].some((path) => href.endsWith(path)));
  expect(own.length).toBeGreaterThan(100);
  const dead = (await Promise.all(own.map(async (href) => ({ href, status: (await request.get(href)).status() })))).filter(({ status }) => status !== 200);
  expect(dead).toEqual([]);
});
