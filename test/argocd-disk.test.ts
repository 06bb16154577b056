import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { generateIncrementally } from '../generators/generate/incremental.ts';
import { argocdOf, modelRepository } from '../generators/generate/repository.ts';
import { applicationFailures } from '../generators/verify/applications.ts';
import { targetsOf } from '../generators/verify/target.ts';
import { slipway } from './support/command-line.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const HELM = 'environments/production/services/restocker.yaml';

let root = '';
beforeEach(() => {
  const inputs = sampleInputs();
  root = writeRepository({ ...inputs, [HELM]: `${inputs[HELM]}delivery: helm\n` });
  generate(root, false);
});
afterEach(() => removeRepository(root));

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
/** Changes a text of a file that must be there. */
function change(file: string, from: string, to: string): void {
  expect(read(file)).toContain(from);
  write(file, read(file).replace(from, to));
}

/** All failures of both environments, as `verify` would tell them. */
function failures(): string[] {
  const model = modelRepository(root);
  const targets = model.units.flatMap((unit) => targetsOf(root, unit, { kustomize: 'k', helm: 'h' }));
  return argocdOf(model, undefined).flatMap((scene) =>
    applicationFailures(root, scene, targets).map(({ file, message }) => `${file}: ${message}`),
  );
}

describe('verify proves of the files on disk', () => {
  it('that all is right', () => {
    expect(failures()).toEqual([]);
  });

  const CATALOG = 'argocd/production/catalog.yaml';
  const LOKI = 'argocd/production/charts.loki.yaml';
  const RESTOCKER = 'argocd/production/restocker.yaml';

  it.each<[string, () => void, string[]]>([
    [
      'a path of another service',
      () => change(CATALOG, 'overlays/catalog\n', 'overlays/storefront\n'),
      [
        'environments/production/overlays/catalog: no Application deploys it',
        `environments/production/overlays/storefront: is deployed by ${CATALOG} and argocd/production/storefront.yaml`,
      ],
    ],
    [
      'a path that is not there',
      () => change(CATALOG, 'overlays/catalog\n', 'overlays/katalog\n'),
      [
        `${CATALOG}: takes environments/production/overlays/katalog, where nothing of production is generated`,
        'environments/production/overlays/catalog: no Application deploys it',
      ],
    ],
    [
      'the overlay of another environment',
      () => change(CATALOG, 'path: environments/production/', 'path: environments/staging/'),
      [
        `${CATALOG}: takes environments/staging/overlays/catalog, where nothing of production is generated`,
        'environments/production/overlays/catalog: no Application deploys it',
      ],
    ],
    [
      'another namespace',
      () => change(CATALOG, 'namespace: shop-production', 'namespace: shop-staging'),
      [`${CATALOG}: deploys to the namespace shop-staging, and its objects are in shop-production`],
    ],
    [
      'another namespace for Helm',
      () => change(RESTOCKER, 'namespace: shop-production', 'namespace: default'),
      [`${RESTOCKER}: deploys to the namespace default, and its objects are in shop-production`],
    ],
    [
      'values of another service',
      () =>
        change(
          RESTOCKER,
          '../../environments/production/values/restocker',
          '../../environments/production/values/catalog',
        ),
      [
        `${RESTOCKER}: takes environments/production/values/catalog.yaml, where nothing of production is generated`,
        'environments/production/values/restocker.yaml: no Application deploys it',
      ],
    ],
    [
      'an Application that is gone',
      () => rmSync(join(root, CATALOG)),
      ['environments/production/overlays/catalog: no Application deploys it'],
    ],
    [
      'an Application twice',
      () => cpSync(join(root, CATALOG), join(root, 'argocd/production/twin.yaml')),
      [`environments/production/overlays/catalog: is deployed by ${CATALOG} and argocd/production/twin.yaml`],
    ],
    [
      'a field that nobody knows',
      () => change(CATALOG, '  syncPolicy:\n', '  syncPolcy: {}\n  syncPolicy:\n'),
      [`${CATALOG}: /spec must NOT have additional properties {"additionalProperty":"syncPolcy"}`],
    ],
    [
      'a root in the folder that it deploys',
      () => cpSync(join(root, 'argocd/roots/staging.yaml'), join(root, 'argocd/staging/root.yaml')),
      ['argocd/staging/root.yaml: takes argocd/staging, where nothing of staging is generated'],
    ],
    [
      'an Application among the projects',
      () => cpSync(join(root, CATALOG), join(root, 'argocd/projects/production/catalog.yaml')),
      [
        'argocd/production/argocd.projects.yaml: takes argocd/projects/production/catalog.yaml, which is no AppProject',
      ],
    ],
    [
      'a chart at another version',
      () => change(LOKI, 'targetRevision: 18.11.0', 'targetRevision: 18.12.0'),
      [`${LOKI}: has the version 18.12.0; expected 18.11.0`],
    ],
    [
      'a chart from elsewhere, in another namespace',
      () => {
        change(LOKI, 'repoURL: https://grafana-community.github.io', 'repoURL: https://charts.example.com');
        change(LOKI, '    namespace: monitoring', '    namespace: logs');
      },
      [
        `${LOKI}: has the repository https://charts.example.com/helm-charts; expected https://grafana-community.github.io/helm-charts`,
        `${LOKI}: has the namespace logs; expected monitoring`,
      ],
    ],
    [
      'a chart with values of another repository',
      () =>
        change(
          LOKI,
          'repoURL: https://github.com/acme/shop.git',
          'repoURL: https://github.com/acme/fork.git',
        ),
      [
        `${LOKI}: has the repository of values https://github.com/acme/fork.git; expected https://github.com/acme/shop.git`,
      ],
    ],
    [
      'a chart with values of another environment',
      () => change(LOKI, '$values/environments/production/', '$values/environments/staging/'),
      [
        `${LOKI}: takes environments/staging/values/loki.yaml, and no chart of production has its values there`,
        'environments/production/values/loki.yaml: no Application deploys it',
      ],
    ],
    [
      'a chart whose values are gone',
      () => rmSync(join(root, 'environments/production/values/loki.yaml')),
      [`${LOKI}: takes environments/production/values/loki.yaml, which is not there`],
    ],
    [
      'a chart whose Application is gone',
      () => rmSync(join(root, LOKI)),
      ['environments/production/values/loki.yaml: no Application deploys it'],
    ],
    [
      'a chart with a third source',
      () => change(LOKI, '      ref: values\n', '      ref: values\n    - repoURL: https://x.example.com\n'),
      [`${LOKI}: /spec/sources must NOT have more than 2 items {"limit":2}`],
    ],
    [
      'a root that is gone',
      () => rmSync(join(root, 'argocd/roots/staging.yaml')),
      [
        'argocd/roots/staging.yaml: is no Application and no AppProject, but ""',
        'argocd/roots/staging.yaml: takes nothing, where nothing of staging is generated',
      ],
    ],
  ])('not %s', (_, harm, expected) => {
    harm();
    expect(failures()).toEqual(expected);
  });

  it('and the command says so', async () => {
    change(CATALOG, 'namespace: shop-production', 'namespace: shop-staging');
    const { status, stdout, stderr } = await slipway('verify', '--root', root);
    expect(status).toBe(1);
    expect(stderr).toContain(`${CATALOG}\n  deploys to the namespace shop-staging`);
    expect(stdout).toContain('not deployed: 1 problems with the Applications of Argo CD\n');
  });
});

