import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { cloneOf, originOf, writeProgram } from './support/clones.ts';
import { FakeGitHub } from './support/fake-github.ts';
import { commitAll, runGit } from './support/git.ts';
import { type Fake, type JobRun, removeRuns, runJob, type World } from './support/workflow-runner.ts';
import { HOME, readWorkflows, type Workflow } from './support/workflows.ts';

const STOREFRONT = 'environments/staging/services/storefront.yaml';
const DIGEST = `sha256:${'cd'.repeat(32)}`;
/** The whole of it takes minutes where others use the machine too. */
const PATIENCE = 600_000;

/** A folder with this repository as it is now, committed. */
let seed = '';
let programs = '';
let origin = '';
let github: FakeGitHub;
let api = '';

beforeAll(() => {
  seed = mkdtempSync(join(tmpdir(), 'slipway-seed-'));
  for (const path of runGit(HOME, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split(
    '\0',
  )) {
    if (path === '' || !existsSync(HOME + path)) continue;
    mkdirSync(dirname(join(seed, path)), { recursive: true });
    cpSync(HOME + path, join(seed, path));
  }
  origin = originOf(seed);
  programs = join(seed, '.programs');
  const npm = execFileSync('which', ['npm'], { encoding: 'utf8' }).trim();
  // Installing takes what is installed here; the tests, the linters and the proofs of alerts do not test themselves.
  writeProgram(
    join(programs, 'npm'),
    `#!/usr/bin/env bash
case "$*" in
  'ci --ignore-scripts') ln -s '${HOME}node_modules' node_modules ;;
  test | 'run lint' | 'run typecheck' | 'run alerts -- test' | 'run rehearse -- --app test/app') echo "not run here: npm $*" ;;
  *) exec '${npm}' "$@" ;;
esac
`,
  );
  writeProgram(join(programs, 'sudo'), '#!/usr/bin/env bash\necho "not run here: $*"\n');
});
afterAll(() => rmSync(seed, { recursive: true, force: true }));

beforeEach(async () => {
  github = new FakeGitHub();
  api = await github.start();
});
afterEach(() => {
  github.stop();
  removeRuns();
});

const workflow = (name: string): Workflow => {
  const found = readWorkflows().find(({ file }) => file === name);
  if (found === undefined) throw new Error(`no workflow ${name}`);
  return found;
};

/** Branches of the server are put back after each test. */
let before = '';
beforeEach(() => {
  before = runGit(origin, 'for-each-ref', '--format=%(refname) %(objectname)');
});
afterEach(() => {
  for (const ref of runGit(origin, 'for-each-ref', '--format=%(refname)').split('\n'))
    if (ref !== '' && !before.includes(`${ref} `)) runGit(origin, 'update-ref', '-d', ref);
  for (const line of before.trim().split('\n'))
    runGit(origin, 'update-ref', ...(line.split(' ') as [string, string]));
});

const nothing: Fake = () => undefined;
/** Kept between the jobs of a run. */
const artifacts = new Map<string, string>();

/** Stands for what GitHub gives a run; `ref` is what a checkout takes that names none. */
function world(contexts: Record<string, unknown>, ref = 'main'): World {
  const { GITHUB_TOKEN: _, ...env } = process.env as Record<string, string>;
  return {
    contexts: {
      ...contexts,
      github: {
        actor: 'ann',
        repository: 'acme/slipway',
        repository_owner: 'acme',
        server_url: 'https://github.example',
        run_id: 7,
        sha: 'f'.repeat(40),
        token: 'token-of-the-run',
        ...(contexts['github'] as object),
      },
      secrets: { SLIPWAY_PRIVATE_KEY: 'key' },
    },
    env: {
      ...env,
      PATH: `${programs}:${process.env['PATH']}`,
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: 'acme/slipway',
      GIT_CONFIG_GLOBAL: '/dev/null',
      NO_COLOR: '1',
    },
    fakes: {
      'actions/checkout': (inputs, { workspace }) => {
        cloneOf(origin, workspace);
        runGit(workspace, 'switch', '--quiet', '--detach', inputs['ref'] ?? `origin/${ref}`);
        if (inputs['ref'] === 'main') runGit(workspace, 'switch', '--quiet', 'main');
        sameAge(workspace);
        return undefined;
      },
      'actions/setup-node': nothing,
      'actions/create-github-app-token': () => ({ token: 'token-of-the-app' }),
      'actions/upload-artifact': ({ name = '', path = '' }, { workspace }) => {
        const kept = join(mkdtempSync(join(seed, '.artifact-')), name);
        cpSync(join(workspace, path), kept, { recursive: true });
        artifacts.set(name, kept);
        return undefined;
      },
      'actions/download-artifact': ({ name = '', path = '' }, { workspace }) => {
        cpSync(artifacts.get(name) ?? '', join(workspace, path), { recursive: true });
        return undefined;
      },
    },
  };
}

/** The engine's bundle is made anew where a source is newer; it is the same in all clones, so one bundle will do. */
function sameAge(workspace: string): void {
  const sources = runGit(workspace, 'ls-files', 'generators', 'scripts', 'package-lock.json')
    .trim()
    .split('\n');
  for (const path of sources) utimesSync(join(workspace, path), 1, 1);
}

/** Changes inputs on a branch of the server, generated and committed. */
function change(branch: string, files: Record<string, (text: string) => string>, message: string): string {
  const clone = cloneOf(origin, join(mkdtempSync(join(seed, '.clone-')), 'clone'));
  for (const [path, edit] of Object.entries(files)) {
    const text = existsSync(join(clone, path)) ? readFileSync(join(clone, path), 'utf8') : '';
    writeFileSync(join(clone, path), edit(text));
  }
  generate(clone, false);
  const commit = commitAll(clone, message);
  runGit(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  return commit;
}

const show = (path: string, ref = 'main') => runGit(origin, 'show', `${ref}:${path}`);
const tip = (ref = 'main') => runGit(origin, 'rev-parse', ref).trim();
const explained = ({ steps }: JobRun) =>
  steps.filter(({ status }) => status !== 0).map(({ name, output }) => `${name}: ${output}`);
const outputOf = ({ steps }: JobRun, step: string) => steps.find(({ name }) => name === step)?.output ?? '';

describe('validate', () => {
  const pullRequest = (branch: string, labels: string[] = []) => {
    const base = { sha: tip() };
    const head = { repo: { full_name: 'acme/slipway' } };
    const event = { pull_request: { number: 12, base, head, labels: labels.map((name) => ({ name })) } };
    return { event, contexts: { github: { event } }, branch };
  };

  it(
    'passes a change of staging, and comments what it does, once',
    async () => {
      change('feature', { [STOREFRONT]: (text) => text.replace('6.9.1', '6.9.2') }, 'storefront 6.9.2');
      const { contexts } = pullRequest('feature');
      const validate = await runJob(workflow('validate'), 'validate', world(contexts, 'feature'));
      expect(explained(validate)).toEqual([]);
      expect(readFileSync(join(artifacts.get('rendered') ?? '', 'staging.yaml'), 'utf8')).toContain(
        'podinfo:6.9.2',
      );
      const review = await runJob(workflow('validate'), 'review', world(contexts, 'feature'));
      expect(explained(review)).toEqual([]);
      expect(review.outputs).toEqual({ production: 'false' });
      expect(review.summary).toContain('6.9.2');
      const needs = { review: { result: 'success', outputs: review.outputs } };
      for (let time = 0; time < 2; time++) {
        const comment = await runJob(
          workflow('validate'),
          'comment',
          world({ ...contexts, needs }, 'feature'),
        );
        expect(explained(comment)).toEqual([]);
      }
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).toContain('storefront');
      expect([...github.tokens]).toEqual(['Bearer token-of-the-run']);
      const production = await runJob(workflow('validate'), 'production', world({ ...contexts, needs }));
      expect(production.result).toBe('skipped');
    },
    PATIENCE,
  );

  it(
    'stops stale output, and what is dangerous without a label',
    async () => {
      const service = 'environments/production/services/storefront.yaml';
      const clone = cloneOf(origin, join(mkdtempSync(join(seed, '.clone-')), 'clone'));
      writeFileSync(
        join(clone, service),
        readFileSync(join(clone, service), 'utf8').replace('min: 3', 'min: 4'),
      );
      commitAll(clone, 'not generated');
      runGit(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/stale');
      const stale = await runJob(
        workflow('validate'),
        'validate',
        world(pullRequest('stale').contexts, 'stale'),
      );
      expect(stale.result).toBe('failure');
      expect(explained(stale).join()).toContain('Output is up to date');
      expect(stale.steps.at(-1)?.name).toBe('Output is up to date');

      change(
        'rename',
        {
          'environments/production/platform.yaml': (text) =>
            `${text}namespace: shop-elsewhere\n`.replace(/namespace: shop-production\n/, ''),
        },
        'move',
      );
      const refused = await runJob(
        workflow('validate'),
        'review',
        world(pullRequest('rename').contexts, 'rename'),
      );
      const asked = outputOf(refused, 'Labels');
      expect(refused.result, asked).toBe('failure');
      const labels = [...asked.matchAll(/The label "([^"]+)" is missing/g)].map(([, label]) => label ?? '');
      expect(labels).not.toEqual([]);
      const allowed = await runJob(
        workflow('validate'),
        'review',
        world(pullRequest('rename', labels).contexts, 'rename'),
      );
      expect(explained(allowed)).toEqual([]);
      expect(allowed.outputs).toEqual({ production: 'true' });
    },
    PATIENCE,
  );
});

describe('service', () => {
  const deploy = (inputs: Record<string, unknown>) =>
    runJob(
      workflow('service'),
      'deploy',
      world({
        github: { repository: 'acme/storefront', event: { repository: { name: 'storefront' } } },
        inputs: { service: '', gitops: '', environment: 'staging', 'pull-request': false, ...inputs },
        needs: { image: { result: 'success', outputs: { version: `7.0.0@${DIGEST}` } } },
      }),
    );

  it(
    'ends with a commit on main',
    async () => {
      const run = await deploy({});
      expect(explained(run)).toEqual([]);
      expect(show(STOREFRONT)).toContain(`tag: 7.0.0\n  digest: ${DIGEST}`);
      expect(runGit(origin, 'log', '-1', '--format=%an: %B', 'main').trim()).toContain(
        `ann: Deploy storefront 7.0.0 to staging\n\nDigest: ${DIGEST}\nSource: acme/storefront@ffff`,
      );
      expect(github.requests).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'or with a pull request',
    async () => {
      const head = tip();
      const run = await deploy({ 'pull-request': true });
      expect(explained(run)).toEqual([]);
      expect(tip()).toBe(head);
      expect(show(STOREFRONT, 'deploy/staging-storefront')).toContain('7.0.0');
      expect(github.pulls).toEqual([
        expect.objectContaining({ title: 'Deploy storefront 7.0.0 to staging', base: 'main' }),
      ]);
      expect([...github.tokens]).toEqual(['Bearer token-of-the-app']);
    },
    PATIENCE,
  );

  it(
    'takes texts for texts',
    async () => {
      const run = await deploy({ service: '$(touch /tmp/x)"; exit 0 #' });
      expect(run.result).toBe('failure');
      expect(outputOf(run, 'Deploy')).toContain('no service');
    },
    PATIENCE,
  );

  it.each([
    ['branch', 'main', 'ghcr.io/acme/shop', `sha-${'f'.repeat(12)}`],
    ['tag', 'v1.2.3', 'ghcr.io/acme/shop', '1.2.3'],
    ['tag', 'nightly;id', 'ghcr.io/acme/shop', `sha-${'f'.repeat(12)}`],
  ])('names the image of a %s %s', async (type, name, image, tag) => {
    const whole = workflow('service');
    const job = whole.jobs['image'];
    if (job === undefined) throw new Error('no job image');
    const outputs = { name: '${{ steps.name.outputs.name }}', tag: '${{ steps.name.outputs.tag }}' };
    const steps = job.steps.filter(({ id }) => id === 'name');
    const only = { ...whole, jobs: { image: { ...job, steps, outputs } } };
    const run = world({ github: { repository_owner: 'Acme' }, inputs: { service: 'Shop', image: '' } });
    run.env = { ...run.env, GITHUB_SHA: 'f'.repeat(40), GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name };
    expect((await runJob(only, 'image', run)).outputs).toEqual({ name: image, tag });
  });
});

describe('promote and rollback', () => {
  const promote = (service = '') =>
    runJob(
      workflow('promote'),
      'propose',
      world({
        github: { event_name: 'workflow_dispatch' },
        inputs: { service, from: 'staging', to: 'production' },
      }),
    );
  const rollback = (inputs: Record<string, unknown> = {}) =>
    runJob(
      workflow('rollback'),
      'propose',
      world({
        inputs: { environment: 'production', service: '', commit: '', force: false, merge: true, ...inputs },
      }),
    );
  const merge = (branch: string) =>
    runJob(
      workflow('rollback'),
      'merge',
      world({ inputs: { merge: true }, needs: { propose: { result: 'success', outputs: { branch } } } }),
    );
  /** As a human does who merges the pull request. */
  const merged = (branch: string) => runGit(origin, 'update-ref', 'refs/heads/main', tip(branch));

  it(
    'carry a build to production and back again',
    async () => {
      const there = show('environments/production/overlays/storefront/kustomization.yaml');
      const promotion = await promote();
      expect(explained(promotion)).toEqual([]);
      expect(github.pulls).toEqual([
        expect.objectContaining({
          title: 'Promote everything from staging to production',
          head: 'promote/production',
        }),
      ]);
      expect(github.pulls[0]?.body).toContain('**storefront**');
      expect(github.pulls[0]?.body).toContain('Not known: PROMETHEUS_URL is not set.');
      expect(outputOf(promotion, 'Tell Slack')).toContain('::notice::No message to Slack');
      expect(github.labels).toEqual(['promotion']);
      merged('promote/production');
      expect(show('environments/production/services/storefront.yaml')).toContain('tag: 6.9.1');
      expect((await promote()).steps.map(({ name }) => name)).not.toContain('Propose');

      const back = await rollback({ service: 'storefront' });
      expect(explained(back)).toEqual([]);
      const branch = back.outputs['branch'] ?? '';
      expect(branch).toMatch(/^rollback\/production-storefront-to-/);
      expect(github.pulls.at(-1)).toMatchObject({ title: 'Roll back production/storefront', head: branch });
      expect(github.pulls.at(-1)?.body).toContain('byte for byte as it was');
      const landed = await merge(branch);
      expect(explained(landed)).toEqual([]);
      expect(tip()).toBe(tip(branch));
      expect(show('environments/production/overlays/storefront/kustomization.yaml')).toBe(there);
    },
    PATIENCE,
  );

  it(
    'never cross: a rollback during a promotion stops cleanly',
    async () => {
      change(
        'main',
        {
          'environments/production/services/catalog.yaml': (text) =>
            text.replace('replicas: 3', 'replicas: 4'),
        },
        'four',
      );
      expect(explained(await promote())).toEqual([]);
      const back = await rollback({ service: 'catalog' });
      expect(explained(back)).toEqual([]);
      merged('promote/production');
      const refs = runGit(origin, 'for-each-ref');
      const late = await merge(back.outputs['branch'] ?? '');
      expect(late.result).toBe('failure');
      expect(outputOf(late, 'Merge')).toContain('nothing was changed. Make the branch anew');
      expect(runGit(origin, 'for-each-ref')).toBe(refs);
      const again = await rollback({ service: 'catalog' });
      expect(explained(again)).toEqual([]);
      expect(explained(await merge(again.outputs['branch'] ?? ''))).toEqual([]);
      expect(show('environments/production/services/storefront.yaml')).toContain('tag: 6.9.1');
      expect(show('environments/production/services/catalog.yaml')).toContain('replicas: 3');
    },
    PATIENCE,
  );
});

describe('the runner itself', () => {
  const text = (steps: object[], outputs = {}) =>
    ({ ...workflow('drift'), jobs: { one: { steps, outputs } } }) as unknown as Workflow;

  it('stops at a failure, but for steps that ask for it', async () => {
    const run = await runJob(
      text([
        { run: 'false | true' },
        { run: 'echo never' },
        { if: 'failure()', run: 'echo told' },
        { if: '${{ always() }}', run: 'echo always' },
      ]),
      'one',
      world({}),
    );
    expect(run.result).toBe('failure');
    expect(run.steps.map(({ name }) => name)).toEqual(['false | true', 'echo told', 'echo always']);
  });

  it('refuses an action that nothing stands for', async () => {
    await expect(runJob(text([{ uses: 'acme/unknown@v1' }]), 'one', world({}))).rejects.toThrow(
      'no fake for acme/unknown',
    );
  });
});
