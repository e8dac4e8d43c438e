import { awake, expect, test } from '../../fixtures/portal';

test.describe('with a position', () => {
  test.use({ geolocation: { longitude: 103.88, latitude: 30.81 }, permissions: ['geolocation'] });

  test('the nearest places are found on the device and the position goes nowhere', async ({ page, open }) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await open('/');
    const before = await page.locator('.p-card').first().textContent();
    await awake(page);
    await page.getByRole('button', { name: '用我的位置' }).click();
    await expect(page.locator('.p-card__far:visible').first()).toBeVisible();
    const cards = page.locator('.p-card:visible');
    await expect(cards).toHaveCount(6);
    expect(await cards.first().textContent()).not.toBe(before);
    await expect(cards.first()).toContainText('郫都区');
    await expect(page).toHaveURL('/');
    expect(sent.filter((request) => /103\.8|30\.8/.test(request))).toEqual([]);
  });
});

test('without a position the home page says what to do instead', async ({ page, open }) => {
  await open('/');
  await awake(page);
  await page.getByRole('button', { name: '用我的位置' }).click();
  await expect(page.getByRole('alert')).toContainText('没有得到位置');
  await expect(page.locator('.p-card:visible')).toHaveCount(6);
});

test('a button pressed before the islands are awake is not lost', async ({ page, open }) => {
  await open('/');
  await page.getByRole('button', { name: '用我的位置' }).click();
  await expect(page.getByRole('alert')).toContainText('没有得到位置');
});
