/** Values of the charts of others: what they say for a platform, and that nothing else gets in. */

import { createRequire } from 'node:module';
import { load } from 'js-yaml';
import { Guard } from 'typebox/guard';
import { Hashing } from 'typebox/system';
import { describe, expect, it } from 'vitest';
import { emitRepository, modelRepository } from '../generators/generate/repository.ts';
import { CHART_NAMES } from '../generators/schema/charts.ts';
import { judged } from '../generators/schema/judged.ts';
import { alloyConfig } from '../generators/stack/alloy-config.ts';
import { checks } from '../generators/stack/compiled.ts';
import { standaloneModule } from '../generators/stack/standalone.ts';
import { repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { append, PRODUCTION, SAMPLE, STAGING } from './support/sample.ts';
import { samples } from './support/seed.ts';

/** Values by environment and chart. */
function valuesOf(files: Files): Record<string, unknown> {
  const root = writeRepository(files);
  try {
    const all = emitRepository(modelRepository(root), undefined);
    return Object.fromEntries(
      all.flatMap(({ path, content }) => {
        const [, environment, chart] = /^environments\/([^/]+)\/values\/([^/]+)\.yaml$/.exec(path) ?? [];
        const isChart = CHART_NAMES.some((name) => name === chart);
        return isChart ? [[`${environment} ${chart}`, load(content)] as const] : [];
      }),
    );
  } finally {
    removeRepository(root);
  }
}

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => Object(inner)[step], value);

/** Values of one chart in staging, with lines of its platform. */
const staging = (chart: string, lines: string) =>
  valuesOf({ ...SAMPLE, ...append(STAGING, lines) })[`staging ${chart}`];

const KPS = 'kube-prometheus-stack';
const KPS_IN = (lines: string) => staging(KPS, `${lines}charts: { kube-prometheus-stack: {} }\n`);
const MONITORING = 'monitoring: { namespace: monitoring }\n';
const MONITORED = 'monitoring: { namespace: monitoring, serviceMonitors: true }\n';

describe('charts', () => {
  it('that are there already, or are not named, get no values', () => {
    const values = valuesOf({
      ...SAMPLE,
      ...append(STAGING, `${MONITORING}charts: { loki: { existing: true }, metrics-server: {} }\n`),
    });
    expect(Object.keys(values)).toEqual(['staging metrics-server']);
  });

  it('of random platforms have values that their schemas know', () => {
    let seen = 0;
    for (const { value } of samples(repositoryInputs, 60)) {
      for (const [key, values] of Object.entries(valuesOf(yamlFiles(value)))) {
        const chart = key.split(' ')[1] as keyof typeof checks;
        seen++;
        expect(checks[chart](values), JSON.stringify(checks[chart].errors)).toBe(true);
      }
    }
    expect(seen).toBeGreaterThan(60);
  });

  it('have values that are closed at every depth', () => {
    const opened = (
      value: unknown,
      path: string[],
      whole: unknown,
      check: (one: unknown) => unknown,
    ): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Array.isArray(value)) {
        const copy = structuredClone(whole);
        const map = path.reduce<Record<string, unknown>>(
          (inner, step) => inner[step] as never,
          copy as never,
        );
        map['unknown key'] = 1;
        expect(check(copy), path.join('.')).toBe(false);
      }
      for (const [key, inner] of Object.entries(value)) opened(inner, [...path, key], whole, check);
    };
    const all = CHART_NAMES.map((chart) => `${chart}: {}`).join(', ');
    const logs =
      'logs: { s3: { bucket: logs, region: eu-central-1, secret: loki, endpoint: "http://minio:9000" } }';
    const values = valuesOf({
      ...SAMPLE,
      ...append(
        PRODUCTION,
        `monitoring: { namespace: monitoring, storageClass: fast, grafana: "https://g.example.com", ${logs} }\nrollouts: { traffic: gatewayAPI }\ncharts: { ${all} }\n`,
      ),
    });
    expect(Object.keys(values)).toHaveLength(CHART_NAMES.length);
    for (const [key, one] of Object.entries(values))
      opened(one, [], one, checks[key.split(' ')[1] as keyof typeof checks]);
  });

  it('are judged in the bundle as here', () => {
    const text = standaloneModule()
      .replace(/^import .*\n/gm, '')
      .replace('export const checks =', 'return');
    const made = new Function('Guard', 'Hashing', 'judged', 'require', text) as (
      ...of: unknown[]
    ) => typeof checks;
    const bundled = made(Guard, Hashing, judged, createRequire(import.meta.url));
    expect(Object.keys(bundled).sort()).toEqual([...CHART_NAMES]);
    const good = staging('metrics-server', 'charts: { metrics-server: {} }\n');
    const check = bundled['metrics-server'];
    expect([check(good), check.errors]).toEqual([true, null]);
    expect(check({ ...Object(good), replica: 1 })).toBe(false);
    expect(check.errors?.map(({ params }) => params)).toEqual([{ additionalProperty: 'replica' }]);
  });
});

