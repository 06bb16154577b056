import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { type Deployment, deploy, deployMessage, jitter } from '../generators/pipeline/deploy.ts';
import { land } from '../generators/pipeline/land.ts';
import { pushCommit } from '../generators/pipeline/remote.ts';
import { cloneOf, originOf, pushFrom, stateOf, writeProgram } from './support/clones.ts';
import { type Ran, slipway, warmUp } from './support/command-line.ts';
import { runGit } from './support/git.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { CART, PRODUCTION, SAMPLE, SHOP } from './support/sample.ts';

beforeAll(() => {
  warmUp();
  for (const who of ['AUTHOR', 'COMMITTER']) {
    process.env[`GIT_${who}_NAME`] = 'Test';
    process.env[`GIT_${who}_EMAIL`] = 'test@example.com';
  }
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) removeRepository(folder);
});

/** A bare repository with the sample, and how to clone it. */
function repository(files: Record<string, string> = {}) {
  const root = writeRepository({ ...SAMPLE, ...files });
  folders.push(root);
  generate(root, false);
  const origin = originOf(root);
  return { origin, clone: (name: string) => cloneOf(origin, join(root, '.clones', name)), root };
}

const TARGET = { remote: 'origin', branch: 'main' };
const AT_ONCE = { attempts: 5, pause: () => 0 };
const ENGINE = 'test';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const shop = (tag: string): Deployment => ({
  environment: 'staging',
  service: 'shop',
  version: { tag, digest: undefined },
  message: `shop ${tag}`,
});
const tagIn = (origin: string, service: string) =>
  /tag: (.*)/.exec(runGit(origin, 'show', `main:environments/staging/services/${service}.yaml`))?.[1];

describe('deployments that meet', () => {
  it('all land, from 20 clones at once, and none is lost', async () => {
    const services = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const inputs = services.map((name) => [
      `environments/base/services/${name}.yaml`,
      SAMPLE[CART].replace(/network:[\s\S]*/, ''),
    ]);
    const { origin, clone } = repository(Object.fromEntries(inputs));
    const clones = services.map((service) => ({ service, root: clone(service) }));
    const before = clones.map(({ root }) => stateOf(root));
    const ran: Ran[] = await Promise.all(
      clones.map(({ service, root }, index) =>
        slipway(
          'pipeline',
          'deploy',
          'staging',
          service,
          `3.0.${index}@${DIGEST}`,
          '--attempts',
          '60',
          '--root',
          root,
        ),
      ),
    );
    expect(ran.filter(({ status }) => status !== 0)).toEqual([]);
    expect(runGit(origin, 'rev-list', '--count', 'main').trim()).toBe('21');
    expect(services.map((service) => tagIn(origin, service))).toEqual(
      services.map((_, index) => `3.0.${index}`),
    );
    const attempts = ran.map(({ stdout }) => Number(/attempt (\d+)/.exec(stdout)?.[1]));
    expect(Math.max(...attempts)).toBeGreaterThan(1);
    const after = clone('after');
    expect(generate(after, true)).toMatchObject({ created: [], updated: [], removed: [] });
    expect(clones.map(({ root }) => stateOf(root))).toEqual(before);
  }, 600_000);

  it('start anew on top of what came in between', async () => {
    const { origin, clone } = repository();
    const [ours, theirs] = [clone('ours'), clone('theirs')];
    await deploy(theirs, shop('1.0.1'), TARGET, AT_ONCE, ENGINE);
    await deploy(ours, { ...shop('2.0.1'), service: 'cart' }, TARGET, AT_ONCE, ENGINE);
    expect([tagIn(origin, 'shop'), tagIn(origin, 'cart')]).toEqual(['1.0.1', '2.0.1']);
    expect(runGit(origin, 'log', '--format=%s', 'main').split('\n').slice(0, 2)).toEqual([
      'shop 2.0.1',
      'shop 1.0.1',
    ]);
  });

  it('give up after so many attempts, with nothing changed', async () => {
    const { origin, clone } = repository();
    const ours = clone('ours');
    // A hook of the server's stands for somebody who is faster each time: what was fetched is out of date then.
    let attempts = 0;
    const pause = () => {
      attempts++;
      return 0;
    };
    writeHook(origin, 'echo "cannot lock ref: is at 1 but expected 2" >&2; exit 1');
    const before = runGit(origin, 'rev-parse', 'main');
    await expect(deploy(ours, shop('1.0.1'), TARGET, { attempts: 3, pause }, ENGINE)).rejects.toThrow(
      'main was moved on by others before each of 3 attempts; nothing was changed',
    );
    expect(attempts).toBe(2);
    expect(runGit(origin, 'rev-parse', 'main')).toBe(before);
  });
});

