import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { CHILDREN } from '../generators/argocd/children.ts';
import { CHART } from '../generators/argocd/install/release.ts';
import { InstallValuesSchema } from '../generators/argocd/install/schema.ts';
import { TEMPLATES, TRIGGERS } from '../generators/argocd/notifications.ts';
import { OWNED_FIELDS } from '../generators/argocd/owned-fields.ts';
import { groupKind } from '../generators/argocd/scene.ts';
import { emitRepository, modelRepository } from '../generators/generate/repository.ts';
import { KINDS } from '../generators/model/kinds.ts';
import { ProblemsError } from '../generators/problems/problem.ts';
import { repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';
import { samples } from './support/seed.ts';

const HOME = fileURLToPath(new URL('../', import.meta.url));
const SAMPLE = sampleInputs();

const platform = (environment: string) => `environments/${environment}/platform.yaml`;
const service = (environment: string, name: string) => `environments/${environment}/services/${name}.yaml`;

/** Texts of what Argo CD gets for some inputs, by path below `argocd/`. */
function outputsOf(files: Files, repoUrl?: string): Map<string, string> {
  const root = writeRepository(files);
  try {
    const all = emitRepository(modelRepository(root), repoUrl);
    const own = all.filter(({ path }) => path.startsWith('argocd/'));
    return new Map(own.map(({ path, content }) => [path.slice('argocd/'.length), content]));
  } finally {
    removeRepository(root);
  }
}

/** The same for the sample with other files. */
const outputs = (files: Files = {}) => outputsOf({ ...SAMPLE, ...files });
const parsed = (files: Map<string, string>, path: string): unknown => load(files.get(path) ?? '');
const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => Object(inner)[step], value);
/** A platform of the sample with a part of its text replaced; the part must be there. */
function platformWith(environment: string, from: string, to: string): Files {
  const text = SAMPLE[platform(environment)] ?? '';
  expect(text).toContain(from);
  return { [platform(environment)]: text.replace(from, to) };
}

describe('an environment', () => {
  it('without argocd gets nothing', () => {
    const silent = ['base', 'staging', 'production'].map((name) => {
      const text = (SAMPLE[platform(name)] ?? '').replace(/argocd:\n( .*\n)*/, '');
      return [platform(name), text] as const;
    });
    expect(outputs(Object.fromEntries(silent)).size).toBe(0);
  });

  it('that takes argocd back gets nothing, and others do', () => {
    const files = outputs({ [platform('staging')]: 'namespace: shop-staging\nargocd: null\n' });
    expect([...files.keys()].filter((path) => path.includes('staging'))).toEqual([]);
    expect(files.has('roots/production.yaml')).toBe(true);
  });

  it('waits for a person unless it says otherwise, whatever its name', () => {
    const files = outputs(platformWith('staging', 'argocd:\n  sync: automated\n', ''));
    const application = parsed(files, 'staging/catalog.yaml');
    expect(at(application, 'spec', 'syncPolicy')).toEqual({
      syncOptions: ['PruneLast=true', 'PrunePropagationPolicy=foreground'],
    });
    expect(at(application, 'metadata', 'finalizers')).toBeUndefined();
  });

  it('that syncs by itself prunes, heals, tries the newest commit again, and takes objects along', () => {
    const files = outputs();
    const application = parsed(files, 'staging/catalog.yaml');
    expect(at(application, 'spec', 'syncPolicy')).toEqual({
      automated: { enabled: true, prune: true, selfHeal: true },
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, refresh: true },
      syncOptions: ['PruneLast=true', 'PrunePropagationPolicy=foreground'],
    });
    expect(at(application, 'metadata', 'finalizers')).toEqual(['resources-finalizer.argocd.argoproj.io']);
    for (const file of [
      'staging/platform.namespace.yaml',
      'staging/argocd.projects.yaml',
      'roots/staging.yaml',
    ])
      expect(at(parsed(files, file), 'metadata', 'finalizers')).toBeUndefined();
  });

  it('that is production keeps its objects even if it syncs by itself', () => {
    const files = outputs(platformWith('production', 'sync: manual', 'sync: automated'));
    const application = parsed(files, 'production/catalog.yaml');
    expect(at(application, 'spec', 'syncPolicy', 'automated', 'enabled')).toBe(true);
    expect(at(application, 'metadata', 'finalizers')).toBeUndefined();
  });
});

