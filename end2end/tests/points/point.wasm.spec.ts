import { awake, expect, pointsOf, test } from '../../fixtures/portal';

test.describe('where the clipboard may be used', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('the address is copied at the press of a button, which says that it was', async ({ page, open, request }) => {
    const [hall] = await pointsOf(request, { kind: 'service-hall', division: '510107' });
    await open(`/points/${hall.id}`);
    await page.getByRole('button', { name: '复制' }).click();
    await expect(page.getByRole('button', { name: '已复制' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('.p-point__address').textContent());
  });
});

test('where the clipboard may not be used the button says that it did not work', async ({ page, open }) => {
  await open('/points/1');
  await awake(page);
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  const button = page.locator('.p-point__copy button');
  await button.click();
  await expect(button).not.toHaveText('复制');
  await expect(button).not.toHaveText('已复制');
});

test('the page of a point has a map with its one mark', async ({ page, open }) => {
  await open('/points/1');
  const map = page.locator('portal-map');
  await expect(map).toHaveAttribute('ready', '');
  await expect(map).toHaveAttribute('single', '');
  await expect(map).toContainText('审图号');
  // It draws something.
  const colours = await map.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colours).toBeGreaterThan(4);
});
