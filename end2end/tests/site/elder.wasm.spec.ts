import { awake, expect, PAGES, test } from '../../fixtures/portal';

test('in large print every page can be read aloud, and the ordinary pages have no such button', async ({ page, open, elder }) => {
  await open('/');
  await expect(page.getByRole('button', { name: '朗读本页' })).toHaveCount(0);
  await elder();
  for (const path of Object.values(PAGES)) {
    await open(path);
    await expect(page.getByRole('button', { name: '朗读本页' }), path).toBeInViewport();
  }
});

test('reading aloud reads the main part of the page in its language and can be stopped', async ({ page, open, elder }) => {
  await elder();
  await page.addInitScript(() => {
    const said: { text: string; lang: string }[] = [];
    Object.assign(window, { said, stopped: 0 });
    // A voice in a hurry: a sentence ends as soon as it has begun; the last one is long.
    speechSynthesis.speak = (voice) => {
      said.push({ text: voice.text, lang: voice.lang });
      if (!voice.text.includes('什么时候开')) setTimeout(() => voice.onend?.(new Event('end') as SpeechSynthesisEvent));
    };
    speechSynthesis.cancel = () => void (window as any).stopped++;
  });
  await open('/points/1');
  await awake(page);
  const button = page.locator('.p-read-aloud');
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect(button).toHaveText('停止朗读');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => page.evaluate(() => (window as any).said.at(-1)?.text)).toContain('什么时候开');
  const said = await page.evaluate(() => (window as any).said as { text: string; lang: string }[]);
  expect(said.map(({ lang }) => lang)).toContain('zh-CN');
  const words = said.map(({ text }) => text).join('');
  expect(words).toContain((await page.locator('h1').textContent())!);
  expect(words).toContain('什么时候开');
  expect(words).not.toContain('朗读本页');
  await button.click();
  await expect(button).toHaveText('朗读本页');
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  expect(await page.evaluate(() => (window as any).stopped)).toBeGreaterThan(0);
});
