import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type BadInput, PLATFORM_KEYS } from './bad-inputs/bad-input.ts';
import { badInputs } from './bad-inputs/index.ts';
import { type Files, problemsOf, removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { CART, PLATFORM, PRODUCTION, SAMPLE, SHOP, STAGING, STAGING_SHOP } from './support/sample.ts';

const CLI = join(import.meta.dirname, '..', 'scripts', 'slipway.mjs');

let root = '';

/** The sample repository with other files, on disk until the test ends. */
function repository(files: Files = {}): string {
  root = writeRepository({ ...SAMPLE, ...files });
  return root;
}

/** What the command prints about problems and how it ends, when run as a user runs it. */
function runGenerate(): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'generate', '--root', root], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, INIT_CWD: undefined },
  });
  return { status, stdout, stderr };
}

afterEach(() => removeRepository(root));

describe('the sample', () => {
  it('has no problems, so that whatever a case reports comes from its change', () => {
    expect(problemsOf(repository())).toEqual([]);
  });
});

describe('what looks unusual and is fine', () => {
  const MIB = 1024 * 1024;
  it.each<[string, Files]>([
    ['a byte order mark', { [STAGING_SHOP]: '\ufeffreplicas: 1\n' }],
    ['line ends of Windows', { [SHOP]: SAMPLE[SHOP].replaceAll('\n', '\r\n') }],
    ['no line end at the end', { [STAGING_SHOP]: 'replicas: 1' }],
    [
      'a document start, a directive and a document end',
      { [STAGING_SHOP]: '%YAML 1.2\n---\nreplicas: 1\n...\n' },
    ],
    ['JSON', { [STAGING_SHOP]: '{ "replicas": 1, "env": { "A": "b" } }' }],
    ['a key with ? before it', { [STAGING_SHOP]: '? replicas\n: 1\n' }],
    ['exactly 1 MiB', { [STAGING_SHOP]: `replicas: 1\n#${'x'.repeat(MIB - 14)}\n` }],
    ['amounts in fractions', { [SHOP]: SAMPLE[SHOP].replace('100m', '0.50').replace('128Mi', '1.5Gi') }],
    ['memory in bytes', { [SHOP]: SAMPLE[SHOP].replace('128Mi', '134217728') }],
    ['null that removes what base says', { [STAGING_SHOP]: 'env:\n  LOG_LEVEL: null\n' }],
    [
      'null that makes room for another way',
      { [STAGING_SHOP]: 'replicas: ~\nautoscaling: { min: 1, max: 2 }\n' },
    ],
    ['an environment that extends base', { [STAGING]: 'extends: base\nnamespace: demo-staging\n' }],
    [
      'hidden files and notes among the services',
      {
        'environments/base/services/.shop.yaml.swp': 'x',
        'environments/base/services/README.md': 'x',
        'environments/.cache': { folder: true },
      },
    ],
    ['a folder that a deleted environment left', { 'environments/old/overlays': { folder: true } }],
  ])('%s', (_title, files) => {
    expect(problemsOf(repository(files))).toEqual([]);
  });
});

describe.each(Object.entries(badInputs))('%s', (_theme, cases) => {
  it.each(cases)('$title', ({ files, problems }: BadInput) => {
    repository(files);
    const before = treeOf(root);
    expect(problemsOf(root)).toEqual(problems);
    expect(treeOf(root)).toEqual(before);
  });
});

describe('every expectation', () => {
  const all = Object.values(badInputs).flat();

  it('is there, under a title of its own', () => {
    expect(all.filter(({ problems }) => problems.length === 0)).toEqual([]);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });

  it('is one line that can be read: no control characters, not too long', () => {
    for (const line of all.flatMap(({ problems }) => problems)) {
      expect(line).toMatch(/^environments(\/[^/:]+)*:[1-9][0-9]*:[1-9][0-9]*: \P{C}+$/u);
      expect(line.length).toBeLessThan(500);
    }
  });
});