describe('kube-prometheus-stack', () => {
  it('watches what has no label of its release', () => {
    const spec = at(KPS_IN(MONITORING), 'prometheus', 'prometheusSpec');
    for (const kind of ['serviceMonitor', 'podMonitor', 'rule', 'probe', 'scrapeConfig'])
      expect(at(spec, `${kind}SelectorNilUsesHelmValues`)).toBe(false);
  });

  it('is one of each, and small, where it is not production', () => {
    const values = KPS_IN(MONITORING);
    const spec = at(values, 'prometheus', 'prometheusSpec');
    expect([at(spec, 'replicas'), at(values, 'alertmanager', 'alertmanagerSpec', 'replicas')]).toEqual([
      1, 1,
    ]);
    expect([at(spec, 'retention'), at(spec, 'retentionSize')]).toEqual(['15d', '17GiB']);
    expect(at(spec, 'externalLabels')).toEqual({ cluster: 'demo-staging', environment: 'staging' });
  });

  it('is several in production, and larger', () => {
    const values = valuesOf({ ...SAMPLE, ...append(PRODUCTION, `${MONITORING}charts: { ${KPS}: {} }\n`) })[
      `production ${KPS}`
    ];
    expect(at(values, 'prometheus', 'prometheusSpec', 'replicas')).toBe(2);
    expect(at(values, 'alertmanager', 'alertmanagerSpec', 'replicas')).toBe(3);
    expect(at(values, 'prometheus', 'podDisruptionBudget', 'enabled')).toBe(true);
    expect(at(values, 'prometheus', 'prometheusSpec', 'retentionSize')).toBe('85GiB');
  });

  it.each(['small', 'medium', 'large'])('leaves room on its volume: %s', (size) => {
    const spec = at(
      KPS_IN(`monitoring: { namespace: m, size: ${size}, retention: 30d }\n`),
      'prometheus',
      'prometheusSpec',
    );
    const gib = (text: unknown) => Number.parseInt(String(text), 10);
    const volume = gib(
      at(spec, 'storageSpec', 'volumeClaimTemplate', 'spec', 'resources', 'requests', 'storage'),
    );
    const kept = gib(at(spec, 'retentionSize'));
    expect(kept).toBeGreaterThan(volume * 0.8);
    expect(kept).toBeLessThanOrEqual(volume * 0.9);
    expect(at(spec, 'retention')).toBe('30d');
  });

  it('takes routes from nobody else: what it selects contradicts itself', () => {
    const selector = at(KPS_IN(MONITORING), 'alertmanager', 'alertmanagerSpec', 'alertmanagerConfigSelector');
    const [one, other] = at(selector, 'matchExpressions') as { key: string; operator: string }[];
    expect(one?.key).toBe(other?.key);
    expect([one?.operator, other?.operator]).toEqual(['Exists', 'DoesNotExist']);
  });

  it('does not look for a control plane that others run, nor alert about it', () => {
    const managed = KPS_IN(MONITORING);
    expect(at(managed, 'kubeEtcd', 'enabled')).toBe(false);
    expect(at(managed, 'defaultRules', 'rules', 'etcd')).toBe(false);
    const own = KPS_IN('monitoring: { namespace: monitoring, controlPlane: own }\n');
    expect([at(own, 'kubeEtcd'), at(own, 'defaultRules')]).toEqual([undefined, undefined]);
  });

  it('scrapes the charts that are there before its kinds, and Loki is a source only if there is one', () => {
    expect(at(KPS_IN(MONITORING), 'prometheus', 'additionalPodMonitors')).toBeUndefined();
    const values = staging(
      KPS,
      `${MONITORING}charts: { ${KPS}: {}, envoy-gateway: {}, cert-manager: {}, loki: { existing: true } }\n`,
    );
    const monitors = at(values, 'prometheus', 'additionalPodMonitors') as { name: string }[];
    expect(monitors.map(({ name }) => name)).toEqual(['cert-manager', 'envoy-gateway', 'envoy-proxies']);
    expect(at(monitors[2], 'namespaceSelector', 'matchNames')).toEqual(['gateway-system']);
    expect(at(values, 'grafana', 'additionalDataSources', 0, 'url')).toBe('http://loki.monitoring.svc:3100');
    expect(at(values, 'prometheusOperator', 'admissionWebhooks', 'certManager', 'enabled')).toBe(true);
    expect(at(KPS_IN(MONITORING), 'grafana', 'additionalDataSources')).toBeUndefined();
  });

  it('scrapes the Argo CD of its own cluster, which cannot bring a monitor before the kinds are there', () => {
    const argocd = (more = '') =>
      `argocd:\n  repository: https://github.com/acme/shop.git\n  instance: { url: https://argocd.example.com, namespace: deploy }\n${more}`;
    const own = at(KPS_IN(MONITORING + argocd()), 'prometheus', 'additionalPodMonitors', 0);
    expect([at(own, 'name'), at(own, 'namespaceSelector', 'matchNames')]).toEqual(['argocd', ['deploy']]);
    const far = KPS_IN(MONITORING + argocd('  server: https://staging.example.com\n'));
    expect(at(far, 'prometheus', 'additionalPodMonitors')).toBeUndefined();
    const installed = (lines: string) => {
      const root = writeRepository({ ...SAMPLE, ...append(STAGING, MONITORED + argocd() + lines) });
      const all = emitRepository(modelRepository(root), undefined);
      removeRepository(root);
      const { content = '' } = all.find(({ path }) => path === 'argocd/install/main/values.yaml') ?? {};
      return at(load(content), 'controller', 'metrics', 'serviceMonitor', 'enabled');
    };
    expect(installed(`charts: { ${KPS}: { existing: true } }\n`)).toBe(true);
    expect(installed(`charts: { ${KPS}: {} }\n`)).toBe(false);
  });

  it('tells Alertmanager where people find it', () => {
    const url = (lines: string) => at(KPS_IN(lines), 'alertmanager', 'alertmanagerSpec', 'externalUrl');
    expect(url(MONITORING)).toBeUndefined();
    const address = 'https://alerts.example.com';
    expect(url(`monitoring: { namespace: monitoring, alertmanager: ${address} }\n`)).toBe(address);
  });

  it('names the password of Grafana, and puts volumes where the platform says', () => {
    const values = KPS_IN('monitoring: { namespace: monitoring, storageClass: fast }\n');
    expect(at(values, 'grafana', 'admin')).toEqual({
      existingSecret: 'grafana-admin',
      userKey: 'admin-user',
      passwordKey: 'admin-password',
    });
    expect(at(values, 'grafana', 'persistence', 'storageClassName')).toBe('fast');
    expect(JSON.stringify(values).match(/"storageClassName":"fast"/g)).toHaveLength(3);
  });
});

