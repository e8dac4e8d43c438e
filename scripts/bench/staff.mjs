// Staff of the portal that is measured.
import { execFileSync } from 'node:child_process';
import { url } from './browser.mjs';

const account = (server, name, role) =>
  execFileSync(server, ['account', 'open', name, '--person', `示例${name}`, '--role', role, '--division', '510100'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .toString()
    .trim();

/** Somebody signed in: keeps the cookie, follows nothing. */
export async function person(server, name, role) {
  let cookie = '';
  const send = async (path, options = {}) => {
    const answer = await fetch(url + path, {
      redirect: 'manual',
      ...options,
      headers: { cookie, origin: url, 'sec-fetch-site': 'same-origin', ...options.headers },
    });
    const set = answer.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0];
    return { status: answer.status, to: answer.headers.get('location'), body: await answer.text() };
  };
  const post = async (path, fields) => {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const answer = await send(path, { method: 'POST', body });
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 2000)}`);
    return answer.to;
  };
  const first = account(server, name, role);
  await post('/sign-in', { name, password: first });
  await post('/desk/account/password', { current: first, new: 'quite another one 2' });
  return { get: send, post, cookie: () => cookie };
}