describe('generate', () => {
  const ENGINE = 'the engine of this test';
  const visible = () =>
    Object.fromEntries(Object.entries(treeOf(root)).filter(([path]) => !path.startsWith('.slipway')));

  it('removes what is no longer for Argo CD', () => {
    write('argocd/notes.md', 'mine\n');
    write('environments/staging/platform.yaml', 'namespace: shop-staging\nargocd: null\n');
    const { removed } = generate(root, false);
    expect(removed).toContain('argocd/staging/catalog.yaml');
    expect(removed).toContain('argocd/projects/staging/services.yaml');
    const left = Object.keys(treeOf(root)).filter((path) => path.startsWith('argocd/'));
    expect(left.filter((path) => path.includes('staging'))).toEqual([]);
    expect(read('argocd/notes.md')).toBe('mine\n');
  });

  it('writes only the Applications whose wave moves when another service is called', async () => {
    await generateIncrementally(root, ENGINE);
    const inputs = sampleInputs();
    const restocker = 'environments/base/services/restocker.yaml';
    const storefront = 'environments/base/services/storefront.yaml';
    write(
      restocker,
      (inputs[restocker] ?? '').replace('to:\n    - catalog', 'to:\n    - catalog\n    - storefront'),
    );
    write(
      storefront,
      (inputs[storefront] ?? '').replace(/^network:\n/m, 'network:\n  from:\n    - restocker\n'),
    );
    const { updated, created } = await generateIncrementally(root, ENGINE);
    expect([...created, ...updated].filter((path) => path.startsWith('argocd/'))).toEqual([
      'argocd/production/restocker.yaml',
      'argocd/staging/restocker.yaml',
    ]);
    expect(read('argocd/staging/restocker.yaml')).toContain('sync-wave: "8"');
    const incremental = visible();
    expect(generate(root, false)).toMatchObject({ created: [], updated: [], removed: [] });
    expect(visible()).toEqual(incremental);
  });

  it('moves the Applications of services that are not made again, too', async () => {
    await generateIncrementally(root, ENGINE);
    const inputs = sampleInputs();
    const catalog = 'environments/base/services/catalog.yaml';
    write(catalog, (inputs[catalog] ?? '').replace(/^network:\n/m, 'network:\n  to: [ledger]\n'));
    write(
      'environments/base/services/ledger.yaml',
      'kind: web\nowner: { team: shop }\nimage: { repository: ghcr.io/acme/ledger, tag: 1.0.0 }\nports: { http: 8080 }\nhealth: { readiness: /ready }\nresources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }\nnetwork: { from: [catalog] }\n',
    );
    const { updated } = await generateIncrementally(root, ENGINE);
    expect(updated).toContain('argocd/production/storefront.yaml');
    expect(updated).toContain('argocd/production/restocker.yaml');
    expect(updated).not.toContain('environments/production/overlays/storefront/kustomization.yaml');
    const incremental = visible();
    expect(generate(root, false)).toMatchObject({ created: [], updated: [], removed: [] });
    expect(visible()).toEqual(incremental);
    expect((await generateIncrementally(root, ENGINE)).updated).toEqual([]);
  });
});

