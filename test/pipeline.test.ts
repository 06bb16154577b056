import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { gitHubFrom } from '../generators/github/api.ts';
import { putComment } from '../generators/github/comment.ts';
import { putPullRequest } from '../generators/github/pull-request.ts';
import { applicationsOf } from '../generators/pipeline/applications.ts';
import { diffAll, syncAll } from '../generators/pipeline/argocd.ts';
import { commitsBetween, formatBetween } from '../generators/pipeline/changes.ts';
import { publishChart } from '../generators/pipeline/chart-registry.ts';
import { changesProduction, missingLabels, parseDiff } from '../generators/pipeline/review.ts';
import { sendToSlack } from '../generators/pipeline/slack.ts';
import { formatBudgets, remainingBudgets } from '../generators/pipeline/slo.ts';
import { codeSpan, cutToFit, MOST_CHARACTERS, plainText } from '../generators/pipeline/text.ts';
import { writeProgram } from './support/clones.ts';
import { slipway, warmUp } from './support/command-line.ts';
import { FakeGitHub } from './support/fake-github.ts';
import { commitAll, initRepository } from './support/git.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { SAMPLE } from './support/sample.ts';
import { HOME } from './support/workflows.ts';

beforeAll(warmUp);

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});
const repository = (files: Files = {}): string => {
  const root = writeRepository({ ...SAMPLE, ...files });
  cleanups.push(() => removeRepository(root));
  return root;
};
/** A server that gives one answer, and what it was sent. */
async function server(status: number, body: string) {
  const sent: { url: string; body: string; authorization: string | undefined }[] = [];
  const http = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString();
    });
    request.on('end', () => {
      sent.push({ url: request.url ?? '', body: text, authorization: request.headers.authorization });
      response.writeHead(status);
      response.end(body);
    });
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  cleanups.push(() => http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, sent };
}

describe('a comment that is too long', () => {
  const NOTE = '_cut_';

  it('is left as it is when it is not', () => {
    const text = 'x'.repeat(MOST_CHARACTERS);
    expect(cutToFit(text, NOTE)).toBe(text);
  });

  it('ends after a whole line, with what is open closed, and says so', () => {
    const text = [
      '<details>',
      '<summary>a</summary>',
      '',
      '```diff',
      '+ one',
      '+ two and more',
      '+ three',
      '```',
      '</details>',
    ].join('\n');
    expect(cutToFit(text, NOTE, 75)).toBe(
      '<details>\n<summary>a</summary>\n\n```diff\n+ one\n```\n\n</details>\n\n_cut_\n',
    );
  });

  it('takes no fence in a fence for its end', () => {
    const text = ['````', '```', ...Array.from({ length: 99 }, () => 'line'), '````'].join('\n');
    const cut = cutToFit(text, NOTE, 100);
    expect(cut.split('\n').filter((line) => line === '````')).toHaveLength(2);
  });

  it('is never longer than allowed, balanced, and a beginning, whatever it holds', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '```',
        '````diff',
        '~~~',
        '<details>',
        '</details>',
        '<details><summary>x</summary>',
        '',
      ),
      fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll(/[`~<\n]/g, '.')),
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 20, maxLength: 200 }),
        fc.integer({ min: 300, max: 2000 }),
        (lines, most) => {
          const text = lines.join('\n');
          const cut = cutToFit(text, NOTE, most);
          expect(cut.length).toBeLessThanOrEqual(most);
          if (text.length <= most) return;
          expect(cut.endsWith(`${NOTE}\n`) || cut.length === most).toBe(true);
          const kept = cut.split('\n').findIndex((part, index) => part !== lines[index]);
          expect(kept).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('texts of others', () => {
  it.each([
    ['@acme/all #12 `x`', '`` @acme/all #12 `x` ``'],
    ['a\n\n# b', '`a # b`'],
  ])('are code: %j', (text, shown) => {
    expect(codeSpan(text)).toBe(shown);
  });

  it('are no Markdown in tables', () => {
    expect(plainText('a|b <img> [x](y)\n')).not.toMatch(/[|<>[\]()\n]/);
  });
});

