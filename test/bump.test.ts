import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bump } from '../generators/edit/bump.ts';
import { promote } from '../generators/edit/promote.ts';
import { generate } from '../generators/generate/generate.ts';
import { slipway, warmUp } from './support/command-line.ts';
import { commitAll, initRepository, runGit } from './support/git.ts';
import { type Files, problemsOf, removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { append, CART, SAMPLE, SHOP, STAGING_SHOP } from './support/sample.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const PRODUCTION_SHOP = 'environments/production/services/shop.yaml';

beforeAll(warmUp);

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeRepository(root);
});
const repository = (files: Files = {}): string => {
  const root = writeRepository({ ...SAMPLE, ...files });
  roots.push(root);
  return root;
};

describe('bump', () => {
  const edited = (files: Files, environment: string, service: string, tag: string, digest?: string) =>
    bump(repository(files), environment, service, { tag, digest })?.after;

  it('edits the one value where it stands', () => {
    const text = 'image:\n  # by the pipeline\n  tag: 1.0.1   # rc\nreplicas: 1\n';
    expect(edited({ [STAGING_SHOP]: text }, 'staging', 'shop', '1.0.2')).toBe(text.replace('1.0.1', '1.0.2'));
    expect(edited({}, 'base', 'shop', '1.1.0')).toBe(SAMPLE[SHOP].replace('1.0.0', '1.1.0'));
  });

  it('says it in the environment that has only said other things, or nothing', () => {
    expect(edited({}, 'staging', 'shop', '1.10')).toBe('replicas: 1\nimage:\n  tag: "1.10"\n');
    expect(edited({}, 'production', 'shop', '2.0.0')).toBe(
      '# yaml-language-server: $schema=../../service.override.schema.json\nimage:\n  tag: 2.0.0\n',
    );
  });

  it('never lets an earlier digest win over the new tag', () => {
    const own = append(STAGING_SHOP, `image:\n  tag: 1.0.1\n  digest: ${DIGEST}\n`);
    expect(edited(own, 'staging', 'shop', '1.0.2')).toBe('replicas: 1\nimage:\n  tag: 1.0.2\n');
    const inherited = { [SHOP]: SAMPLE[SHOP].replace('tag: 1.0.0', `tag: 1.0.0\n  digest: ${DIGEST}`) };
    expect(edited(inherited, 'staging', 'shop', '1.0.2')).toBe(
      'replicas: 1\nimage:\n  tag: 1.0.2\n  digest: null\n',
    );
  });

  it('does nothing the second time', () => {
    expect(edited({}, 'staging', 'shop', '1.0.0')).toBeUndefined();
    const files = append(STAGING_SHOP, `image:\n  tag: 1.0.1\n  digest: ${DIGEST}\n`);
    expect(edited(files, 'staging', 'shop', '1.0.1', DIGEST)).toBeUndefined();
  });

  it('is one command that edits and generates', async () => {
    const root = repository();
    generate(root, false);
    const before = treeOf(root);
    const ran = await slipway('bump', 'staging', 'cart', `2.1.0@${DIGEST}`, '--root', root);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('image.tag: 2.0.0 → 2.1.0');
    const changed = Object.entries(treeOf(root)).filter(([path, hash]) => before[path] !== hash);
    expect(changed.map(([path]) => path).filter((path) => !path.startsWith('.slipway'))).toEqual([
      'environments/staging/overlays/cart/kustomization.yaml',
      'environments/staging/services/cart.yaml',
    ]);
    const built = readFileSync(join(root, 'environments/staging/overlays/cart/kustomization.yaml'), 'utf8');
    expect(built).toContain(DIGEST);
    const again = await slipway('bump', 'staging', 'cart', `2.1.0@${DIGEST}`, '--root', root);
    expect(again).toMatchObject({ status: 0 });
    expect(again.stdout).toContain('nothing to do');
  });

  it.each([
    [['staging', 'catr', '1'], 1, 'no service "catr"; did you mean "cart"?'],
    [['stagign', 'cart', '1'], 1, 'no environment "stagign"; did you mean "staging"?'],
    [['../../x', 'cart', '1'], 1, 'no environment "../../x"'],
    [['staging', '../cart', '1'], 1, 'no service "../cart"'],
    [['staging', 'cart', 'a b'], 2, 'image.tag: "a b" is not allowed'],
    [['staging', 'cart', '1@sha256:12'], 2, 'image.digest: "sha256:12" is not allowed'],
    [['staging', 'cart', '1\nreplicas: 0'], 2, 'image.tag'],
    [['staging', 'cart'], 2, 'expected: ENVIRONMENT SERVICE TAG[@DIGEST]'],
  ])('refuses %j', async (args, status, message) => {
    const root = repository();
    const before = treeOf(root);
    const ran = await slipway('bump', ...args, '--root', root);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toContain(message);
    expect(treeOf(root)).toEqual(before);
  });

  it('puts the input back when the repository would be wrong', async () => {
    const root = repository({ [CART]: SAMPLE[CART].replace('from:\n    - shop', 'from:\n    - nobody') });
    const before = treeOf(root);
    const ran = await slipway('bump', 'production', 'shop', '3.0.0', '--root', root);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('environments/base/services/cart.yaml:17:7: network.from.0');
    const tree = Object.entries(treeOf(root)).filter(([path]) => !path.startsWith('.slipway'));
    expect(Object.fromEntries(tree)).toEqual(before);
  });

  it('merges with another that was made at the same time in another clone', async () => {
    const origin = repository();
    generate(origin, false);
    initRepository(origin);
    const clones = ['shop', 'cart'].map((service) => {
      const clone = join(origin, `.clone-${service}`);
      runGit(origin, 'clone', '--quiet', origin, clone);
      return { service, clone };
    });
    for (const { service, clone } of clones) {
      const ran = await slipway('bump', 'staging', service, '3.0.0', '--root', clone);
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      commitAll(clone, service);
    }
    const [one, other] = clones.map(({ clone }) => clone);
    runGit(one ?? '', 'pull', '--quiet', '--no-rebase', '--no-edit', other ?? '', 'main');
    expect(generate(one ?? '', true)).toMatchObject({ created: [], updated: [], removed: [] });
  });
});

