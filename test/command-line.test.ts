import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { serviceKinds } from '../generators/schema/service-kinds.ts';
import packageJson from '../package.json' with { type: 'json' };
import { slipway, warmUp } from './support/command-line.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

/** What `npm run` starts through the launcher. */
const COMMANDS = Object.entries<string>(packageJson.scripts)
  .filter(([, line]) => line.includes('slipway.mjs'))
  .map(([name]) => name);

let root = '';
const repository = (): string => {
  root = writeRepository(sampleInputs());
  return root;
};

beforeAll(warmUp);
afterEach(() => {
  removeRepository(root);
  root = '';
});

describe('every command', () => {
  it.each(COMMANDS)('%s --help prints its usage and exits with 0', async (name) => {
    const { status, stdout, stderr } = await slipway(name, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run (--silent )?${name}( |$)`, 'm'));
    expect(stdout).toContain('Exit status: 0 ');
  });

  it.each(COMMANDS)('%s refuses an option it does not have with 2', async (name) => {
    const { status, stdout, stderr } = await slipway(name, '--no-such-option');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--no-such-option');
    expect(stderr).toContain(`npm run ${name} -- --help`);
  });

  it('is one of many', () => {
    expect(COMMANDS.length).toBeGreaterThan(15);
  });

  it('prints the list of commands for --help, and exits with 2 without a command or for a typo', async () => {
    const help = await slipway('--help');
    expect(help.status).toBe(0);
    for (const name of COMMANDS) expect(help.stdout).toContain(name);
    expect((await slipway()).status).toBe(2);
    const typo = await slipway('generat');
    expect(typo.status).toBe(2);
    expect(typo.stderr).toContain('did you mean generate?');
  });

  it('has no colours where no terminal shows them', async () => {
    const { stdout } = await slipway('generate', '--root', repository());
    expect(stdout).not.toContain('\u001b');
  });
});

describe('generate', () => {
  it('gives, bundled, what its sources give', async () => {
    const { status } = await slipway('generate', '--root', repository());
    expect(status).toBe(0);
    expect(generate(root, true)).toMatchObject({ created: [], updated: [], removed: [] });
  });

  it('says in two lines what it did', async () => {
    const { status, stdout, stderr } = await slipway('generate', '--root', repository());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^4 services × 3 environments\n\d+ written, 0 removed, 0 unchanged \(\d+ ms\)\n$/);
    const again = await slipway('generate', '--root', root);
    expect(again.stdout).toMatch(/\n0 written, 0 removed, \d+ unchanged/);
  });

  it('--check writes nothing, names what is missing, and exits with 1; with 0 when all is there', async () => {
    const before = treeOf(repository());
    const missing = await slipway('generate', '--check', '--root', root);
    expect(missing.status).toBe(1);
    expect(missing.stdout).toContain('missing  argocd/production/catalog.yaml');
    expect(treeOf(root)).toEqual(before);
    await slipway('generate', '--root', root);
    const right = await slipway('generate', '--check', '--root', root);
    expect(right.status).toBe(0);
    expect(right.stdout).toContain('up to date');
  });

  it.each([
    [['--root', 'no/such/folder'], 'there is no such folder'],
    [['--root', 'docs'], 'no environments/ in it'],
    [['surplus'], 'unexpected argument "surplus"'],
  ])('refuses %j with 2', async (args, message) => {
    const { status, stderr } = await slipway('generate', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('new', () => {
  it.each(serviceKinds)('writes a %s service from which generate runs at once', async (kind) => {
    repository();
    const { status, stdout } = await slipway('new', 'service', 'cart', '--kind', kind, '--root', root);
    expect(status).toBe(0);
    expect(stdout).toContain('environments/base/services/cart.yaml');
    expect(readFileSync(join(root, 'environments/base/services/cart.yaml'), 'utf8')).toContain(
      `kind: ${kind}\n`,
    );
    expect((await slipway('generate', '--root', root)).status).toBe(0);
  });

  it('does not touch a service that exists, in whatever environment', async () => {
    repository();
    const before = treeOf(root);
    const { status, stderr } = await slipway('new', 'service', 'catalog', '--root', root);
    expect(status).toBe(1);
    expect(stderr).toContain('exists already: environments/base/services/catalog.yaml');
    expect(treeOf(root)).toEqual(before);
  });

  it.each([
    '../../x',
    '-n',
    'con',
    'platform',
    'internet',
    'UPPER',
    'a.b',
    '',
    'x'.repeat(64),
    '{{ x }}',
    '$(id)',
  ])('refuses the name %j with 2 and writes nothing', async (name) => {
    const before = treeOf(repository());
    const { status } = await slipway('new', '--root', root, '--', 'service', name);
    expect(status).toBe(2);
    expect(treeOf(root)).toEqual(before);
  });
});

describe('verify', () => {
  it('names the folder, the path and both values of what is not equal, and what was not generated', async () => {
    repository();
    await slipway('generate', '--root', root);
    expect((await slipway('verify', '--root', root)).status).toBe(0);
    const file = join(root, 'environments/production/overlays/storefront/kustomization.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('maxReplicas: 20', 'maxReplicas: 21'));
    rmSync(join(root, 'environments/staging/overlays/catalog'), { recursive: true });
    mkdirSync(join(root, 'environments/staging/overlays/catalog'));
    const { status, stderr } = await slipway('verify', '--root', root);
    expect(status).toBe(1);
    expect(stderr).toContain('environments/production/overlays/storefront\n');
    expect(stderr).toContain(
      'HorizontalPodAutoscaler/storefront /spec/maxReplicas: the model says 20, built is 21',
    );
    expect(stderr).toMatch(/environments\/staging\/overlays\/catalog\n {2}does not build:/);
  });

  it('builds only what has changed since it was proven, and everything with --all', async () => {
    repository();
    await slipway('generate', '--root', root);
    const counts = async (...more: string[]) => {
      const { stdout } = await slipway('verify', '--root', root, ...more);
      return /^(\d+) of (\d+) folders/.exec(stdout)?.slice(1).map(Number);
    };
    const [first, all] = (await counts()) ?? [];
    expect(first).toBe(all);
    expect(await counts()).toEqual([0, all]);
    const service = join(root, 'environments/staging/services/storefront.yaml');
    writeFileSync(service, readFileSync(service, 'utf8').replace('6.9.1', '6.9.2'));
    await slipway('generate', '--root', root);
    expect(await counts()).toEqual([1, all]);
    expect(await counts('--all')).toEqual([all, all]);
  });
});