describe('an Application', () => {
  it('reads the overlay of a service and its base', () => {
    const application = parsed(outputs(), 'production/storefront.yaml');
    expect(at(application, 'spec', 'source')).toEqual({
      repoURL: 'https://github.com/acme/shop.git',
      targetRevision: 'refs/heads/main',
      path: 'environments/production/overlays/storefront',
    });
    expect(at(application, 'metadata', 'annotations', 'argocd.argoproj.io/manifest-generate-paths')).toBe(
      '/environments/production/overlays/storefront;/base/storefront',
    );
  });

  it('reads the chart and the values of a service that Helm delivers', () => {
    const files = outputs({
      [service('production', 'storefront')]: 'delivery: helm\nautoscaling:\n  min: 3\n',
    });
    const application = parsed(files, 'production/storefront.yaml');
    expect(at(application, 'spec', 'source', 'path')).toBe('charts/service');
    expect(at(application, 'spec', 'source', 'helm')).toEqual({
      releaseName: 'storefront',
      valueFiles: ['../../environments/production/values/storefront.yaml'],
    });
    expect(at(application, 'metadata', 'annotations', 'argocd.argoproj.io/manifest-generate-paths')).toBe(
      '/charts/service;/environments/production/values/storefront.yaml',
    );
  });

  it('reads only the overlay of a service that base does not have', () => {
    const text = SAMPLE[service('base', 'stocktaker')] ?? '';
    const files = outputs({
      [service('base', 'stocktaker')]: undefined,
      [service('staging', 'stocktaker')]: undefined,
      [service('production', 'stocktaker')]: text.replace('$schema=../../service.schema', '$schema=x'),
      [service('base', 'catalog')]: (SAMPLE[service('base', 'catalog')] ?? '').replace(
        '    - stocktaker\n',
        '',
      ),
      [service('production', 'catalog')]:
        `${SAMPLE[service('production', 'catalog')]}network:\n  from: [storefront, restocker, stocktaker]\n`,
    });
    expect(
      at(
        parsed(files, 'production/stocktaker.yaml'),
        'metadata',
        'annotations',
        'argocd.argoproj.io/manifest-generate-paths',
      ),
    ).toBe('/environments/production/overlays/stocktaker');
    expect(files.has('staging/stocktaker.yaml')).toBe(false);
  });

  it('deploys to the cluster of its environment, and roots to that of Argo CD', () => {
    const server = 'https://production.example.com:6443';
    const far = platformWith('production', 'sync: manual', `sync: manual\n  server: ${server}`);
    const path = platform('production');
    const files = outputs({ [path]: String(far[path]).replace('argocd: true', 'argocd: false') });
    expect(at(parsed(files, 'production/catalog.yaml'), 'spec', 'destination')).toEqual({
      server,
      namespace: 'shop-production',
    });
    const own = { server: 'https://kubernetes.default.svc', namespace: 'argocd' };
    expect(at(parsed(files, 'roots/production.yaml'), 'spec', 'destination')).toEqual(own);
    expect(at(parsed(files, 'projects/production/argocd.yaml'), 'spec', 'destinations')).toEqual([own]);
  });

  it('comes from a root that is not in what it deploys, and is itself nobody s child', () => {
    const files = outputs();
    for (const environment of ['staging', 'production']) {
      const root = parsed(files, `roots/${environment}.yaml`);
      const folder = String(at(root, 'spec', 'source', 'path')).slice('argocd/'.length);
      const children = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      const names = children.map((path) => at(parsed(files, path), 'metadata', 'name'));
      expect(children.length).toBe(18);
      expect(names).not.toContain(at(root, 'metadata', 'name'));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('what holds data', () => {
  const ledger = `kind: stateful
owner: { team: shop }
image: { repository: ghcr.io/acme/ledger, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
storage: { data: { path: /data, size: 1Gi } }
`;
  it.each(['kustomize', 'helm'])('is confirmed where a person syncs, and only there: %s', (delivery) => {
    const root = writeRepository({
      ...SAMPLE,
      [service('base', 'ledger')]: `${ledger}delivery: ${delivery}\n`,
    });
    const { units } = modelRepository(root);
    removeRepository(root);
    const confirmed = (environment: string) =>
      units.flatMap(({ states }) =>
        (states.get(environment)?.objects ?? [])
          .filter(
            ({ metadata }) => at(metadata, 'annotations', 'argocd.argoproj.io/sync-options') !== undefined,
          )
          .map(({ kind }) => kind),
      );
    expect(confirmed('production')).toEqual(['Namespace', 'Namespace', 'StatefulSet']);
    expect(confirmed('staging')).toEqual([]);
    const values = units.find(({ folder }) => folder === 'ledger')?.states.get('production')?.values;
    expect(values?.syncOptions).toBe('Prune=confirm,Delete=confirm');
  });
});

describe('tables by kind', () => {
  const generated = new Set([...KINDS.values()].map(groupKind));
  it.each(Object.keys(OWNED_FIELDS))(
    'owned fields of %s are of a kind that is generated, and start at the top',
    (kind) => {
      expect(generated).toContain(kind);
      for (const path of OWNED_FIELDS[kind]?.jqPathExpressions ?? []) expect(path).toMatch(/^\.spec\.[a-z]/);
    },
  );
  it.each(Object.keys(CHILDREN))('what controllers make of %s is of a kind that is generated', (kind) => {
    expect(generated).toContain(kind);
  });
});

describe('an installation', () => {
  const values = (files: Map<string, string>, instance = 'main') =>
    parsed(files, `install/${instance}/values.yaml`);
  const csv = (files: Map<string, string>, instance = 'main') =>
    String(at(values(files, instance), 'configs', 'rbac', 'policy.csv')).split('\n');

  it('has only values that are known, for random repositories', () => {
    const check = new Ajv({ allErrors: true }).compile(InstallValuesSchema);
    let seen = 0;
    for (const { value } of samples(repositoryInputs, 40)) {
      let files: Map<string, string>;
      try {
        files = outputsOf(yamlFiles(value));
      } catch (error) {
        if (error instanceof ProblemsError) continue;
        throw error;
      }
      for (const [path, content] of files) {
        if (!path.endsWith('/values.yaml')) continue;
        seen++;
        expect(check(load(content)), JSON.stringify(check.errors)).toBe(true);
      }
    }
    expect(seen).toBeGreaterThan(10);
    const wrong = values(outputs()) as { server: Record<string, unknown> };
    wrong.server['metric'] = { enabled: true };
    expect(check(wrong)).toBe(false);
  });

  it('lets developers sync staging and read logs, and release managers sync production', () => {
    const lines = csv(outputs());
    const syncs = lines.filter((line) => line.includes(', sync, '));
    expect(syncs.filter((line) => line.startsWith('p, role:developer,'))).toEqual([
      'p, role:developer, applications, sync, shop.staging/*, allow',
      'p, role:developer, applications, sync, shop.staging.platform/*, allow',
    ]);
    expect(
      syncs.filter((line) => line.includes('production')).every((line) => line.includes('release-manager')),
    ).toBe(true);
    expect(lines.filter((line) => line.includes(', logs, '))).not.toEqual([]);
    expect(lines.filter((line) => /, (exec|update|delete|override|create|\*)[,/]/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^p, [^,]*, [^,]*, [^,]*, \*/.test(line))).toEqual([]);
    expect(lines).toContain('g, acme:developers, role:developer');
  });

  it('shows nothing to strangers once viewers are named', () => {
    expect(at(values(outputs()), 'configs', 'rbac', 'policy.default')).toBe('role:viewer');
    const files = outputs(platformWith('base', 'roles:\n', 'roles:\n      viewers: [acme:all]\n'));
    expect(at(values(files), 'configs', 'rbac', 'policy.default')).toBe('');
    expect(csv(files)).toContain('g, acme:all, role:viewer');
  });

  it('is one for each name, with its own environments', () => {
    const files = outputs(
      platformWith(
        'production',
        '    name: production\n',
        '    name: guarded\n    namespace: argocd-guarded\n',
      ),
    );
    expect([...files.keys()].filter((path) => path.startsWith('install/')).sort()).toEqual([
      'install/guarded/README.md',
      'install/guarded/default-project.yaml',
      'install/guarded/values.yaml',
      'install/main/README.md',
      'install/main/default-project.yaml',
      'install/main/values.yaml',
    ]);
    expect(csv(files).filter((line) => line.includes('production'))).toEqual([]);
    expect(csv(files, 'guarded').filter((line) => line.includes('staging'))).toEqual([]);
    expect(at(parsed(files, 'production/catalog.yaml'), 'metadata', 'namespace')).toBe('argocd-guarded');
  });

  it('has every trigger that a project subscribes to, and every template that a trigger sends', () => {
    const files = outputs();
    const triggers = Object.assign(
      {},
      ...['main', 'production'].map((name) => at(values(files, name), 'notifications', 'triggers')),
    ) as Record<string, string>;
    const templates = ['main', 'production'].flatMap((name) =>
      Object.keys(Object(at(values(files, name), 'notifications', 'templates'))),
    );
    const subscribed = [...files.keys()]
      .filter((path) => path.startsWith('projects/'))
      .flatMap((path) => Object.keys(Object(at(parsed(files, path), 'metadata', 'annotations'))))
      .map((name) => name.replace(/^.*\/subscribe\.(.*)\.slack$/, 'trigger.$1'));
    expect(new Set(subscribed)).toEqual(new Set(Object.keys(triggers)));
    expect(subscribed.length).toBe(20);
    const sent = Object.values(triggers).flatMap((text) =>
      (load(text) as { send: string[] }[]).flatMap(({ send }) => send),
    );
    expect(new Set(sent.map((name) => `template.${name}`))).toEqual(new Set(templates));
    expect(Object.keys(TEMPLATES).length).toBe(Object.keys(TRIGGERS).length + 1);
    expect(triggers['trigger.on-out-of-sync-for-30m']).toContain('.Minutes() >= 30');
    expect(Object.values(TEMPLATES).join()).not.toContain('.spec.source');
  });

  it('tells nobody where no channel is named, and needs no secret for it', () => {
    const files = outputs({
      ...platformWith('base', '  slack: "#shop-deployments"\n', ''),
      ...platformWith('production', '  outOfSync: 30m\n', ''),
    });
    expect(at(values(files), 'notifications')).toEqual({ enabled: false });
    expect(files.get('install/main/README.md')).not.toContain('slack');
  });

  it('knows the Ingress that never gets an address, where there is one', () => {
    const key = 'resource.customizations.health.networking.k8s.io_Ingress';
    expect(at(values(outputs()), 'configs', 'cm', key)).toBeUndefined();
    const files = outputs({
      ...platformWith('base', 'kind: gateway', 'kind: ingress\n  ingress: { class: nginx }'),
    });
    expect(at(values(files), 'configs', 'cm', key)).toContain('Healthy');
  });

  it('names secrets and holds none', () => {
    const text = outputs().get('install/main/values.yaml') ?? '';
    expect(text.match(/\$[a-z-]+(:[a-z-]+)?/g)).toEqual(['$argocd-sso:client-secret', '$slack-token']);
  });
});

describe('README', () => {
  const readme = readFileSync(`${HOME}README.md`, 'utf8');
  const guide = readFileSync(`${HOME}argocd/install/main/README.md`, 'utf8');

  it('shows the commands that are generated for the sample', () => {
    const [, commands = ''] = /```sh\n([^`]*)```/.exec(guide) ?? [];
    expect(commands).toContain(`--version ${CHART.version}`);
    expect(readme).toContain(`\`\`\`sh\n${commands}\`\`\``);
  });

  it('shows the argocd of the sample', () => {
    const [, block = ''] =
      /```yaml\n(# environments\/base\/platform.yaml\nargocd:[^`]*)```/.exec(readme) ?? [];
    const argocd = at(load(SAMPLE[platform('base')] ?? ''), 'argocd');
    expect(at(load(block), 'argocd')).toEqual({ ...Object(argocd), revision: 'refs/heads/main' });
  });

  it('has every key of argocd in its table', () => {
    const schema = readFileSync(`${HOME}environments/platform.schema.json`, 'utf8');
    const section = readme.split('### Deploy with Argo CD')[1]?.split('\n### ')[0] ?? '';
    const keys = Object.keys(Object(at(JSON.parse(schema), 'properties', 'argocd', 'properties')));
    expect(keys.length).toBe(8);
    for (const key of keys) expect(section).toMatch(new RegExp(`\\| .*\`${key}[\`:]`));
  });
});
