// A chapter is read aloud sentence by sentence, with the one that is read marked, and passed on.
import type { Page } from '@playwright/test';
import { expect, test, wrongs } from '../../fixtures/portal';

const CHAPTER = '/manual/510107/how-to';

/** A voice that says nothing and ends when it is told to. */
async function voice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: SpeechSynthesisUtterance[] = [];
    Object.assign(window, { said });
    speechSynthesis.speak = (it) => void said.push(it);
    speechSynthesis.cancel = () => {};
  });
}
const said = (page: Page) => page.evaluate(() => (window as any).said.map(({ text, lang, rate }: any) => ({ text, lang, rate })) as { text: string; lang: string; rate: number }[]);
const end = (page: Page) => page.evaluate(() => (window as any).said.at(-1).onend());
const marked = (page: Page) => page.evaluate(() => [...(CSS.highlights.get('reading') ?? [])].map((range) => (range as Range).toString()).join('|'));

test('the sentence that is read is marked, in sight, and the next one follows it', async ({ page }) => {
  await voice(page);
  await page.goto(CHAPTER);
  const button = page.getByRole('button', { name: '朗读本页' });
  await button.click();
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  await expect.poll(async () => (await said(page))[0]).toMatchObject({ text: title, lang: 'zh-CN' });
  await expect.poll(() => marked(page)).toBe(title);
  expect(await wrongs(page)).toEqual([]);
  for (let i = 0; i < 12; i++) {
    await end(page);
    const words = (await said(page)).at(-1)!.text;
    expect((await marked(page)).trim()).toBe(words);
    expect(words.match(/[。!?]./u), `one sentence: ${words}`).toBeNull();
  }
  await expect.poll(() => page.evaluate(() => {
    const [range] = [...CSS.highlights.get('reading')!] as Range[];
    const { top, bottom } = range.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  })).toBe(true);

  // A pause keeps the place; another speed counts from the sentence that is read.
  const before = await said(page);
  await page.getByRole('button', { name: '暂停' }).click();
  await end(page);
  expect(await said(page)).toHaveLength(before.length);
  await page.getByRole('button', { name: '继续' }).click();
  expect((await said(page)).at(-1)!.text).toBe(before.at(-1)!.text);
  await page.getByLabel('语速').selectOption('快');
  const faster = (await said(page)).at(-1)!;
  expect(faster.text).toBe(before.at(-1)!.text);
  expect(faster.rate).toBeCloseTo(1.2);
  await page.getByRole('button', { name: '停止朗读' }).click();
  expect(await marked(page)).toBe('');
  await expect(page.getByRole('button', { name: '暂停' })).toBeHidden();
  await page.reload();
  await page.getByRole('button', { name: '朗读本页' }).click();
  expect((await said(page))[0].rate).toBeCloseTo(1.2);
});

test('a browser that cannot mark a sentence marks its paragraph; one without a voice says so', async ({ page }) => {
  await voice(page);
  await page.addInitScript(() => void delete (window as any).Highlight);
  await page.goto(`/en${CHAPTER}`);
  await page.getByRole('button', { name: 'Read this page aloud' }).click();
  await expect(page.locator('.p-reading')).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(page.locator('.p-reading')).toHaveCount(0);
  await page.addInitScript(() => void delete (window as any).speechSynthesis);
  await page.reload();
  await page.getByRole('button', { name: 'Read this page aloud' }).click();
  await expect(page.getByRole('button', { name: 'This browser cannot read aloud' })).toBeVisible();
});

test('a button that is pressed before its script has come is not lost', async ({ page }) => {
  await voice(page);
  await page.route(/\/reading\.js/, async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  await page.goto(CHAPTER);
  await page.getByRole('button', { name: '朗读本页' }).click();
  expect(await said(page)).toEqual([]);
  await expect.poll(async () => (await said(page)).length).toBe(1);
});

test('a chapter is passed on by what the device has, else its address is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }));
  await page.goto(CHAPTER);
  await page.getByRole('button', { name: '分享' }).click();
  await expect(page.getByRole('button', { name: '网址已复制' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.addInitScript(() => Object.defineProperty(navigator, 'share', { value: async (what: ShareData) => Object.assign(window, { shared: what }) }));
  await page.reload();
  await page.getByRole('button', { name: '分享' }).click();
  await expect.poll(() => page.evaluate(() => (window as any).shared?.url)).toBe(page.url());
});
