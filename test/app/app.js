import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Metrics } from './metrics.js';

/** Methods that are told apart in metrics; whatever else a client sends must not make series. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The longest body that is read. */
const MOST_BYTES = 1024;

/**
 * @typedef {{ errorRate: number, delay: number }} Behaviour share of requests that fail, and milliseconds before an answer
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 */

/**
 * A server for users, and one for the cluster: health, metrics, and how the first one behaves.
 * @param {Behaviour} [behaviour]
 * @param {() => number} [random] a number from 0 to below 1
 * @param {string} [status] label of metrics with the status code
 */
export function createApp(behaviour = { errorRate: 0, delay: 0 }, random = Math.random, status = 'code') {
  const metrics = new Metrics(status);
  const state = { ...behaviour, ready: true };
  const users = createServer((request, response) => void serveUser(request, response));
  const cluster = createServer((request, response) => void serveCluster(request, response));

  /** @param {Request} request @param {Response} response */
  async function serveUser(request, response) {
    const start = performance.now();
    const [path] = (request.url ?? '/').split('?');
    const route = path === '/' ? '/' : 'other';
    const method = METHODS.includes(request.method ?? '') ? (request.method ?? '') : 'other';
    metrics.begin();
    // Also when the client leaves before the answer: every request ends once.
    response.once('close', () => {
      const code = response.writableEnded ? String(response.statusCode) : '499';
      metrics.end({ method, route, code }, (performance.now() - start) / 1000);
    });
    if (state.delay > 0) await pause(state.delay);
    if (random() < state.errorRate) return answer(response, 500, 'told to fail\n');
    if (route === 'other') return answer(response, 404, 'not found\n');
    return answer(response, 200, 'hello\n');
  }

  /** @param {Request} request @param {Response} response */
  async function serveCluster(request, response) {
    switch (`${request.method} ${request.url}`) {
      case 'GET /healthz':
        return answer(response, 200, 'alive\n');
      case 'GET /readyz':
        return state.ready ? answer(response, 200, 'ready\n') : answer(response, 503, 'stopping\n');
      case 'GET /metrics':
        return answer(response, 200, metrics.text(), 'text/plain; version=0.0.4; charset=utf-8');
      case 'PUT /behaviour': {
        const wanted = behaviourFrom(await bodyOf(request));
        if (wanted === undefined) return answer(response, 400, 'errorRate 0 to 1, delay 0 to 60000\n');
        Object.assign(state, wanted);
        return answer(response, 200, `${JSON.stringify(wanted)}\n`);
      }
      default:
        return answer(response, 404, 'not found\n');
    }
  }

  /**
   * Stops in order: says that it is not ready, goes on answering until nothing new is sent here, answers what it has,
   * and ends.
   * @param {number} wait milliseconds until the cluster sends nothing new
   */
  async function stop(wait) {
    state.ready = false;
    await pause(wait);
    await closed(users);
    await closed(cluster);
  }

  return { users, cluster, stop };
}

/** @param {import('node:http').Server} server */
function closed(server) {
  return new Promise((done) => {
    server.close(done);
    server.closeIdleConnections();
  });
}

/** @param {Response} response @param {number} status @param {string} body */
function answer(response, status, body, type = 'text/plain; charset=utf-8') {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** @param {Request} request */
async function bodyOf(request) {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > MOST_BYTES) return '';
  }
  return text;
}

/**
 * What a text says of behaviour; undefined when it says nothing that can be.
 * @param {string} text
 * @returns {Behaviour | undefined}
 */
export function behaviourFrom(text) {
  try {
    const { errorRate = 0, delay = 0 } = JSON.parse(text);
    return within(errorRate, 1) && within(delay, 60_000) ? { errorRate, delay } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @param {number} most */
const within = (value, most) => typeof value === 'number' && value >= 0 && value <= most;