describe('loki', () => {
  const loki = (logs: string, more = '') =>
    staging('loki', `monitoring: { namespace: monitoring, ${more}logs: ${logs} }\ncharts: { loki: {} }\n`);

  it('keeps logs on its own disk, one of it, if nothing else is said', () => {
    const values = staging('loki', `${MONITORING}charts: { loki: {} }\n`);
    expect(at(values, 'loki', 'storage')).toEqual({ type: 'filesystem' });
    expect(at(values, 'singleBinary', 'replicas')).toBe(1);
    expect(at(values, 'loki', 'limits_config', 'retention_period')).toBe('720h');
    expect(at(values, 'loki', 'compactor')).toEqual({
      retention_enabled: true,
      delete_request_store: 'filesystem',
    });
    expect(at(values, 'serviceAccount')).toBeUndefined();
  });

  it('runs three times where it may not be away, with a copy in each', () => {
    const values = loki('{ s3: { bucket: logs, region: eu-central-1 } }', 'highAvailability: true, ');
    expect(at(values, 'singleBinary', 'replicas')).toBe(3);
    expect(at(values, 'loki', 'commonConfig', 'replication_factor')).toBe(3);
  });

  it.each([
    [
      's3 by a role',
      '{ s3: { bucket: logs, region: eu-central-1, role: "arn:aws:iam::111122223333:role/l" } }',
      's3',
      'eks.amazonaws.com/role-arn',
    ],
    [
      'google',
      '{ google: { bucket: logs, serviceAccount: loki-logs@acme-shop.iam.gserviceaccount.com } }',
      'gcs',
      'iam.gke.io/gcp-service-account',
    ],
    [
      'azure',
      '{ azure: { account: acmelogs, container: logs, clientId: 00000000-0000-0000-0000-000000000000 } }',
      'azure',
      'azure.workload.identity/client-id',
    ],
  ])('uses the identity of its ServiceAccount: %s', (_, logs, store, annotation) => {
    const values = loki(logs);
    expect(at(values, 'loki', 'storage', 'type')).toBe(store);
    expect(at(values, 'loki', 'schemaConfig', 'configs', 0, 'object_store')).toBe(store);
    expect(at(values, 'loki', 'storage', 'bucketNames', 'chunks')).toBe('logs');
    expect(Object.keys(Object(at(values, 'serviceAccount', 'annotations')))).toEqual([annotation]);
  });

  it('reads keys from a Secret that is named, never from values', () => {
    const values = loki(
      '{ s3: { bucket: logs, region: eu-central-1, secret: loki-keys, endpoint: "http://minio:9000" } }',
    );
    expect(at(values, 'singleBinary', 'extraEnvFrom')).toEqual([{ secretRef: { name: 'loki-keys' } }]);
    expect(at(values, 'loki', 'storage', 's3')).toEqual({
      region: 'eu-central-1',
      endpoint: 'http://minio:9000',
      s3ForcePathStyle: true,
    });
  });
});

