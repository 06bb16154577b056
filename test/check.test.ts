import { afterEach, describe, expect, it } from 'vitest';
import { check, checkWorld, dayOf } from '../generators/check/check.ts';
import type { CheckFinding } from '../generators/check/finding.ts';
import { formatFinding } from '../generators/check/format.ts';
import { compareEnvironments } from '../generators/check/parity/compare.ts';
import { type Environment, readWorld, serviceHere } from '../generators/check/world.ts';
import { ProblemsError } from '../generators/problems/problem.ts';
import { repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { slipway } from './support/command-line.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';
import { withTriggers } from './support/scaling-mutations.ts';
import { again, samples } from './support/seed.ts';
import { sensibleRepositories } from './support/sensible.ts';

const TODAY = '2030-01-01';
const PRODUCTION_RESTOCKER = 'environments/production/services/restocker.yaml';

let root = '';
afterEach(() => {
  removeRepository(root);
  root = '';
});

const repository = (files: Files): string => {
  root = writeRepository({ ...sampleInputs(), ...files });
  return root;
};
const found = (files: Files, today = TODAY): string[] =>
  check(repository(files), today).findings.map(formatFinding);

describe('the sample', () => {
  it('has no findings and no waivers', () => {
    expect(check(repository({}), TODAY)).toEqual({ environments: 2, services: 4, findings: [], waived: 0 });
  });
});

describe('a sensible repository of 40 services', () => {
  it.each(samples(sensibleRepositories, 5))('has no findings: $number', ({ number, value }) => {
    root = writeRepository(value);
    const report = check(root, TODAY);
    expect(report.findings.map(formatFinding), again('test/check.test.ts', number)).toEqual([]);
    expect(report.services).toBe(40);
  });
});

describe('a service with containers beside it', () => {
  const resources = 'resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 64Mi } }';
  const ledger = (more = '') => `kind: stateful
owner: { team: shop }
image: { repository: ghcr.io/acme/ledger, tag: 1.0.0 }
ports: { tcp: 5432 }
storage: { data: { path: /data, size: 1Gi } }
replicas: 2
${resources}
health: { readiness: { port: tcp }, liveness: { port: tcp } }
network: { from: [restocker] }
sidecars:
  exporter:
    image: { repository: ghcr.io/acme/exporter, tag: 1.0.0 }
    ports: { exporter: 9187 }
    ${resources}
init:
  warm-up:
    image: { repository: ghcr.io/acme/warm-up, tag: 1.0.0 }
    ${resources.replace('100m', '300m')}
metrics: { port: exporter }
${more}`;
  const withLedger = (platform: string, more?: string): Files => ({
    'environments/base/services/ledger.yaml': ledger(more),
    'environments/staging/services/ledger.yaml': 'replicas: 3\n',
    'environments/staging/services/restocker.yaml': 'network:\n  to: [catalog, ledger]\n',
    'environments/production/services/restocker.yaml': 'replicas: 2\nnetwork:\n  to: [catalog, ledger]\n',
    'environments/staging/platform.yaml': `namespace: shop-staging\n${platform}`,
  });

  it('has no findings: ports of sidecars are open, the headless Service has a name of its own', () => {
    expect(found(withLedger(''))).toEqual([]);
  });

  it('asks a quota for the init container beside the sidecars, which is more than what runs later', () => {
    const quota = (cpu: string) => `quota:\n  requests.cpu: ${cpu}\n`;
    const [line = '', ...others] = found(withLedger(quota('1')));
    expect(others).toEqual([]);
    expect(line).toContain('ledger 3 × 0.4 ');
  });
});

describe('a worker with metrics', () => {
  const restocker = 'environments/base/services/restocker.yaml';
  const scraped = (more = '') => ({
    [restocker]: `${sampleInputs()[restocker]}ports: { metrics: 9090 }\nmetrics: { port: metrics }\n${more}`,
  });

  it('has no findings, because Prometheus reaches its pods', () => {
    expect(found(scraped())).toEqual([]);
  });

  it('is told when a patch shuts Prometheus out', () => {
    const findings = found(scraped('patch: { NetworkPolicy: { spec: { ingress: [] } } }\n'));
    expect(findings).toContainEqual(
      expect.stringContaining(
        'error[ingress-blocked]: patch.NetworkPolicy.spec.ingress: the Prometheus pods in the namespace monitoring cannot reach port 9090 of restocker',
      ),
    );
  });
});

describe('a service that KEDA scales', () => {
  const worker = (min: number) => `replicas: null
autoscaling:
  min: ${min}
  max: 4
  triggers:
    night: { cron: { start: 0 22 * * *, end: 0 6 * * *, replicas: 4 } }
`;

  it('has no findings with triggers, nor does a worker that goes to zero', () => {
    const files = { ...withTriggers(sampleInputs()), [PRODUCTION_RESTOCKER]: worker(0) };
    expect(found(files)).toEqual([]);
  });

  it('is told where requests would find nobody, with the line', () => {
    const catalog = 'environments/production/services/catalog.yaml';
    const files = {
      'environments/production/platform.yaml': `${sampleInputs()['environments/production/platform.yaml']}autoscaling: { keda: true }\n`,
      [catalog]: `${sampleInputs()[catalog]?.replace('replicas: 3\n', worker(0))}`,
    };
    expect(found(files)).toEqual([
      `${catalog}:4:3: error[scales-to-zero]: autoscaling.min: Deployment/catalog answers requests and can be down to no pod: what comes then is refused, and nothing holds it until a pod is ready in production; keep one pod at least, and two for drains`,
    ]);
  });
});

/** What is found; nothing where the inputs are refused, which other tests are about. */
function findingsOf(folder: string): readonly CheckFinding[] {
  try {
    return check(folder, TODAY).findings;
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
}

describe('any valid repository', () => {
  it.each(samples(repositoryInputs, 40))(
    'is checked to the end, and no difference is undeclared: $number',
    ({ number, value }) => {
      root = writeRepository(yamlFiles(value));
      const ids = findingsOf(root).map(({ id }) => id);
      expect(ids, again('test/check.test.ts', number)).not.toContain('undeclared-difference');
    },
  );
});

describe('findings', () => {
  it('carry the counter-example, the environments and the line to change', () => {
    const patch =
      'patch:\n  PodDisruptionBudget:\n    spec:\n      maxUnavailable: null\n      minAvailable: 2\n';
    expect(found({ 'environments/staging/services/catalog.yaml': patch })).toEqual([
      'environments/staging/services/catalog.yaml:3:5: error[budget-blocks-drain]: patch.PodDisruptionBudget.spec: the PodDisruptionBudget blocks every drain: at 2 pods and minAvailable 2, evictions allowed = 0 in staging; let one pod go: maxUnavailable 1',
    ]);
  });

  it('say the sum that a quota has no room for', () => {
    const files = { 'environments/staging/platform.yaml': 'namespace: shop-staging\nquota:\n  pods: 7\n' };
    expect(found(files)).toEqual([
      'environments/staging/platform.yaml:3:3: error[quota-too-small]: quota.pods: the quota of 7 has no room for all services at their most, a rollout included: catalog 3 × 1 + restocker 2 × 1 + stocktaker 1 × 1 + storefront 3 × 1 + storefront-smoke 1 × 1 = 10 in staging; raise it, or lower the services',
    ]);
    expect(
      found({ 'environments/staging/platform.yaml': 'namespace: shop-staging\nquota:\n  pods: 10\n' }),
    ).toEqual([]);
  });

  it('name the other file and the line to add for a connection of one side', () => {
    const base = sampleInputs()['environments/base/services/catalog.yaml'] ?? '';
    const one = base.replace('    - storefront\n', '');
    expect(found({ 'environments/base/services/catalog.yaml': one })).toEqual([
      'environments/base/services/storefront.yaml:43:7: error[connection-one-sided]: network.to.0: storefront calls catalog, which does not let it in: connections are refused in production and staging; add the line `- storefront` under network.from in environments/base/services/catalog.yaml:42',
    ]);
  });

  it('see a second budget for the same pods', () => {
    const world = readWorld(repository({}));
    const staging = world.get('staging');
    const catalog = staging?.services.get('catalog');
    if (staging === undefined || catalog === undefined)
      throw new Error('the sample has no catalog in staging');
    const budget = catalog.objects.find(({ kind }) => kind === 'PodDisruptionBudget');
    if (budget === undefined) throw new Error('the catalog has no budget');
    const second = { ...budget, metadata: { ...budget.metadata, name: 'second' } };
    const twice = serviceHere('catalog', catalog.state, [...catalog.objects, second]);
    const services = new Map(staging.services).set('catalog', twice);
    const lines = checkWorld(new Map(world).set('staging', { ...staging, services }), TODAY).findings.map(
      formatFinding,
    );
    expect(lines.join()).toContain('2 PodDisruptionBudgets select the pods of Deployment/catalog');
  });

  it('are told once for all environments that share the input', () => {
    const lines = found({
      'environments/base/services/restocker.yaml': `${sampleInputs()['environments/base/services/restocker.yaml']}shutdown:\n  grace: 2s\n`,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('in production and staging');
  });

  it('for production hold where the platform says so', () => {
    const eu =
      'extends: production\nnamespace: shop-eu\nargocd: { instance: { name: eu, url: https://argocd.eu.example.com } }\n';
    const files = {
      'environments/eu/platform.yaml': eu,
      'environments/eu/services/restocker.yaml': 'replicas: 1\n',
    };
    expect(found(files)).toHaveLength(1);
    expect(
      found({
        ...files,
        'environments/eu/platform.yaml': `${eu}production: false\n`,
      }),
    ).toEqual([]);
  });
});

describe('waivers', () => {
  const waiver = (until: string) =>
    `replicas: 1\nwaivers:\n  single-replica:\n    reason: it must not run twice\n    until: ${until}\n`;

  it('accept a finding until the end of their last day', () => {
    expect(check(repository({ [PRODUCTION_RESTOCKER]: waiver(TODAY) }), TODAY)).toMatchObject({
      findings: [],
      waived: 1,
    });
  });

  it('fail on the day after, beside what they waived', () => {
    const lines = found({ [PRODUCTION_RESTOCKER]: waiver('2029-12-31') });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe(
      `${PRODUCTION_RESTOCKER}:5:5: error[waiver-expired]: waivers.single-replica.until: held until 2029-12-31, and today is 2030-01-01; mend what it waives, or say why it holds longer`,
    );
  });

  it('that waive nothing are a finding', () => {
    expect(
      found({ [PRODUCTION_RESTOCKER]: waiver('2031-01-01').replace('replicas: 1', 'replicas: 2') }),
    ).toEqual([
      `${PRODUCTION_RESTOCKER}:3:3: error[waiver-idle]: waivers.single-replica: waives nothing; delete it`,
    ]);
  });

  it('of base are needed if one environment needs them, and an environment can take them back', () => {
    const base = 'environments/base/services/restocker.yaml';
    const text = `${sampleInputs()[base]}${waiver('2031-01-01').replace('replicas: 1\n', '')}`;
    expect(found({ [base]: text, [PRODUCTION_RESTOCKER]: undefined })).toEqual([]);
    const back = { [base]: text, [PRODUCTION_RESTOCKER]: 'waivers:\n  single-replica: null\n' };
    expect(found(back).map((line) => /\[(.*?)\]/.exec(line)?.[1])).toEqual(['single-replica', 'waiver-idle']);
  });

  it('of a platform hold for all its services, and no other environment', () => {
    const platform = 'environments/production/platform.yaml';
    const text = `${sampleInputs()[platform]}waivers:\n  single-replica:\n    reason: a rehearsal of the rehearsal\n    until: 2031-01-01\n`;
    expect(check(repository({ [platform]: text, [PRODUCTION_RESTOCKER]: undefined }), TODAY)).toMatchObject({
      findings: [],
      waived: 1,
    });
  });

  it('know the day from the clock in UTC', () => {
    expect(dayOf(new Date('2030-01-01T23:59:59Z'))).toBe(TODAY);
  });
});

describe('parity', () => {
  const environment = (name: string): Environment => {
    const one = readWorld(root).get(name);
    if (one === undefined) throw new Error(`no ${name}`);
    return one;
  };
  const differences = () => compareEnvironments(environment('staging'), environment('production'));
  const causes = (object: string, path: string) =>
    differences()
      .filter((one) => one.object === object && one.path.join('.').startsWith(path))
      .flatMap((one) => one.causes.map(({ key, place }) => `${place.file}:${place.line} ${key}`));

  it('traces every difference of the sample', () => {
    repository({});
    expect(differences().length).toBeGreaterThan(10);
    expect(differences().filter((one) => one.causes.length === 0)).toEqual([]);
    expect(causes('HTTPRoute/storefront.www', 'spec.hostnames')).toEqual([
      'environments/staging/platform.yaml:4 domain',
    ]);
    expect(causes('HorizontalPodAutoscaler/storefront', 'spec.minReplicas')).toEqual([
      'environments/production/services/storefront.yaml:3 autoscaling.min',
    ]);
  });

  it('traces what another service causes, and a service that only one environment has', () => {
    repository({
      'environments/staging/services/catalog.yaml': 'ports:\n  http: 9999\n',
      'environments/production/services/catalog.yaml': 'network:\n  from: [storefront]\n',
      'environments/production/services/restocker.yaml': 'enabled: false\n',
    });
    expect(causes('NetworkPolicy/storefront', 'spec.egress')).toEqual([
      'environments/staging/services/catalog.yaml:1 ports',
    ]);
    expect(causes('Deployment/restocker', '')).toEqual([
      'environments/production/services/restocker.yaml:1 enabled',
    ]);
  });

  it('is printed by explain --diff, with file and line', async () => {
    repository({});
    const { status, stdout } = await slipway('explain', '--diff', 'staging', 'production', '--root', root);
    expect(status).toBe(0);
    expect(stdout).toContain(
      'storefront: HorizontalPodAutoscaler/storefront\n  spec.minReplicas: 2 → 3\n    environments/production/services/storefront.yaml:3:3 autoscaling.min\n',
    );
    expect(stdout).toMatch(/\n\d+ differences between staging and production: all declared\n$/);
    expect((await slipway('explain', '--diff', 'staging', '--root', root)).status).toBe(2);
    const typo = await slipway('explain', '--diff', 'staging', 'prodution', '--root', root);
    expect(typo).toMatchObject({
      status: 1,
      stderr: 'error: no environment "prodution"; did you mean "production"? allowed: production, staging\n',
    });
  });
});

describe('npm run check', () => {
  it('ends with 0 and one line when there is nothing to say, and for warnings', async () => {
    const { status, stdout } = await slipway('check', '--root', repository({}));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^4 services × 2 environments checked: no findings \(\d+ ms\)\n$/);
    removeRepository(root);
    const warned = await slipway(
      'check',
      '--root',
      repository({
        'environments/production/services/catalog.yaml': 'replicas: 3\nsecurity:\n  readOnlyRoot: false\n',
      }),
    );
    expect(warned.status).toBe(0);
    expect(warned.stdout).toMatch(
      /^environments\/production\/services\/catalog.yaml:3:3: warning\[security-root-writable\]: .*\n.*: 0 errors, 1 warning/,
    );
  });

  it('ends with 1 for an error, and gives the same to machines', async () => {
    const { status, stdout } = await slipway(
      'check',
      '--json',
      '--root',
      repository({ [PRODUCTION_RESTOCKER]: undefined }),
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      environments: 2,
      findings: [
        {
          id: 'single-replica',
          severity: 'error',
          file: 'environments/base/services/restocker.yaml',
          line: 19,
          column: 1,
          environments: ['production'],
        },
      ],
    });
  });

  it('tells wrong inputs first, as generate does', async () => {
    const { status, stderr, stdout } = await slipway(
      'check',
      '--root',
      repository({ [PRODUCTION_RESTOCKER]: 'replcias: 1\n' }),
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`${PRODUCTION_RESTOCKER}:1:1: replcias: unknown key; did you mean "replicas"?`);
  });
});
