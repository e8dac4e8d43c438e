// What all pages share: no overflow, targets one can hit, the keyboard's way, both languages.
import type { Page } from '@playwright/test';
import { english, expect, PAGES, test, texts, tooLow } from '../../fixtures/portal';

test('no page is wider than the screen', async ({ page, elder, viewport }) => {
  const wider = async (path: string) => {
    await page.goto(path);
    const width = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth));
    expect.soft(width, path).toBe(viewport!.width);
  };
  for (const path of Object.values(PAGES)) {
    await wider(path);
    await wider(english(path));
  }
  await elder();
  for (const path of Object.values(PAGES)) {
    await wider(path);
    await wider(english(path));
  }
});

test('a page still fits when the window is as narrow as a page enlarged four times', async ({ page, isMobile, elder }) => {
  test.skip(isMobile, 'WCAG 1.4.10 is about windows');
  await page.setViewportSize({ width: 320, height: 640 });
  for (const large of [false, true]) {
    if (large) await elder();
    for (const path of Object.values(PAGES)) {
      await page.goto(path);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${path} ${large ? 'in large print' : ''}`).toBe(320);
    }
  }
});

for (const [name, path] of Object.entries(PAGES)) {
  test(`controls are at least 44 px high: ${name}`, async ({ page, open }) => {
    await open(path);
    expect(await tooLow(page, 'body', 44)).toEqual([]);
  });
}

test('every page has one heading of the first level, a main part and a title of its own', async ({ page }) => {
  const titles = new Set<string>();
  for (const path of Object.values(PAGES).flatMap((path) => [path, english(path)])) {
    await page.goto(path);
    await expect(page.locator('h1'), path).toHaveCount(1);
    await expect(page.getByRole('main'), path).toHaveCount(1);
    titles.add(await page.title());
    const levels = await page.locator('h1, h2, h3, h4').evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    expect.soft(levels.filter((level, i) => level - (levels[i - 1] ?? 0) > 1), `no level is left out: ${path}`).toEqual([]);
  }
  expect(titles.size).toBe(2 * Object.keys(PAGES).length);
});

test('where one is, is marked in the sections', async ({ page, open, isMobile }) => {
  for (const [path, word] of [['/', '首页'], ['/points', '一张图'], ['/points/1', '一张图'], ['/divisions/510107', '各地'], ['/settings', '设置']]) {
    await open(path);
    const sections = page.getByRole('navigation', { name: isMobile ? '主要栏目(底部)' : '主要栏目', exact: true });
    await expect(sections.locator('[aria-current=page]')).toHaveText(word);
  }
});

test('English pages have no Chinese but what is marked as Chinese', async ({ page }) => {
  for (const path of Object.values(PAGES).map(english)) {
    await page.goto(path);
    const chinese = (await texts(page, 'body')).filter(({ text, hidden, lang }) => /\p{Script=Han}/u.test(text) && !hidden && !lang.startsWith('zh'));
    expect.soft(chinese.map(({ text }) => text), path).toEqual([]);
    expect.soft(await page.title(), path).not.toMatch(/\p{Script=Han}/u);
    const labels = await page.locator('[aria-label], [placeholder], [title], option').evaluateAll((all) =>
      all.filter((it) => !it.closest('[lang^=zh]')).flatMap((it) => [it.getAttribute('aria-label'), it.getAttribute('placeholder'), it.getAttribute('title'), it.tagName === 'OPTION' ? it.textContent : '']));
    expect.soft(labels.filter((label) => label && /\p{Script=Han}/u.test(label)), path).toEqual([]);
  }
});

interface Focus {
  href: string | null;
  name: string;
  tag: string;
  seen: boolean;
  outlined: boolean;
}
/** What the keyboard is on, whether it can be seen and whether one sees that it has the focus. */
const focused = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement!;
    const { left, top, width, height } = element.getBoundingClientRect();
    const spots = [[left + Math.min(width / 2, 40), top + height / 2], [left + 3, top + 3], [left + 3, top + height - 3]];
    const outline = (pseudo?: string) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    return {
      href: element.getAttribute('href'),
      name: (element.textContent || element.getAttribute('name') || element.className).toString().trim().slice(0, 30),
      tag: element.tagName,
      seen: spots.some(([x, y]) => {
        const at = document.elementFromPoint(x, y);
        return !!at && (element.contains(at) || (at.contains(element) && !at.matches('body, html')));
      }),
      // Where the element's own outline would be covered, the ring is drawn over it.
      outlined: outline() || outline('::after') || Number.parseFloat(getComputedStyle(element, '::after').borderTopWidth) >= 2,
    };
  });

test('the first stop of the keyboard skips to the content', async ({ page, open }) => {
  for (const path of ['/', '/points', '/en/points/1']) {
    await open(path);
    await page.keyboard.press('Tab');
    const skip = page.locator('.p-skip');
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 0.9 });
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#main$/);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => !!document.activeElement!.closest('#main')), path).toBe(true);
  }
});

test('the keyboard reaches every point of the list, and one always sees where it is', async ({ page, open }) => {
  await open('/points');
  const wanted = await page.locator('.p-card__link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(wanted).toHaveLength(24);
  const stops: Focus[] = [];
  for (let i = 0; i < 160; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop.tag === 'BODY') break;
    stops.push(stop);
    if (stop.href === '/sitemap') break;
  }
  const reached = stops.map(({ href }) => href).filter((href) => wanted.includes(href));
  expect(reached).toEqual(wanted);
  expect(stops.filter(({ outlined }) => !outlined), 'the focus shows').toEqual([]);
  expect(stops.filter(({ seen }) => !seen), 'the focus is not covered').toEqual([]);
});

test('the filters can be set and sent by keyboard alone', async ({ page, open }) => {
  await open('/points');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('library');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'library');
  await expect(page.locator('.p-card:visible').first()).toBeVisible();
});