describe('one comment on a pull request', () => {
  async function started() {
    const fake = new FakeGitHub();
    cleanups.push(() => fake.stop());
    const github = { api: await fake.start(), repository: 'acme/slipway', token: 'secret' };
    return { fake, github };
  }

  it('is made once, changed after that, and left where nothing is new', async () => {
    const { fake, github } = await started();
    expect(await putComment(github, 1, 'diff', 'one')).toBe('created');
    expect(await putComment(github, 1, 'diff', 'two')).toBe('updated');
    expect(await putComment(github, 1, 'diff', 'two')).toBe('unchanged');
    expect(await putComment(github, 1, 'other', 'three')).toBe('created');
    expect(fake.comments.map(({ body }) => body)).toEqual([
      '<!-- slipway: diff -->\ntwo',
      '<!-- slipway: other -->\nthree',
    ]);
  });

  it('is found behind hundreds of others, and never that of a person', async () => {
    const { fake, github } = await started();
    const of = (id: number, type: string, body: string) => ({
      id,
      number: id,
      body,
      user: { type },
      html_url: '',
    });
    fake.comments.push(of(1, 'User', '<!-- slipway: diff -->\nquoted'));
    for (let id = 2; id < 250; id++) fake.comments.push(of(id, 'User', 'talk'));
    fake.comments.push(of(250, 'Bot', '<!-- slipway: diff -->\nold'));
    expect(await putComment(github, 1, 'diff', 'new')).toBe('updated');
    expect([fake.comments[0]?.body, fake.comments[249]?.body]).toEqual([
      '<!-- slipway: diff -->\nquoted',
      '<!-- slipway: diff -->\nnew',
    ]);
  });

  it('is cut where GitHub takes no more', async () => {
    const { fake, github } = await started();
    await putComment(github, 1, 'diff', `# Diff\n${'- 🚢 line\n'.repeat(20_000)}`);
    expect(fake.comments[0]?.body.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(fake.comments[0]?.body).toMatch(/- 🚢 line\n\n_The rest is cut.*_\n$/);
  });

  it('says why it cannot be made, without the token', async () => {
    const { fake, github } = await started();
    fake.broken = 403;
    const refused = putComment(github, 1, 'diff', 'x');
    await expect(refused).rejects.toThrow(
      'GET issues/1/comments?per_page=100&page=1: 403 "Validation Failed"',
    );
    await expect(refused).rejects.not.toThrow('secret');
    await expect(putComment({ ...github, api: 'http://127.0.0.1:1' }, 1, 'diff', 'x')).rejects.toThrow(
      'cannot be reached',
    );
  });

  it('is a command', async () => {
    const { fake, github } = await started();
    const file = join(repository(), 'diff.md');
    writeFileSync(file, 'text');
    const env = { GITHUB_API_URL: github.api, GITHUB_REPOSITORY: 'acme/slipway', GITHUB_TOKEN: 'secret' };
    Object.assign(process.env, env);
    cleanups.push(() => {
      for (const name of Object.keys(env)) delete process.env[name];
    });
    const ran = await slipway('pipeline', 'comment', '--pull-request', '7', '--key', 'diff', file);
    expect(ran).toEqual({ status: 0, stdout: 'comment diff on pull request 7: created\n', stderr: '' });
    expect(fake.requests).toContain('POST /repos/acme/slipway/issues/7/comments');
    expect((await slipway('pipeline', 'comment', '--pull-request', 'x', '--key', 'diff', file)).status).toBe(
      2,
    );
    delete process.env['GITHUB_TOKEN'];
    const without = await slipway('pipeline', 'comment', '--pull-request', '7', '--key', 'diff', file);
    expect(without).toMatchObject({ status: 1, stderr: expect.stringContaining('GITHUB_TOKEN is not set') });
  });

  it('has a pull request opened once', async () => {
    const { fake, github } = await started();
    const proposal = {
      branch: 'promote/production',
      base: 'main',
      title: 'a\nb',
      body: 'x',
      label: 'promotion',
    };
    expect(await putPullRequest(github, proposal)).toMatchObject({ number: 1, done: 'created' });
    expect(await putPullRequest(github, { ...proposal, title: 'c' })).toMatchObject({
      number: 1,
      done: 'updated',
    });
    expect(fake.pulls).toEqual([expect.objectContaining({ title: 'c', head: 'promote/production' })]);
    expect(() => gitHubFrom({ GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: '../x' })).toThrow(
      'not given as OWNER/NAME',
    );
  });
});

describe('labels', () => {
  const change = (...risks: string[]) => ({
    environment: 'production',
    service: 'db',
    object: { kind: 'StatefulSet', name: 'db' },
    risks,
  });
  const diff = (...changes: object[]) =>
    JSON.stringify({
      version: 1,
      environments: [{ name: 'production', production: true, services: 1 }],
      changes,
    });

  it('are demanded for what is dangerous, and for nothing else', () => {
    const document = parseDiff(
      diff(change('destroys-data', 'rejected'), change('rejected'), change('restarts'), change('noise')),
    );
    expect(missingLabels(document, [])).toEqual([
      { label: 'accept: destroys data', changes: ['production/db: StatefulSet db'] },
      { label: 'accept: rejected by Kubernetes', changes: ['production/db: StatefulSet db'] },
    ]);
    expect(missingLabels(document, ['accept: destroys data']).map(({ label }) => label)).toEqual([
      'accept: rejected by Kubernetes',
    ]);
    expect(missingLabels(document, ['accept: destroys data', 'accept: rejected by Kubernetes'])).toEqual([]);
    expect(missingLabels(parseDiff(diff(change('restarts'))), [])).toEqual([]);
    expect(changesProduction(document)).toBe(true);
    expect(
      changesProduction({ ...document, environments: [{ name: 'x', production: false, services: 3 }] }),
    ).toBe(false);
  });

  it.each([
    ['what is no JSON', '{'],
    ['another version', diff().replace('"version":1', '"version":2')],
    ['a risk that nobody knows', diff(change('explodes'))],
    ['a change without a risk', diff(change())],
    ['what has no changes', '{"version":1,"environments":[]}'],
  ])('are not given up for %s', async (_, json) => {
    expect(() => parseDiff(json)).toThrow();
    const file = join(repository(), 'diff.json');
    writeFileSync(file, json);
    expect(await slipway('pipeline', 'review', file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is no diff'),
    });
  });

  it('are asked for by the command', async () => {
    const root = repository();
    const file = join(root, 'diff.json');
    writeFileSync(file, diff(change('destroys-data')));
    const ran = await slipway('pipeline', 'review', file);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain('The label "accept: destroys data" is missing');
    process.env['LABELS'] = '["accept: destroys data"]';
    expect((await slipway('pipeline', 'review', file)).status).toBe(0);
    process.env['LABELS'] = 'accept';
    expect((await slipway('pipeline', 'review', file)).status).toBe(2);
    delete process.env['LABELS'];
  });
});

describe('commits in between', () => {
  it('are those since the environment ran what the other one still runs', () => {
    const root = repository();
    generate(root, false);
    initRepository(root);
    const staging = 'environments/staging/services/shop.yaml';
    const deploy = (tag: string, message: string) => {
      writeFileSync(join(root, staging), `replicas: 1\nimage:\n  tag: ${tag}\n`);
      return commitAll(root, message).slice(0, 12);
    };
    const between = () => commitsBetween(root, 'shop', 'staging', 'production');
    expect(between()).toEqual([]);
    const first = deploy('1.10', '@team fix\n\nSource: acme/shop@abc');
    const second = deploy('1.11', 'second');
    expect(formatBetween('shop', between())).toBe(
      `**shop**\n\n- ${second} 2024-01-01 \`second\`\n- ${first} 2024-01-01 \`@team fix\` (\`acme/shop@abc\`)`,
    );
    mkdirSync(join(root, 'environments/production/services'), { recursive: true });
    writeFileSync(join(root, 'environments/production/services/shop.yaml'), 'image:\n  tag: "1.10"\n');
    commitAll(root, 'promoted');
    expect(between().map(({ subject }) => subject)).toEqual(['second']);
  });
});

describe('Slack', () => {
  it('gets a text in which nothing has a meaning', async () => {
    const { url, sent } = await server(200, 'ok');
    expect(await sendToSlack(url, '<!channel> a & b')).toBe('sent');
    expect(sent.map(({ body }) => body)).toEqual(['{"text":"&lt;!channel&gt; a &amp; b"}']);
  });

  it('fails nothing, and its address is in no message', async () => {
    const { url } = await server(500, 'no');
    expect(await sendToSlack('', 'x')).toBe('skipped');
    expect(await sendToSlack(url, 'x')).toEqual({ problem: 'Slack answered 500' });
    expect(await sendToSlack('http://127.0.0.1:1/secret', 'x')).toEqual({
      problem: 'Slack cannot be reached',
    });
    process.env['SLACK_WEBHOOK_URL'] = 'http://127.0.0.1:1/secret';
    const ran = await slipway('pipeline', 'notify', 'x');
    delete process.env['SLACK_WEBHOOK_URL'];
    expect(ran).toMatchObject({
      status: 0,
      stdout: 'warning: No message to Slack: Slack cannot be reached.\n',
    });
    expect((await slipway('pipeline', 'notify', 'x')).stdout).toContain('notice: No message to Slack');
  });
});

describe('error budgets', () => {
  const answer = (result: object[]) =>
    JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });

  it('are asked for by environment, and shown by service', async () => {
    const metric = { service: 'shop', slo: 'availability' };
    const { url, sent } = await server(
      200,
      answer([
        { metric, value: [1, '0.7312'] },
        { metric: {}, value: [1, 'NaN'] },
      ]),
    );
    const budgets = await remainingBudgets(`${url}/prometheus/`, 'stag"ing', 'token');
    expect(new URL(sent[0]?.url ?? '', url).searchParams.get('query')).toBe(
      'slo:period_error_budget_remaining:ratio{environment="stag\\"ing"}',
    );
    expect(sent[0]).toMatchObject({
      url: expect.stringMatching(/^\/prometheus\/api/),
      authorization: 'Bearer token',
    });
    expect(formatBudgets(budgets, ['shop'])).toContain('| shop | availability | 73.1 % |');
    expect(formatBudgets(budgets)).toContain('| ? | ? | no data |');
    expect(formatBudgets([{ service: 'a', slo: 'b', ratio: -0.5 }])).toContain('⛔ -50 %');
    expect(formatBudgets(budgets, ['cart'])).toBe('No SLO is recorded for what is promoted.');
  });

  it.each([
    [500, '', 'Prometheus answered 500'],
    [200, 'x', 'is no instant vector'],
    [200, '{"status":"error"}', 'is no instant vector'],
  ])('that cannot be had are told: %s %s', async (status, body, message) => {
    const { url } = await server(status, body);
    await expect(remainingBudgets(url, 'staging')).rejects.toThrow(message);
  });
});

