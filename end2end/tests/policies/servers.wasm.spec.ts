// Two servers over one PostgreSQL: the resident sits at one, the interpreter at the other. The resident's server is killed in the
// middle and comes back; nothing is lost and nothing comes twice.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/portal';
import { openAccount, settle } from '../../fixtures/staff';

const database = process.env.TEST_DATABASE_URL;
test.skip(!database || !!process.env.E2E_URL, 'scripts/e2e.sh starts a PostgreSQL');
test.describe.configure({ timeout: 180_000 });

const port = () =>
  new Promise<string>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(String(port)));
    });
  });

const folder = mkdtempSync(join(tmpdir(), 'sangeyi-two-'));
const running: ChildProcess[] = [];
test.afterAll(() => {
  running.forEach((server) => server.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
});

const settings = {
  PATH: process.env.PATH!,
  SANGEYI_CONFIG: join(folder, 'none.toml'),
  SANGEYI_DATA_FOLDER: folder,
  SANGEYI_DATABASE_URL: database!,
  SANGEYI_SITE_ROOT: process.env.E2E_SITE!,
  SANGEYI_RATE_LIMIT: '0',
  SANGEYI_LOG: 'off',
};

/** Starts a server and waits until it answers. */
async function serve(at: string): Promise<ChildProcess> {
  const server = spawn(process.env.E2E_SERVER!, ['serve', '--seed-if-empty'], {
    env: { ...settings, SANGEYI_ADDRESS: `127.0.0.1:${at}` },
    stdio: 'ignore',
  });
  running.push(server);
  const answers = async () => (await fetch(`http://127.0.0.1:${at}/readyz`).catch(() => null))?.status;
  await expect.poll(answers, { timeout: 120_000 }).toBe(200);
  return server;
}

test('the two hold their conversation at two servers, one of which is killed', async ({ browser, viewport }, { project }) => {
  test.skip(project.name !== 'phone', 'once is enough');
  const ports = [await port(), await port()];
  const first = await serve(ports[0]);
  await serve(ports[1]);
  const [here, there] = ports.map((it) => `http://127.0.0.1:${it}`);
  const open = async (baseURL: string) => (await browser.newContext({ viewport, locale: 'zh-CN', baseURL })).newPage();
  const [page, staff] = [await open(here), await open(there)];
  await settle(staff, openAccount('interpreter', '510100', settings));
  await staff.goto('/desk/questions');
  await expect(staff.locator('.p-table tbody tr')).toHaveCount(0);

  const words = `两台服务器的提问 ${Date.now()}`;
  await page.goto('/policies/2');
  await page.getByRole('link', { name: '问第七条' }).click();
  const panel = page.locator('#asking #panel');
  await page.getByLabel('您的问题').fill(words);
  await panel.getByRole('button', { name: '提交' }).click();
  await expect(panel.locator('[data-state]')).toHaveText('已收到');
  // The other server has it within a second; the list was open.
  await expect(staff.locator('.p-table tbody tr')).toHaveCount(1);
  await staff.locator('.p-table th a').click();
  await expect(staff.getByText(words)).toBeVisible();
  await staff.getByRole('button', { name: '开始办理' }).click();
  await expect(panel.locator('[data-state]')).toHaveText('办理中');

  first.kill('SIGKILL');
  await staff.getByLabel('答复内容').fill('示例答复:两台都一样。');
  await staff.getByRole('button', { name: '答复', exact: true }).click();
  await expect(staff).toHaveURL(`${there}/desk/questions`);
  await expect(panel.locator('[data-state]')).toHaveText('办理中');
  await serve(ports[0]);
  await expect(panel.locator('[data-state]')).toHaveText('已答复', { timeout: 60_000 });
  await expect(panel.locator('.p-trace li')).toHaveCount(3);
  await expect(panel.locator('.p-question__answer')).toContainText('两台都一样');

  // And a question that is sent while its server is away.
  first.kill('SIGKILL');
  running.at(-1)!.kill('SIGKILL');
  await panel.getByLabel('没有解决').check();
  await panel.getByLabel('还有哪里不清楚').fill('还有一个问题');
  await panel.getByRole('button', { name: '再问' }).click();
  await expect(panel.getByText('现在连不上')).toBeVisible();
  await serve(ports[0]);
  await expect(panel.locator('.p-trace')).toContainText('还有一个问题', { timeout: 60_000 });
  await expect(staff.locator('.p-table tbody tr')).toHaveCount(1);
});