describe('the command', () => {
  const chosen = Object.values(badInputs)
    .flat()
    .filter(({ cli }) => cli === true);

  it.each(chosen)('exits with 1, says so on stderr alone, writes nothing: $title', ({ files, problems }) => {
    repository(files);
    const before = treeOf(root);
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'} found; nothing was written.`;
    expect(runGenerate()).toEqual({ status: 1, stdout: '', stderr: `${problems.join('\n')}\n${count}\n` });
    expect(treeOf(root)).toEqual(before);
  });
});

describe('many wrong files at once', () => {
  const files: Files = {
    [PLATFORM]: `${SAMPLE[PLATFORM]}domian: demo.example.org\n`,
    [SHOP]: SAMPLE[SHOP].replace('cpu: 100m', 'cpu: lots').replace('replicas: 2', 'replicas: 2\nreplicas: 3'),
    [CART]: '',
    [STAGING]: 'namespace: Demo\nquota:\n  pods: -1\n',
    [STAGING_SHOP]: 'command: [sh\n',
    [PRODUCTION]: Buffer.from([0x61, 0x3a, 0xff]),
    'environments/production/services/cart.yml': 'replicas: 2\n',
    'environments/Canary/platform.yaml': 'namespace: canary\n',
  };
  const problems = [
    `environments/Canary:1:1: "Canary" is not an environment name; expected lower-case letters, digits and '-', at most 63 long`,
    `environments/base/platform.yaml:9:1: domian: unknown key; did you mean "domain"? allowed: ${PLATFORM_KEYS}`,
    'environments/base/services/cart.yaml:1:1: is empty; write a key, or delete the file',
    'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "lots" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    'environments/base/services/shop.yaml:16:1: replicas: duplicate key: it stands in line 15 already; keep one of them',
    'environments/production/platform.yaml:1:3: is not UTF-8 from here on; save the file as UTF-8',
    'environments/production/services/cart.yml:1:1: is not an input; a service is a file <service>.yaml',
    `environments/staging/platform.yaml:1:12: namespace: "Demo" is not allowed; expected a name of lower-case letters, digits and '-', at most 63 long`,
    'environments/staging/platform.yaml:3:9: quota.pods: "-1" is not allowed; expected a Kubernetes quantity, such as 10, 500m or 20Gi',
    'environments/staging/services/shop.yaml:2:1: not valid YAML: a quote or bracket that was opened above is not closed, or what is in it is not indented',
  ];

  it('gives all problems of all files, sorted', () => {
    expect(problemsOf(repository(files))).toEqual(problems);
  });

  it('gives them whatever the order in which the files were made', () => {
    const reversed = Object.fromEntries(Object.entries({ ...SAMPLE, ...files }).reverse());
    root = writeRepository(reversed);
    expect(problemsOf(root)).toEqual(problems);
  });

  it('gives them in the command, and the number of them', () => {
    repository(files);
    expect(runGenerate().stderr).toBe(`${problems.join('\n')}\n10 problems found; nothing was written.\n`);
  });
});

describe('output of an earlier run', () => {
  it('stays as it is when an input becomes wrong', () => {
    expect(problemsOf(repository())).toEqual([]);
    writeFileSync(join(root, STAGING_SHOP), 'replcas: 1\n');
    writeFileSync(join(root, CART), SAMPLE[CART].replace('2.0.0', '2.0.1'));
    const before = treeOf(root);
    expect(before).toHaveProperty(['base/cart/deployment.yaml']);
    expect(problemsOf(root)).toHaveLength(1);
    expect(runGenerate().status).toBe(1);
    expect(treeOf(root)).toEqual(before);
  });
});

describe('a file with more mistakes than anyone reads', () => {
  it('gives the first thousand', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `k${index}: x\n`).join('');
    const problems = problemsOf(repository({ [STAGING_SHOP]: text }));
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toBe(
      'environments/staging/services/shop.yaml:5001:1: has more problems than are told here; solve these first',
    );
  });
});