describe('Argo CD', () => {
  const application = (name: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: argo\n`;
  const withApplications = () =>
    repository({
      'argocd/staging/shop.yaml': application('demo.staging.shop'),
      'argocd/staging/platform.namespace.yaml': application('demo.staging.platform.namespace'),
      'argocd/staging/x.yaml': 'kind: AppProject\n',
      'argocd/roots/staging.yaml': application('demo.staging'),
      'argocd/roots/production.yaml': 'kind: AppProject\n',
    });
  const env = { PATH: process.env['PATH'] ?? '' };

  it('is asked about the Applications that are generated', () => {
    expect(applicationsOf(withApplications(), 'staging')).toEqual([
      { name: 'demo.staging', namespace: 'argo', unit: '/' },
      { name: 'demo.staging.platform.namespace', namespace: 'argo', unit: 'platform/namespace' },
      { name: 'demo.staging.shop', namespace: 'argo', unit: 'shop' },
    ]);
    expect(() => applicationsOf(withApplications(), 'production')).toThrow(
      'there is no Application in argocd/production/',
    );
    const sample = applicationsOf(HOME, 'production').map(({ name }) => name);
    expect(sample.slice(0, 2)).toEqual(['shop.production', 'shop.production.argocd.projects']);
    expect(sample.at(-1)).toBe('shop.production.storefront');
    expect(() => applicationsOf(withApplications(), '../x')).toThrow('no environment');
  });

  it('syncs what is different, with prune, and stops at a failure', async () => {
    const root = withApplications();
    const [program, log] = [join(root, 'argocd.sh'), join(root, 'log')];
    const applications = ['a', 'b', 'c'].map((name) => ({ name, namespace: 'n', unit: name }));
    const fake = (sync: string) =>
      writeProgram(
        program,
        `#!/bin/sh\necho "$@" >> ${log}\ncase "$2 $3" in\n"diff n/b") exit 0 ;;\ndiff*) echo changed; exit 1 ;;\nesac\n${sync}\n`,
      );
    fake('exit 0');
    const results = async () => (await syncAll(program, applications, env)).map(({ result }) => result);
    expect(await results()).toEqual(['synced', 'same', 'synced']);
    expect(readFileSync(log, 'utf8')).toContain('app sync n/a --prune --timeout 570 --grpc-web');
    expect(readFileSync(log, 'utf8')).not.toContain('app sync n/b');
    fake('echo "no way" >&2; exit 20');
    expect(await results()).toEqual([{ problem: `${program} failed (20): no way` }]);
    const compared = await diffAll(program, applications, env);
    expect(compared.map(({ result }) => result)).toEqual(['different', 'same', 'different']);
    writeProgram(program, '#!/bin/sh\necho "connection refused" >&2\nexit 1\n');
    expect((await diffAll(program, applications, env))[0]?.result).toEqual({
      problem: `${program} failed (1): connection refused`,
    });
  });

  it('is skipped with a notice where there is no token', async () => {
    const ran = await slipway('pipeline', 'argocd', 'sync', 'staging', '--root', withApplications());
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('notice: No sync of staging') });
    expect((await slipway('pipeline', 'argocd', 'destroy', 'staging')).status).toBe(2);
  });
});

