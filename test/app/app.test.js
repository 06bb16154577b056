import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { behaviourFrom, createApp } from './app.js';

/** @type {ReturnType<typeof createApp>[]} */
const apps = [];
afterEach(async () => {
  for (const { users, cluster } of apps.splice(0))
    for (const server of [users, cluster]) {
      server.closeAllConnections();
      server.close();
    }
});

/** @param {Parameters<typeof createApp>} args */
async function started(...args) {
  const app = createApp(...args);
  apps.push(app);
  const [user, own] = await Promise.all(
    [app.users, app.cluster].map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      return `http://127.0.0.1:${address.port}`;
    }),
  );
  return { ...app, user: user ?? '', own: own ?? '' };
}

/** @param {string} url */
const statusOf = async (url) => (await fetch(url)).status;
/** @param {string} url */
const textOf = async (url) => (await fetch(url)).text();

describe('the sample application', () => {
  it('answers, and knows what it does not have', async () => {
    const { user, own } = await started();
    assert.equal(await textOf(`${user}/`), 'hello\n');
    assert.equal(await statusOf(`${user}/nothing`), 404);
    assert.equal(await statusOf(`${own}/nothing`), 404);
    assert.equal(await statusOf(`${own}/healthz`), 200);
    assert.equal(await statusOf(`${own}/readyz`), 200);
  });

  it('counts by status code, with a histogram that adds up', async () => {
    const { user, own } = await started();
    for (const path of ['/', '/', '/a', '/b?c']) await textOf(`${user}${path}`);
    const text = await textOf(`${own}/metrics`);
    assert.match(text, /^http_requests_total\{method="GET",route="\/",code="200"\} 2$/m);
    assert.match(text, /^http_requests_total\{method="GET",route="other",code="404"\} 2$/m);
    assert.match(text, /^http_request_duration_seconds_bucket\{.*code="200",le="\+Inf"\} 2$/m);
    assert.match(text, /^http_request_duration_seconds_count\{.*code="200"\} 2$/m);
    assert.match(text, /^http_requests_in_flight 0$/m);
    const buckets = [...text.matchAll(/_bucket\{.*code="200",le="[^"]+"\} (\d+)$/gm)].map(([, n]) =>
      Number(n),
    );
    assert.deepEqual(
      buckets,
      [...buckets].sort((a, b) => a - b),
    );
  });

  it('makes no series for what a client invents', async () => {
    const { user, own } = await started();
    for (let n = 0; n < 20; n++) await textOf(`${user}/${n}`);
    const text = await textOf(`${own}/metrics`);
    assert.equal(text.match(/^http_requests_total\{/gm)?.length, 1);
  });

  it('fails and is slow as it is told', async () => {
    const draws = [0.1, 0.9];
    const { user, own } = await started({ errorRate: 0.5, delay: 0 }, () => draws.shift() ?? 1);
    assert.equal(await statusOf(`${user}/`), 500);
    assert.equal(await statusOf(`${user}/`), 200);
    const told = await fetch(`${own}/behaviour`, { method: 'PUT', body: '{"errorRate":0,"delay":120}' });
    assert.equal(told.status, 200);
    await textOf(`${user}/`);
    const text = await textOf(`${own}/metrics`);
    assert.match(text, /^http_requests_total\{.*code="500"\} 1$/m);
    assert.match(text, /_bucket\{.*code="200",le="0.1"\} [01]$/m);
    assert.match(text, /_bucket\{.*code="200",le="\+Inf"\} 2$/m);
  });

  it('is told nothing that cannot be', async () => {
    const { own } = await started();
    for (const body of [
      '',
      '{',
      '{"errorRate":2}',
      '{"delay":-1}',
      '{"delay":"1"}',
      `{"delay":1${' '.repeat(5000)}}`,
    ]) {
      const told = await fetch(`${own}/behaviour`, { method: 'PUT', body });
      assert.equal(told.status, 400, body.slice(0, 20));
    }
    assert.deepEqual(behaviourFrom('{}'), { errorRate: 0, delay: 0 });
  });

  it('stops in order: not ready first, what is under way is answered', async () => {
    const { user, own, users, stop } = await started({ errorRate: 0, delay: 200 });
    const underWay = textOf(`${user}/`);
    await once(users, 'request');
    const stopped = stop(50);
    assert.equal(await statusOf(`${own}/readyz`), 503);
    assert.equal(await underWay, 'hello\n');
    await stopped;
    await assert.rejects(fetch(`${user}/`));
  });

  it('calls the label with the status as it is told', async () => {
    const { user, own } = await started({ errorRate: 0, delay: 0 }, Math.random, 'status');
    await textOf(`${user}/`);
    const text = await textOf(`${own}/metrics`);
    assert.match(text, /^http_requests_total\{method="GET",route="\/",status="200"\} 1$/m);
    assert.match(text, /^http_request_duration_seconds_count\{.*status="200"\} 1$/m);
    assert.doesNotMatch(text, /code=/);
  });

  it('counts a client that leaves', async () => {
    const { user, own, users } = await started({ errorRate: 0, delay: 100 });
    const socket = createConnection(Number(new URL(user).port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(users, 'request');
    socket.destroy();
    await new Promise((done) => setTimeout(done, 50));
    assert.match(await textOf(`${own}/metrics`), /^http_requests_total\{.*code="499"\} 1$/m);
  });
});

describe('the process', () => {
  const server = fileURLToPath(new URL('server.js', import.meta.url));

  it('ends with 0 on SIGTERM', async () => {
    const env = { ...process.env, PORT: '0', CLUSTER_PORT: '0', DRAIN_MS: '20' };
    const child = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    assert.deepEqual([code, signal], [0, null]);
  });

  it('refuses a behaviour that cannot be', async () => {
    const child = spawn(process.execPath, [server], {
      env: { ...process.env, BEHAVIOUR: 'x' },
      stdio: 'ignore',
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 2);
  });
});
