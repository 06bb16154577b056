import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { type Ran, slipway, warmUp } from './support/command-line.ts';
import { commitAll, initRepository, runGit } from './support/git.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { CART, edit, SAMPLE, SHOP } from './support/sample.ts';

const IMAGE = 'containers[shop].image: ghcr.io/acme/shop:1.0.0 → ghcr.io/acme/shop:1.0.1';

let root: string;
const commits: Record<string, string> = {};

/** Changes files of the repository and generates its output. */
function change(files: Readonly<Record<string, unknown>>): void {
  for (const [path, text] of Object.entries(files)) {
    if (typeof text !== 'string') rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  generate(root, false);
}

const diff = (...args: string[]): Promise<Ran> => slipway('diff', ...args, '--root', root);

/**
 * inputs: nothing is generated · first: one service less · second · then on a branch: feature, and what is only on disk.
 */
beforeAll(() => {
  warmUp();
  root = writeRepository({ ...SAMPLE, '.gitignore': '.slipway/\n' });
  initRepository(root);
  commits['inputs'] = runGit(root, 'rev-parse', 'HEAD').trim();
  change({ [CART]: null, ...edit(SHOP, '\nnetwork:\n  to:\n    - cart', '') });
  commits['first'] = commitAll(root, 'first output');
  change({ [CART]: SAMPLE[CART], [SHOP]: SAMPLE[SHOP] });
  commits['second'] = commitAll(root, 'the cart comes');
  runGit(root, 'checkout', '--quiet', '-b', 'feature');
  change(edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1'));
  commits['feature'] = commitAll(root, 'a release');
  change(edit(SHOP, 'tag: 1.0.0\n', 'tag: 1.0.1\nenabled: true\n'));
  writeFileSync(join(root, 'environments/staging/overlays/untracked.txt'), 'x');
}, 60_000);
afterAll(() => removeRepository(root));

describe('npm run diff', () => {
  it('compares the merge base with main and the files on disk', async () => {
    const { status, stdout, stderr } = await diff();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [title, , production, staging] = stdout.split('\n');
    expect(title).toBe(`merge base with main (${commits['second']?.slice(0, 12)}) → work tree`);
    expect(production).toBe('production  1 restarts pods');
    expect(staging).toBe('staging     1 restarts pods');
    expect(stdout).toContain(IMAGE);
    expect(stdout).toContain(`← ${SHOP}:4 image.tag`);
  });

  it('sees what is on disk and not committed', async () => {
    const overlay = join(root, 'environments/staging/overlays/shop/kustomization.yaml');
    writeFileSync(overlay, readFileSync(overlay, 'utf8').replace('demo-staging', 'elsewhere'));
    const { stdout } = await diff('HEAD');
    generate(root, false);
    expect(stdout).toContain('metadata.namespace: demo-staging → elsewhere');
    expect((await diff('HEAD')).stdout).toContain('staging     no change');
  });

  it('compares two commits, named in either way', async () => {
    const two = await diff('main', 'feature');
    expect(two.stdout).toContain(IMAGE);
    expect((await diff('main..feature')).stdout).toBe(two.stdout);
    expect((await diff('main..')).stdout.split('\n').slice(1)).toEqual(two.stdout.split('\n').slice(1));
    expect((await diff('main', 'main')).stdout).toContain('production  no change');
  });

  it('tells of a service that was not there yet', async () => {
    const { stdout } = await diff(commits['first'] ?? '', commits['second'] ?? '');
    expect(stdout).toMatch(/production, staging · cart · .*Deployment/);
    expect(stdout).toContain('the service is added');
  });

  it('tells of a commit in which nothing was generated', async () => {
    const { status, stdout } = await diff(commits['inputs'] ?? '', commits['second'] ?? '');
    expect(status).toBe(0);
    expect(stdout).toContain(`nothing is generated in ${commits['inputs']?.slice(0, 12)}`);
    expect(stdout).toContain('the service is added');
  });

  it('exits with 1 when something differs and that is asked for', async () => {
    expect((await diff('main', 'feature', '--exit-code')).status).toBe(1);
    expect((await diff('main', 'main', '--exit-code')).status).toBe(0);
  });

  it('prints Markdown and JSON', async () => {
    const markdown = await diff('main', 'feature', '--format', 'markdown');
    expect(markdown.stdout).toMatch(/^<!-- slipway diff -->\n\n\*\*What changes:\*\*/);
    const json = await diff('main', 'feature', '--format', 'json');
    const document = JSON.parse(json.stdout);
    expect(document.before).toEqual({
      label: expect.stringContaining('main'),
      commit: commits['second'],
      hasOutput: true,
    });
    expect(document.after.commit).toBe(commits['feature']);
    expect(JSON.parse((await diff('--format', 'json')).stdout).after).toEqual({
      label: 'work tree',
      commit: null,
      hasOutput: true,
    });
  });

  it.each([
    [['--format', 'html'], /--format "html" is none of terminal, markdown, json/],
    [['a', 'b', 'c'], /unexpected argument "c"/],
    [['main...feature'], /is no range/],
    [['--no-such'], /no-such/],
  ])('refuses %j as wrong usage', async (args, message) => {
    const { status, stderr } = await diff(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('says which commit there is not', async () => {
    const { status, stderr } = await diff('nothing');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: there is no commit "nothing"; name a branch, a tag or a commit of this repository\n',
    );
  });

  it('says that there is no repository', async () => {
    const alone = writeRepository(SAMPLE);
    const { status, stderr } = await slipway('diff', '--root', alone);
    removeRepository(alone);
    expect(status).toBe(1);
    expect(stderr).toMatch(/is in no Git repository; clone one, or make one/);
  });

  it('says what to do where the main branch has another name', async () => {
    runGit(root, 'branch', '--quiet', '-m', 'main', 'trunk');
    const { status, stderr } = await diff();
    const named = await diff('trunk');
    runGit(root, 'branch', '--quiet', '-m', 'trunk', 'main');
    expect(status).toBe(1);
    expect(stderr).toContain('no branch main or master');
    expect(named.stdout).toContain(IMAGE);
  });
});