describe('the chart', () => {
  const DIGEST = `sha256:${'1'.repeat(64)}`;
  const publish = async (script: string) => {
    const root = repository();
    const program = join(root, 'helm');
    const log = join(root, 'log');
    writeProgram(program, `#!/bin/sh\necho "$@" >> ${log}\n${script}\n`);
    const chart = { name: 'service', version: '1.2.3', file: 'service-1.2.3.tgz' };
    const made = await publishChart(program, chart, 'oci://r.example/charts', {}).catch(
      (error: Error) => error.message,
    );
    return { made, calls: existsSync(log) ? readFileSync(log, 'utf8') : '' };
  };

  it('is pushed once', async () => {
    const { made, calls } = await publish(`[ "$1" = push ] || exit 1\necho "Digest: ${DIGEST}" >&2`);
    expect(made).toEqual({ name: 'r.example/charts/service', digest: DIGEST });
    expect(calls).toBe(
      'show chart oci://r.example/charts/service --version 1.2.3\npush service-1.2.3.tgz oci://r.example/charts\n',
    );
    expect((await publish('exit 0')).calls).not.toContain('push');
  });

  it('is not published where helm fails, or says no digest', async () => {
    expect((await publish('echo denied >&2; exit 1')).made).toContain('denied');
    expect((await publish('[ "$1" = push ]')).made).toBe('helm push named no digest');
  });
});