describe('promote', () => {
  const promoted = (files: Files, service = 'shop') =>
    promote(repository(files), {
      from: 'staging',
      to: 'production',
      service: service === '--all' ? undefined : service,
    }).map(({ file, after }) => [file, after]);
  const STAGED = append(STAGING_SHOP, `image:\n  tag: 1.0.1\n  digest: ${DIGEST}\n`);

  it('carries tag and digest, and leaves the repository of the image', () => {
    const mirror = 'image:\n  repository: mirror.example.com/shop # ours\n';
    expect(promoted({ ...STAGED, [PRODUCTION_SHOP]: mirror })).toEqual([
      [PRODUCTION_SHOP, `${mirror}  tag: 1.0.1\n  digest: ${DIGEST}\n`],
    ]);
  });

  it('takes a digest away that the other environment does not have', () => {
    const pinned = `image:\n  tag: 1.0.0\n  digest: ${DIGEST}\nreplicas: 3\n`;
    expect(promoted({ [PRODUCTION_SHOP]: pinned })).toEqual([
      [PRODUCTION_SHOP, 'image:\n  tag: 1.0.0\nreplicas: 3\n'],
    ]);
  });

  it('carries the keys that the service lists, and of a map what differs', () => {
    const files = {
      [SHOP]: `${SAMPLE[SHOP]}promote:\n  - env\n  - autoscaling.max\n`,
      ...append(STAGING_SHOP, 'env:\n  FEATURE: "on"\n  LOG_LEVEL: null\n'),
      [PRODUCTION_SHOP]: '# mine\nenv:\n  LOG_LEVEL: warn # quiet\n  ONLY_HERE: x\n',
    };
    expect(promoted(files)).toEqual([
      [PRODUCTION_SHOP, '# mine\nenv:\n  LOG_LEVEL: null # quiet\n  FEATURE: "on"\n'],
    ]);
  });

  it('takes all services that differ, and none where none does', () => {
    expect(
      promoted(
        { ...STAGED, 'environments/staging/services/cart.yaml': 'image:\n  tag: 2.5.0\n' },
        '--all',
      ).map(([file]) => file),
    ).toEqual(['environments/production/services/cart.yaml', PRODUCTION_SHOP]);
    expect(promoted({}, '--all')).toEqual([]);
  });

  it.each([
    ['what is the same', {}, 'shop', 'production has all of shop that staging has already'],
    [
      'what staging does not run',
      append(STAGING_SHOP, 'enabled: false\n'),
      'shop',
      'staging does not run shop',
    ],
    ['what there is not', {}, 'shpo', 'no service "shpo"; did you mean "shop"?'],
  ])('refuses %s', (_, files, service, message) => {
    expect(() => promoted(files, service)).toThrow(message);
  });

  it('refuses keys to carry that there are not', () => {
    const lines = ['replicsa', 'image.tag', 'env.ANY', 'health.readines', ''].map((key) => `  - "${key}"\n`);
    const root = repository({ [SHOP]: `${SAMPLE[SHOP]}promote:\n${lines.join('')}` });
    expect(problemsOf(root)).toEqual([
      expect.stringContaining(`${SHOP}:22:5: promote.0: no key "replicsa"; did you mean "replicas"?`),
      `${SHOP}:23:5: promote.1: image cannot be listed here; delete the line`,
      expect.stringContaining(`${SHOP}:25:5: promote.3: no key "readines"; did you mean "readiness"?`),
      expect.stringContaining(`${SHOP}:26:5: promote.4: no key ""; allowed: allowedSecrets,`),
    ]);
  });

  it('is one command, which also says in what else the two differ', async () => {
    const root = repository({ ...STAGED, 'environments/staging/services/cart.yaml': 'replicas: 5\n' });
    generate(root, false);
    const ran = await slipway('promote', 'shop', '--from', 'staging', '--to', 'production', '--root', root);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('image.tag: 1.0.0 → 1.0.1');
    expect(ran.stdout).toContain('spec.replicas: 1 → 2');
    expect(ran.stdout).not.toContain('replicas: 5');
    expect(generate(root, true)).toMatchObject({ created: [], updated: [], removed: [] });
    for (const [args, status] of [
      [['shop', '--from', 'staging', '--to', 'production'], 1],
      [['--all', '--from', 'staging', '--to', 'production'], 0],
      [['--all', '--from', 'staging', '--to', 'staging'], 1],
      [['shop', '--all', '--from', 'staging', '--to', 'production'], 2],
      [['--from', 'staging', '--to', 'production'], 2],
      [['shop', '--from', 'staging'], 2],
    ] as const)
      expect((await slipway('promote', ...args, '--root', root)).status, args.join(' ')).toBe(status);
  });
});