describe('the others', () => {
  it('alloy sends logs to Loki with the labels that people look for', () => {
    const text = alloyConfig({ environment: 'staging', namespace: 'monitoring' });
    const labels = [...text.matchAll(/target_label {2}= "(\w+)"/g)].map(([, label]) => label);
    expect(labels).toEqual(['namespace', 'pod', 'container', 'service', 'service', 'team', '__path__']);
    expect(text).toContain('url = "http://loki.monitoring.svc:3100/loki/api/v1/push"');
    expect(text).toContain('external_labels = { environment = "staging" }');
    expect(text.match(/{/g)).toHaveLength(text.match(/}/g)?.length ?? 0);
    expect(text).not.toContain('{{');
    const values = staging('alloy', `${MONITORING}charts: { loki: {}, alloy: {} }\n`);
    expect(at(values, 'alloy', 'configMap', 'content')).toBe(text);
  });

  it('the blackbox exporter has the module that Probes ask for', () => {
    const values = staging(
      'prometheus-blackbox-exporter',
      'monitoring: { namespace: monitoring, probes: { module: shop } }\ncharts: { prometheus-blackbox-exporter: {} }\n',
    );
    expect(Object.keys(Object(at(values, 'config', 'modules')))).toEqual(['shop']);
  });

  it('argo-rollouts has the plugin only where it divides requests by the Gateway API', () => {
    const plugins = (traffic: string) =>
      at(
        staging('argo-rollouts', `rollouts: { traffic: ${traffic} }\ncharts: { argo-rollouts: {} }\n`),
        'controller',
        'trafficRouterPlugins',
        0,
        'name',
      );
    expect([plugins('gatewayAPI'), plugins('pods')]).toEqual(['argoproj-labs/gatewayAPI', undefined]);
  });

  it('have a ServiceMonitor only where its kind is or will be', () => {
    const monitored = (charts: string) =>
      at(
        staging('metrics-server', `${MONITORING}charts: { metrics-server: {}${charts} }\n`),
        'serviceMonitor',
        'enabled',
      );
    expect([monitored(''), monitored(`, ${KPS}: { existing: true }`)]).toEqual([false, true]);
  });

  it('cert-manager looks at Gateways only where there is the Gateway API', () => {
    const config = (charts: string) =>
      at(staging('cert-manager', `charts: { cert-manager: {}${charts} }\n`), 'config', 'gatewayAPI');
    expect([config(''), config(', envoy-gateway: {}')]).toEqual([undefined, { enabled: true }]);
  });
});
