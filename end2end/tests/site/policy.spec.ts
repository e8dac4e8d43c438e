// A constant policy without inline script, and pages that need none.
import { english, expect, PAGES, test } from '../../fixtures/portal';

test('the policy of every answer allows no inline script and no other site', async ({ request }) => {
  const policies = new Set<string>();
  for (const path of [...Object.values(PAGES), '/en', '/api/points/1', '/api/none', '/healthz', '/icons.svg', '/pkg/sangeyi.css']) {
    const headers = (await request.get(path)).headers();
    policies.add(headers['content-security-policy']);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    expect(headers['x-frame-options'], path).toBe('DENY');
  }
  expect(policies.size).toBe(1);
  const [policy] = policies;
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|nonce-|https?:|\*/);
  const directives = Object.fromEntries(policy.split(';').map((directive) => [directive.trim().split(' ')[0], directive.trim().split(' ').slice(1)]));
  expect(directives['default-src']).toEqual(["'none'"]);
  expect(directives['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(directives['style-src']).toEqual(["'self'"]);
  expect(directives['form-action']).toEqual(["'self'"]);
  expect(directives['frame-ancestors']).toEqual(["'none'"]);
});

test('no page has an inline script, an inline style or anything of another site', async ({ request }) => {
  for (const path of Object.values(PAGES).flatMap((path) => [path, english(path)])) {
    const html = await (await request.get(path)).text();
    for (const [, attributes, body] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
      const data = attributes.includes('type="application/ld+json"');
      if (!data) expect(attributes, path).toMatch(/\bsrc="\//);
      if (!data) expect(body.trim(), path).toBe('');
    }
    expect(html, path).not.toMatch(/<style\b|<[^>]+\sstyle=|<[a-z][^>]*\son[a-z]+=|javascript:/i);
    expect(html, path).not.toMatch(/<(script|link|img|iframe|source)\b[^>]*\b(src|href)="(https?:)?\/\/(?!www\.example\.gov\.cn)/);
    expect(html.trimEnd(), path).toMatch(/<\/html>$/);
  }
});

test('the same page is the same bytes for everyone and is not sent twice', async ({ request }) => {
  // The minute may turn between two requests, so a second try decides.
  await expect(async () => {
    const first = await request.get('/points/1');
    const { etag } = first.headers();
    expect(first.headers()['set-cookie']).toBeUndefined();
    expect(first.headers().vary).toContain('cookie');
    const second = await request.get('/points/1', { headers: { 'if-none-match': etag } });
    expect(second.status()).toBe(304);
  }).toPass();
});

test('files with the hash of their content are kept for ever, and come compressed', async ({ page, open, request }) => {
  await open('/');
  const files = await page.locator('link[rel=stylesheet], script#islands').evaluateAll((all) => all.flatMap((it) => [it.getAttribute('href') ?? it.getAttribute('src')!, ...Object.values((it as HTMLElement).dataset as Record<string, string>)]));
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const file of files) {
    expect(file).toMatch(/\?v=[0-9a-f]{16}$/);
    const headers = (await request.get(file, { headers: { 'accept-encoding': 'br' } })).headers();
    expect(headers['cache-control'], file).toContain('immutable');
    expect(headers['content-encoding'], file).toBe('br');
  }
});