describe('a deployment', () => {
  it('is done when the environment runs the build already', async () => {
    const { origin, clone } = repository();
    const root = clone('one');
    await deploy(root, shop('1.0.1'), TARGET, AT_ONCE, ENGINE);
    expect(await deploy(root, shop('1.0.1'), TARGET, AT_ONCE, ENGINE)).toEqual({
      commit: undefined,
      attempts: 1,
    });
    expect(runGit(origin, 'rev-list', '--count', 'main').trim()).toBe('2');
  });

  it('says where it comes from', async () => {
    const { origin, clone } = repository();
    const root = clone('one');
    const args = [
      'staging',
      'shop',
      `1.0.1@${DIGEST}`,
      '--source',
      'acme/shop@abc',
      '--run',
      'https://x.example/1',
    ];
    expect(await slipway('pipeline', 'deploy', ...args, '--root', root)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(runGit(origin, 'log', '-1', '--format=%B', 'main').trim()).toBe(
      `Deploy shop 1.0.1 to staging\n\nDigest: ${DIGEST}\nSource: acme/shop@abc\nRun: https://x.example/1`,
    );
  });

  it('has trailers that nobody can add to', () => {
    const { message: _, ...what } = shop('1.0.1');
    expect(deployMessage(what, { Source: 'a\nSigned-off-by: b', Run: '' })).toBe(
      'Deploy shop 1.0.1 to staging\n\nSource: a Signed-off-by: b',
    );
  });

  it('is refused at once where the remote says no', async () => {
    const { origin, clone } = repository();
    const root = clone('one');
    writeHook(origin, 'echo "protected branch" >&2; exit 1');
    const before = runGit(origin, 'rev-parse', 'main');
    await expect(deploy(root, shop('1.0.1'), TARGET, AT_ONCE, ENGINE)).rejects.toThrow(
      /main could not be pushed: .*protected branch/,
    );
    expect(runGit(origin, 'rev-parse', 'main')).toBe(before);
  });

  it('is refused where the branch has other generators than those that run', async () => {
    const { clone } = repository();
    const [ours, theirs] = [clone('ours'), clone('theirs')];
    pushFrom(theirs, 'generators/new.ts', 'x');
    await expect(deploy(ours, shop('1.0.1'), TARGET, AT_ONCE, ENGINE)).rejects.toThrow(
      'are others than those that are checked out',
    );
  });

  it.each([
    [['staging', 'shpo', '1'], 1, 'no service "shpo"; did you mean "shop"?'],
    [['stagign', 'shop', '1'], 1, 'no environment "stagign"'],
    [['staging', 'shop', 'a b'], 2, 'image.tag'],
    [['staging', 'shop'], 2, 'expected: ENVIRONMENT SERVICE TAG[@DIGEST]'],
    [['staging', 'shop', '1', '--attempts', '0'], 2, 'expected a whole number from 1 to 1000'],
    [['staging', 'shop', '1', '--branch', '--upload-pack=x'], 2, ''],
    [['staging', 'shop', '1', '--remote', 'nowhere'], 1, 'git fetch failed'],
  ])('is refused: %j', async (args, status, message) => {
    const { origin, clone } = repository();
    const root = clone('one');
    const before = [runGit(origin, 'rev-parse', 'main'), stateOf(root)];
    const ran = await slipway('pipeline', 'deploy', ...args, '--root', root);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toContain(message);
    expect([runGit(origin, 'rev-parse', 'main'), stateOf(root)]).toEqual(before);
  });

  it('is put on a branch for a pull request', async () => {
    const { origin, clone } = repository();
    const root = clone('one');
    const ran = await slipway(
      'pipeline',
      'deploy',
      'staging',
      'shop',
      '1.0.1',
      '--pull-request',
      '--root',
      root,
    );
    expect(ran.stdout).toContain('branch deploy/staging-shop');
    expect(runGit(root, 'branch', '--show-current').trim()).toBe('deploy/staging-shop');
    expect(tagIn(root, 'shop')).toBeUndefined();
    expect(runGit(origin, 'branch', '--list').trim()).toBe('* main');
  });
});

describe('pauses', () => {
  it('grow, are bounded, and come with luck', () => {
    expect([1, 2, 3, 10, 60].map((attempt) => jitter(attempt, 500, () => 1))).toEqual([
      1000, 2000, 4000, 20_000, 20_000,
    ]);
    expect(jitter(10, 500, () => 0)).toBe(0);
    expect(new Set(Array.from({ length: 50 }, () => jitter(10, 500))).size).toBeGreaterThan(10);
  });
});

describe('landing', () => {
  const branched = (root: string, branch: string, file: string) => {
    runGit(root, 'switch', '--quiet', '--create', branch, 'origin/main');
    pushFrom(root, file, 'x', branch);
    return runGit(root, 'rev-parse', 'HEAD').trim();
  };

  it('moves main on to exactly what was proven', () => {
    const { origin, clone } = repository();
    const root = clone('one');
    const commit = branched(root, 'rollback/production', PRODUCTION);
    expect(land(root, 'rollback/production', TARGET)).toBe(commit);
    expect(runGit(origin, 'rev-parse', 'main').trim()).toBe(commit);
  });

  it('stops cleanly when something was merged in the meantime', async () => {
    const { origin, clone } = repository();
    const [ours, theirs] = [clone('ours'), clone('theirs')];
    branched(ours, 'rollback/production', PRODUCTION);
    pushFrom(theirs, SHOP, 'promoted');
    const before = [runGit(origin, 'for-each-ref'), stateOf(ours)];
    const ran = await slipway('pipeline', 'land', 'rollback/production', '--root', ours);
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toContain('main was moved on after rollback/production was made from it');
    expect(ran.stderr).toContain('nothing was changed. Make the branch anew');
    expect([runGit(origin, 'for-each-ref'), stateOf(ours)]).toEqual(before);
  });

  it('is too late when it happens in the last moment', () => {
    const { clone } = repository();
    const [ours, theirs] = [clone('ours'), clone('theirs')];
    const commit = branched(ours, 'rollback/production', PRODUCTION);
    const base = runGit(ours, 'rev-parse', 'origin/main').trim();
    pushFrom(theirs, SHOP, 'promoted');
    expect(pushCommit(ours, TARGET, { base, commit })).toBe('late');
  });

  it('says when there is no such branch', async () => {
    const { clone } = repository();
    const ran = await slipway('pipeline', 'land', 'rollback/nothing', '--root', clone('one'));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('rollback/nothing');
  });
});

function writeHook(origin: string, script: string): void {
  writeProgram(join(origin, 'hooks', 'pre-receive'), `#!/bin/sh\n${script}\n`);
}
