import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { type Rollback, tryRollback } from '../generators/rollback/rollback.ts';
import { takenAlong } from '../generators/rollback/taken-along.ts';
import { slipway, warmUp } from './support/command-line.ts';
import { commitAll, initRepository, runGit, useTestIdentity } from './support/git.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { CART, SAMPLE, SHOP, STAGING_SHOP } from './support/sample.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const PRODUCTION_SHOP = 'environments/production/services/shop.yaml';
const PRODUCTION_CART = 'environments/production/services/cart.yaml';

beforeAll(() => {
  warmUp();
  useTestIdentity();
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) removeRepository(folder);
});

/** A repository with its first commit. */
function repository(): string {
  const root = writeRepository(SAMPLE);
  folders.push(root);
  generate(root, false);
  initRepository(root);
  return root;
}

/** Changes inputs, generates and commits; undefined deletes. */
function commit(root: string, message: string, inputs: Record<string, string | undefined>): string {
  for (const [path, text] of Object.entries(inputs)) {
    if (text === undefined) runGit(root, 'rm', '--quiet', '--', path);
    else {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  generate(root, false);
  return commitAll(root, message);
}

const tag = (text: string) => `image:\n  tag: ${text}\n`;
const back = (root: string, service?: string, to?: string): Rollback =>
  tryRollback(root, { environment: 'production', service }, to);
const subjects = ({ changes }: Rollback) => changes.map(({ subject }) => subject);
const textIn = (root: string, { result }: Rollback, path: string) =>
  runGit(root, 'show', `${result}:${path}`);
/** Everything that a rollback must not change when it is refused or only tried out. */
const stateOf = (root: string) => ({
  refs: runGit(root, 'for-each-ref'),
  head: runGit(root, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD'),
  status: runGit(root, 'status', '--porcelain'),
  trees: runGit(root, 'worktree', 'list', '--porcelain'),
  files: Object.entries(treeOf(root)).filter(([path]) => !/^\.(git|slipway)(\/|$)/.test(path)),
});

describe('a rollback', () => {
  it('undoes the newest change of a service and leaves later ones of others', () => {
    const root = repository();
    commit(root, 'shop 1.1', { [PRODUCTION_SHOP]: tag('1.1.0') });
    commit(root, 'shop 1.2', { [PRODUCTION_SHOP]: tag('1.2.0') });
    commit(root, 'cart 2.2', { [PRODUCTION_CART]: tag('2.2.0') });
    const before = stateOf(root);
    const rollback = back(root, 'shop');
    expect(subjects(rollback)).toEqual(['shop 1.2']);
    expect(textIn(root, rollback, PRODUCTION_SHOP)).toBe(tag('1.1.0'));
    expect(textIn(root, rollback, PRODUCTION_CART)).toBe(tag('2.2.0'));
    expect(takenAlong(rollback)).toEqual({ units: [], elsewhere: new Map() });
    expect(stateOf(root)).toEqual(before);
  });

  it('goes back over several commits to a chosen one, newest first', () => {
    const root = repository();
    const good = commit(root, 'shop 1.1', { [PRODUCTION_SHOP]: tag('1.1.0') });
    commit(root, 'shop 1.2', { [PRODUCTION_SHOP]: tag('1.2.0') });
    commit(root, 'staging', { [STAGING_SHOP]: 'replicas: 2\n' });
    commit(root, 'quota', {
      'environments/production/platform.yaml': 'namespace: demo-production\nquota: { pods: 9 }\n',
    });
    const rollback = back(root, undefined, good);
    expect(subjects(rollback)).toEqual(['quota', 'shop 1.2']);
    expect(textIn(root, rollback, STAGING_SHOP)).toBe('replicas: 2\n');
    expect(
      runGit(root, 'diff', '--name-only', good, rollback.result, '--', 'environments/production', 'base'),
    ).toBe('');
  });

  it('undoes what a merge brought as a whole', () => {
    const root = repository();
    runGit(root, 'switch', '--quiet', '--create', 'topic');
    commit(root, 'one', { [PRODUCTION_SHOP]: tag('1.1.0') });
    const inside = commit(root, 'two', { [PRODUCTION_SHOP]: `${tag('1.1.0')}replicas: 4\n` });
    runGit(root, 'switch', '--quiet', 'main');
    commit(root, 'cart', { [PRODUCTION_CART]: tag('2.2.0') });
    runGit(root, 'merge', '--quiet', '--no-ff', '-m', 'Merge topic', 'topic');
    const rollback = back(root, 'shop');
    expect(rollback.changes).toMatchObject([{ subject: 'Merge topic', isMerge: true }]);
    expect(textIn(root, rollback, PRODUCTION_CART)).toBe(tag('2.2.0'));
    expect(() => textIn(root, rollback, PRODUCTION_SHOP)).toThrow();
    const merge = runGit(root, 'rev-parse', 'HEAD').slice(0, 12);
    expect(() => back(root, 'shop', `${inside}^`)).toThrow(
      `it came with the merge ${merge}; name that merge`,
    );
  });

  it('brings a deleted service back, and takes an added one away', () => {
    const root = repository();
    const before = commit(root, 'more', { [PRODUCTION_CART]: 'replicas: 3\n' });
    commit(root, 'no cart', {
      [CART]: undefined,
      [PRODUCTION_CART]: undefined,
      [SHOP]: SAMPLE[SHOP].replace(/network.*/s, ''),
    });
    expect(() => back(root, 'cart')).toThrow('no service "cart" in production');
    const rollback = back(root, 'cart', before);
    expect(textIn(root, rollback, PRODUCTION_CART)).toBe('replicas: 3\n');
    expect(takenAlong(rollback)).toEqual({
      units: ['shop'],
      elsewhere: new Map([['staging', ['cart', 'shop']]]),
    });
  });

  it('generates what no commit ever had, where output alone does not merge', () => {
    const root = repository();
    const lines = (host: string, limit: string) =>
      `env:\n  A: ${host}\nresources:\n  limits:\n    memory: ${limit}\n`;
    const good = commit(root, 'good', { [PRODUCTION_SHOP]: `${lines('a', '128Mi')}` });
    commit(root, 'bad', {
      'environments/production/services/late.yaml': SAMPLE[CART]
        .replace(/network.*/s, '')
        .replace('acme/cart', 'acme/late'),
    });
    commit(root, 'next', {
      'environments/production/services/later.yaml': SAMPLE[CART]
        .replace(/network.*/s, '')
        .replace('acme/cart', 'acme/later'),
    });
    const rollback = tryRollback(root, { environment: 'production', service: 'late' }, good);
    expect(subjects(rollback)).toEqual(['bad']);
    const kustomization = textIn(root, rollback, 'environments/production/kustomization.yaml');
    expect(kustomization).toContain('overlays/later');
    expect(kustomization).not.toMatch(/overlays\/late$/m);
    runGit(root, 'switch', '--quiet', '--detach', rollback.result);
    expect(generate(root, true)).toMatchObject({ created: [], updated: [], removed: [] });
  });

  it('says what it changes beside', () => {
    const root = repository();
    commit(root, 'both', {
      [PRODUCTION_SHOP]: tag('1.1.0'),
      [PRODUCTION_CART]: tag('2.1.0'),
      'docs/why.md': 'why\n',
    });
    const rollback = back(root, 'shop');
    expect(takenAlong(rollback)).toEqual({ units: ['cart'], elsewhere: new Map() });
    expect(rollback.others).toEqual(['docs/why.md']);
    commit(root, 'base', { [SHOP]: SAMPLE[SHOP].replace('info', 'debug') });
    expect(takenAlong(back(root, 'shop')).elsewhere).toEqual(new Map([['staging', ['shop']]]));
  });

  it('works in a repository that stands below the top of the Git repository', () => {
    const top = writeRepository({ 'README.md': 'all of ours\n' });
    folders.push(top);
    renameSync(writeRepository(SAMPLE), join(top, 'deploy'));
    const root = join(top, 'deploy');
    generate(root, false);
    initRepository(top);
    commit(root, 'shop 1.1', { [PRODUCTION_SHOP]: tag('1.1.0') });
    const rollback = back(root, 'shop');
    expect(runGit(root, 'diff', '--name-only', 'HEAD~1', rollback.result)).toBe('');
  });
});

describe('a rollback is refused, and nothing is changed,', () => {
  const refused = (root: string, message: string, ...[service, to]: [service?: string, to?: string]) => {
    const before = stateOf(root);
    expect(() => back(root, service, to)).toThrow(message);
    expect(stateOf(root)).toEqual(before);
  };

  it('when later commits changed the same lines of an input', () => {
    const root = repository();
    const good = commit(root, 'one', { [PRODUCTION_SHOP]: 'replicas: 3\n' });
    commit(root, 'two', { [PRODUCTION_SHOP]: 'replicas: 4\n' });
    commit(root, 'comment', { [PRODUCTION_SHOP]: 'replicas: 4 # many\n' });
    refused(root, `later commits changed the same lines as`, 'shop', good);
    refused(root, PRODUCTION_SHOP, 'shop');
  });

  it('when the rest is not valid without the commits', () => {
    const root = repository();
    commit(root, 'new', {
      'environments/production/services/late.yaml': SAMPLE[CART].replace(/network.*/s, ''),
    });
    commit(root, 'call', { [PRODUCTION_CART]: 'network:\n  to: [late]\n' });
    refused(root, `${PRODUCTION_CART}:2: no service or peer "late"`, 'late');
  });

  it('when the work tree has changes', () => {
    const root = repository();
    commit(root, 'one', { [PRODUCTION_SHOP]: tag('1.1.0') });
    writeFileSync(join(root, PRODUCTION_SHOP), tag('1.3.0'));
    refused(
      root,
      'the work tree has changes that are not committed (1 file); commit them, or put them aside: git stash',
      'shop',
    );
  });

  it('when there is nothing to undo, or nothing before', () => {
    const root = repository();
    refused(root, 'cart in production is as the first commit made it', 'cart');
    refused(root, 'nothing to roll back', 'cart', 'HEAD');
    refused(root, 'there is no commit "--all"', 'cart', '--all');
    refused(root, 'no service "crat" in production; did you mean "cart"?', 'crat');
    refused(root, 'no service "../cart"', '../cart');
    expect(() => tryRollback(root, { environment: 'base', service: undefined }, undefined)).toThrow(
      'base is no environment that runs',
    );
    expect(() => tryRollback(root, { environment: '-n', service: undefined }, undefined)).toThrow(
      'no environment "-n"',
    );
  });

  it('when there is no Git', () => {
    const root = writeRepository(SAMPLE);
    folders.push(root);
    expect(() => back(root)).toThrow('is in no Git repository');
  });
});

describe('npm run rollback', () => {
  it('tries out, refuses what takes others along, and puts the result on a branch', async () => {
    const root = repository();
    commit(root, 'both', { [PRODUCTION_SHOP]: tag('1.1.0'), [PRODUCTION_CART]: tag('2.1.0') });
    const before = stateOf(root);
    const run = (...args: string[]) => slipway('rollback', 'production', 'shop', ...args, '--root', root);
    const tried = await run('--dry-run');
    expect(tried).toMatchObject({ status: 0, stderr: '' });
    expect(tried.stdout).toContain('Rolled back as well in production: cart');
    expect((await run()).status).toBe(1);
    expect(stateOf(root)).toEqual(before);
    const first = runGit(root, 'rev-parse', 'HEAD~1').slice(0, 12);
    const done = await run('--force');
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toContain(`Branch: rollback/production-shop-to-${first}`);
    expect(runGit(root, 'branch', '--show-current').trim()).toBe(`rollback/production-shop-to-${first}`);
    expect(runGit(root, 'diff', '--name-only', 'main~1', 'HEAD')).toBe('');
    expect(
      readFileSync(join(root, 'environments/production/overlays/shop/kustomization.yaml'), 'utf8'),
    ).not.toContain('1.1.0');
    runGit(root, 'switch', '--quiet', 'main');
    expect((await run('--force')).stdout).toContain(`to-${first}-2`);
  });

  it('says how the result reaches the cluster', async () => {
    const root = writeRepository(sampleInputs());
    folders.push(root);
    generate(root, false);
    initRepository(root);
    commit(root, 'staging', { 'environments/staging/services/restocker.yaml': 'replicas: 1\n' });
    commit(root, 'production', {
      'environments/production/services/late.yaml': `${SAMPLE[CART].replace(/network.*/s, '')}owner: { team: shop }\n`,
    });
    const said = async (...args: string[]) =>
      (await slipway('rollback', ...args, '--dry-run', '--root', root)).stdout;
    expect(await said('staging', 'restocker')).toContain('Then Argo CD syncs it by itself.');
    expect(await said('production', 'late')).toContain(
      'Then shop.production.late is gone from Argo CD, and its objects stay',
    );
    expect(await said('production')).toContain(
      'argocd app sync --selector slipway.dev/environment=production --prune',
    );
  });

  it('refuses to destroy data, and says what it cannot undo', async () => {
    const root = repository();
    const kept = 'kind: stateful\nstorage:\n  data: { path: /data, size: 1Gi }\nports:\n  tcp: 5432\n';
    const database = SAMPLE[CART]
      .replace('kind: web\n', kept)
      .replace(/ports:\n {2}http: 8081\n|network.*/gs, '');
    commit(root, 'database', {
      'environments/production/services/db.yaml': database.replace(
        'readiness: /ready',
        'readiness: { port: tcp }',
      ),
    });
    const refused = await slipway('rollback', 'production', 'db', '--root', root);
    expect(refused).toMatchObject({ status: 1, stderr: '' });
    expect(refused.stdout).toContain('The rollback destroys data: StatefulSet/db in production');
    expect((await slipway('rollback', 'production', 'db', '--force', '--root', root)).status).toBe(0);
  });

  it.each([
    [[], 2, 'name an ENVIRONMENT'],
    [['production', 'shop', 'more'], 2, 'unexpected argument "more"'],
    [['production', '--to', 'nowhere'], 1, 'there is no commit "nowhere"'],
  ])('%j ends with %i', async (args, status, message) => {
    const root = repository();
    const ran = await slipway('rollback', ...args, '--root', root);
    expect(ran).toMatchObject({ status, stdout: '' });
    expect(ran.stderr).toContain(message);
  });
});
