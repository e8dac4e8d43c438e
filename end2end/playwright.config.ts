// The portal in a browser: every test on a phone and a desktop, with and without JavaScript. What needs wasm is called
// `*.wasm.spec.ts`. E2E_URL runs the same tests against a portal that runs already.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { desktop, executablePath, flags, phone } from './fixtures/browser.mjs';

const root = resolve(import.meta.dirname, '..');
const results = process.env.E2E_RESULTS ?? join(root, 'target/results');
const server = process.env.E2E_SERVER ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/sangeyi');
mkdirSync(results, { recursive: true });

// Playwright reads this file again in every worker, so what is chosen here is handed down in the environment.
if (!process.env.E2E_DIR) {
  const dir = mkdtempSync(join(tmpdir(), 'sangeyi-e2e-'));
  process.env.E2E_DIR = dir;
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
}
// A free port, never that of a portal somebody is looking at.
const freePort = () =>
  new Promise<string>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(String(port)));
    });
  });
process.env.E2E_PORT ??= await freePort();
process.env.E2E_OIDC_PORT ??= await freePort();
const address = `127.0.0.1:${process.env.E2E_PORT}`;
const baseURL = process.env.E2E_URL ?? `http://${address}`;

const provider = `http://127.0.0.1:${process.env.E2E_OIDC_PORT}`;

// A whole day leaves the city with more places than other tests count on: it comes after them.
const day = '**/day/*.spec.ts';
const withoutScripts = { testIgnore: ['**/*.wasm.spec.ts', day] };
const others = ['phone', 'desktop', 'phone-nojs', 'desktop-nojs'];

export default defineConfig({
  testDir: 'tests',
  outputDir: join(results, 'e2e'),
  reporter: [['line'], ['json', { outputFile: join(results, 'e2e.json') }]],
  workers: 2,
  // A machine that builds at the same time is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 1,
  forbidOnly: !!process.env.CI,
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: flags,
    },
  },
  projects: [
    { name: 'phone', use: phone, testIgnore: day },
    { name: 'desktop', use: desktop, testIgnore: day },
    { name: 'phone-nojs', use: { ...phone, javaScriptEnabled: false }, ...withoutScripts },
    { name: 'desktop-nojs', use: { ...desktop, javaScriptEnabled: false }, ...withoutScripts },
    { name: 'day', use: phone, testMatch: day, dependencies: others },
    { name: 'day-nojs', use: { ...desktop, javaScriptEnabled: false }, testMatch: day, dependencies: others },
  ],
  webServer: process.env.E2E_URL
    ? undefined
    : [{
        command: `exec '${server}' serve --seed-if-empty >'${join(results, 'server.log')}' 2>&1`,
        cwd: root,
        env: {
          SANGEYI_ADDRESS: address,
          // Nothing of what somebody has set or kept in this folder.
          SANGEYI_CONFIG: join(process.env.E2E_DIR, 'none.toml'),
          SANGEYI_DATA_FOLDER: process.env.E2E_DIR,
          SANGEYI_RATE_LIMIT: '0', // every test comes from one address
          SANGEYI_REPORT_LIMIT: '0',
          SANGEYI_DATABASE_URL: `sqlite://${process.env.E2E_DIR}/sangeyi.db?mode=rwc`,
          SANGEYI_OIDC_ISSUER: provider,
          SANGEYI_OIDC_CLIENT_ID: 'sangeyi',
          SANGEYI_OIDC_CLIENT_SECRET: 'of the tests alone',
          SANGEYI_OIDC_SCOPES: '["profile","groups"]',
          SANGEYI_OIDC_ROLES:
            '[{value="editors",role="editor",division="510107"},{value="admins",role="administrator",division="510100"}]',
          SANGEYI_SITE_ROOT: process.env.E2E_SITE ?? join(root, 'target/site'),
        },
        url: `${baseURL}/readyz`,
        timeout: 120_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      }, {
        command: 'exec node fixtures/provider.mjs',
        cwd: import.meta.dirname,
        stderr: 'ignore',
        url: `${provider}/.well-known/openid-configuration`,
      }],
});