describe('--repo-url', () => {
  const URL_OF_SANDBOX = 'file:///srv/git/shop';

  it('takes the place of the repository everywhere, until it is left out', async () => {
    const before = treeOf(root);
    const told = await slipway('generate', '--repo-url', URL_OF_SANDBOX, '--root', root);
    expect(told.status).toBe(0);
    for (const file of ['argocd/production/catalog.yaml', 'argocd/roots/staging.yaml'])
      expect(read(file)).toContain(`repoURL: ${URL_OF_SANDBOX}`);
    expect(read('argocd/projects/staging/services.yaml')).toContain(`- ${URL_OF_SANDBOX}`);
    expect(failures()).toEqual([]);
    const check = (...more: string[]) => slipway('generate', '--check', ...more, '--root', root);
    expect((await check('--repo-url', URL_OF_SANDBOX)).status).toBe(0);
    expect((await check()).status).toBe(1);
    expect((await slipway('generate', '--root', root)).status).toBe(0);
    const after = Object.entries(treeOf(root)).filter(([path]) => !path.startsWith('.slipway'));
    expect(Object.fromEntries(after)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => !path.startsWith('.slipway'))),
    );
  });

  it.each(['shop', 'https://user:word@github.com/acme/shop.git', 'file://relative', ''])(
    'is refused as wrong usage: %s',
    async (url) => {
      const { status, stderr } = await slipway('generate', '--repo-url', url, '--root', root);
      expect(status).toBe(2);
      expect(stderr).toContain('--repo-url: expected an address of a Git repository');
      expect(stderr).not.toContain('word');
    },
  );
});
