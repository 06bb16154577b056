/** A server that answers as the API of GitHub does, as far as pipelines ask it. */

import { createServer } from 'node:http';

interface Entry {
  number: number;
  id: number;
  body: string;
  title?: string;
  head?: string;
  user: { type: string };
  html_url: string;
}

/** What it has and was asked. */
export class FakeGitHub {
  readonly comments: Entry[] = [];
  readonly pulls: Entry[] = [];
  readonly labels: string[] = [];
  readonly requests: string[] = [];
  readonly tokens = new Set<string>();
  /** Answers everything with this status, if set. */
  broken: number | undefined;
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://x');
      this.requests.push(`${request.method} ${url.pathname}`);
      this.tokens.add(request.headers.authorization ?? '');
      const body = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
      const answer = this.broken === undefined ? this.#answer(request.method ?? '', url, body) : undefined;
      response.writeHead(answer === undefined ? (this.broken ?? 404) : 200, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(answer ?? { message: 'Validation Failed' }));
    });
  });

  /** Starts it, and gives its address. */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(method: string, { pathname, searchParams }: URL, body: Record<string, string & string[]>): unknown {
    const path = pathname.replace(/^\/repos\/[^/]+\/[^/]+\//, '');
    const page = Number(searchParams.get('page') ?? '1');
    const size = Number(searchParams.get('per_page') ?? '30');
    const pageOf = (all: readonly Entry[]) => all.slice((page - 1) * size, page * size);
    if ((body['body'] ?? '').length > 65_536) return undefined;
    if (method === 'GET' && /^issues\/\d+\/comments$/.test(path)) return pageOf(this.comments);
    if (method === 'POST' && /^issues\/\d+\/comments$/.test(path)) return this.#add(this.comments, body);
    if (method === 'GET' && path === 'pulls') {
      const branch = searchParams.get('head')?.split(':')[1];
      return pageOf(this.pulls.filter(({ head }) => head === branch));
    }
    if (method === 'POST' && path === 'pulls') return this.#add(this.pulls, body);
    const [, kind, id] = /^(issues\/comments|pulls)\/(\d+)$/.exec(path) ?? [];
    const entry = (kind === 'pulls' ? this.pulls : this.comments).find((one) => one.id === Number(id));
    if (method === 'PATCH' && entry !== undefined) return Object.assign(entry, body);
    if (method === 'POST' && /^issues\/\d+\/labels$/.test(path))
      return this.labels.push(...(body['labels'] ?? []));
    return undefined;
  }

  #add(list: Entry[], body: object): Entry {
    const number = list.length + 1;
    const own = {
      number,
      id: number,
      body: '',
      user: { type: 'Bot' },
      html_url: `https://github.example/${number}`,
    };
    list.push({ ...own, ...body });
    return list.at(-1) ?? own;
  }
}
