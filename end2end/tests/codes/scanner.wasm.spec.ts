// The scanner: a photo of a code, and the camera, which the browser plays from a file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type APIRequestContext } from '@playwright/test';
import { executablePath, flags } from '../../fixtures/browser.mjs';
import { expect, test, wrongs } from '../../fixtures/portal';

/** The picture of the code of a division. */
async function pictureOf(request: APIRequestContext, path: string): Promise<Buffer> {
  const front = await (await request.get(path)).text();
  const [, token] = front.match(/href="\/codes\/([0-9A-Z]{8})"/)!;
  return (await request.get(`/codes/${token}.png`)).body();
}

test('a photo of a code leads to its page', async ({ page, open, request }) => {
  const buffer = await pictureOf(request, '/divisions/510107');
  await open('/codes');
  expect(await wrongs(page)).toEqual([]);
  await page.locator('#scan-photo').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  await expect(page).toHaveURL('/divisions/510107');
});

test('in English a photo leads to the English page', async ({ page, open, request }) => {
  const buffer = await pictureOf(request, '/divisions/510107');
  await open('/en/codes');
  await page.locator('#scan-photo').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  await expect(page).toHaveURL('/en/divisions/510107');
});

test('a photo without a code, and a file that is no photo, are said to be so', async ({ page, open, request }) => {
  await open('/codes');
  const said = page.locator('#scanner [role=status]');
  await page.locator('#scan-photo').setInputFiles({ name: 'text.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(said).toHaveText('这个文件不是照片。');
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 40 } });
  await page.locator('#scan-photo').setInputFiles({ name: 'none.png', mimeType: 'image/png', buffer: picture });
  await expect(said).toContainText('还没有看到码');
});

test('only addresses of this site are followed', async ({ page, open }) => {
  await open('/codes');
  const followed = await page.evaluate(async () => {
    const { ours } = await import(document.querySelector<HTMLScriptElement>('script[src^="/scanner.js"]')!.src);
    const host = '127.0.0.1:3000';
    const domain = 'www.example.gov.cn';
    return [
      'https://www.example.gov.cn/c/3333AAAA?s=1',
      'http://127.0.0.1:3000/points/1',
      'https://www.example.gov.cn//evil.example/c/1',
      'https://evil.example/c/3333AAAA',
      'https://www.example.gov.cn.evil.example/c/1',
      'https://www.example.gov.cn@evil.example/c/1',
      'https://me@www.example.gov.cn/c/1',
      'javascript:alert(1)',
      'ftp://www.example.gov.cn/c/1',
      '只是文字',
      '',
    ].map((text) => ours(text, host, domain, false));
  });
  expect(followed).toEqual(['/c/3333AAAA?s=1', '/points/1', '/evil.example/c/1', ...Array(8).fill(null)]);
});

/** A browser whose camera plays a picture, or that has none, or may not use it. */
async function camera(base: string, more: string[], act: (page: import('@playwright/test').Page) => Promise<void>, permissions = ['camera']) {
  const browser = await chromium.launch({ executablePath, args: [...flags, ...more] });
  try {
    const context = await browser.newContext({ baseURL: base, permissions });
    const page = await context.newPage();
    await page.goto('/codes');
    await page.getByRole('button', { name: '扫一扫' }).click();
    await act(page);
  } finally {
    await browser.close();
  }
}

const FAKE = '--use-fake-device-for-media-stream';
const ALLOW = '--use-fake-ui-for-media-stream';

test('the camera finds a code and leads to its page', async ({ request, baseURL }, info) => {
  test.skip(info.project.name !== 'phone', 'a camera is a camera');
  const folder = mkdtempSync(join(tmpdir(), 'sangeyi-scan-'));
  try {
    const [png, video] = [join(folder, 'code.png'), join(folder, 'code.mjpeg')];
    writeFileSync(png, await pictureOf(request, '/divisions/510107'));
    const page = await jpegOf(png);
    writeFileSync(video, page);
    await camera(baseURL!, [FAKE, ALLOW, `--use-file-for-fake-video-capture=${video}`], async (page) => {
      await expect(page).toHaveURL('/divisions/510107', { timeout: 30_000 });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A picture as a JPEG of 640 by 480, which is what the browser takes for a film of one frame. */
async function jpegOf(png: string): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
    const data = execFileSync('base64', ['-w0', png]).toString();
    await page.setContent(`<body style="margin:0;background:#fff;display:grid;place-items:center;height:480px"><img height="400" src="data:image/png;base64,${data}">`);
    return await page.screenshot({ type: 'jpeg', quality: 90 });
  } finally {
    await browser.close();
  }
}

test('a camera that is refused is said to be refused', async ({ baseURL }, info) => {
  test.skip(info.project.name !== 'phone', 'a camera is a camera');
  const refused = async (page: import('@playwright/test').Page) =>
    expect(page.locator('#scanner [role=status]')).toHaveText(/没有允许使用相机|没有能用的相机/);
  await camera(baseURL!, [FAKE, '--deny-permission-prompts'], refused, []);
});
