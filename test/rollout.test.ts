/** How a service is rolled out as a canary. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { ignoredDifferences, isRespected } from '../generators/argocd/owned-fields.ts';
import { groupKind } from '../generators/argocd/scene.ts';
import { check } from '../generators/check/check.ts';
import { formatFinding } from '../generators/check/format.ts';
import type { JsonMap } from '../generators/json/json.ts';
import { overlayOf } from '../generators/kustomize/overlay.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { layerText } from './support/layer-text.ts';
import { at, namedObjectsOf } from './support/objects.ts';
import { type Files, problemsOf, removeRepository, writeRepository } from './support/repository.ts';
import { withCanary } from './support/rollout-mutations.ts';
import { append, edit, PLATFORM, SAMPLE, SHOP, STAGING_SHOP } from './support/sample.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const ROLLOUTS = `rollouts: { traffic: gatewayAPI, errors: envoy-gateway }
monitoring: { namespace: monitoring, prometheus: http://prometheus.monitoring:9090, serviceMonitors: true }
`;
const ROUTE = 'route: { hosts: { www: /, full.example.org: / } }\n';
const CANARY = ['spec', 'strategy', 'canary'];

const filesOf = (text: string, platform = ROLLOUTS): Files => ({
  ...SAMPLE,
  ...append(PLATFORM, platform),
  ...edit(SHOP, 'replicas: 2\n', `replicas: 3\n${text}`),
  [STAGING_SHOP]: 'image: { tag: 1.0.1 }\n',
});

/** The objects of the shop, rolled out so, on a platform with Argo Rollouts or as given. */
const rolledOut = (text: string, platform = ROLLOUTS, environment = 'base'): Map<string, KubernetesObject> =>
  namedObjectsOf(filesOf(text, platform), 'shop', environment);

const analysisOf = (objects: Map<string, KubernetesObject>) =>
  at(objects.get('AnalysisTemplate/shop'), 'spec', 'metrics', '0') as JsonMap;
const queryOf = (text: string, platform?: string) =>
  at(
    rolledOut(text, platform).get('AnalysisTemplate/shop'),
    'spec',
    'metrics',
    '0',
    'provider',
    'prometheus',
    'query',
  );

describe('a canary', () => {
  const objects = rolledOut(`rollout: canary\n${ROUTE}`);
  const plain = rolledOut(ROUTE);

  it('is a Rollout with the pods, the selector and the number of pods of the Deployment', () => {
    expect(objects.has('Deployment/shop')).toBe(false);
    const deployment = plain.get('Deployment/shop');
    const rollout = objects.get('Rollout/shop');
    expect(rollout?.apiVersion).toBe('argoproj.io/v1alpha1');
    for (const path of [
      ['metadata'],
      ['spec', 'replicas'],
      ['spec', 'selector'],
      ['spec', 'revisionHistoryLimit'],
    ])
      expect(at(rollout, ...path)).toEqual(at(deployment, ...path));
    const pods = (object: KubernetesObject | undefined) =>
      JSON.stringify(at(object, 'spec', 'template')).replaceAll('rollouts-pod-', 'pod-');
    expect(pods(rollout)).toBe(pods(deployment));
    expect(JSON.stringify(rollout)).toContain('"matchLabelKeys":["rollouts-pod-template-hash"]');
  });

  it('gets more and more of the requests, and is looked at from the first pause on', () => {
    expect(at(objects.get('Rollout/shop'), ...CANARY)).toEqual({
      maxSurge: 1,
      maxUnavailable: 0,
      stableService: 'shop-stable',
      canaryService: 'shop-canary',
      trafficRouting: {
        plugins: {
          'argoproj-labs/gatewayAPI': {
            namespace: 'demo',
            httpRoutes: [{ name: 'shop.full.example.org' }, { name: 'shop.www' }],
          },
        },
      },
      analysis: {
        startingStep: 1,
        templates: [{ templateName: 'shop' }],
        args: [
          { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
        ],
      },
      steps: [
        { setWeight: 10 },
        { pause: { duration: '5m' } },
        { setWeight: 50 },
        { pause: { duration: '5m' } },
      ],
    });
  });

  it('has two Services beside the one with all pods, which stays as it is', () => {
    expect(objects.get('Service/shop')).toEqual(plain.get('Service/shop'));
    for (const name of ['shop-stable', 'shop-canary']) {
      const service = objects.get(`Service/${name}`);
      expect(at(service, 'spec')).toEqual(at(plain.get('Service/shop'), 'spec'));
      expect(at(service, 'metadata', 'labels', 'app.kubernetes.io/name')).toBe(name);
    }
  });

  it('is reached by every route, and gets nothing before it begins', () => {
    for (const host of ['www', 'full.example.org'])
      expect(at(objects.get(`HTTPRoute/shop.${host}`), 'spec', 'rules', '0', 'backendRefs')).toEqual([
        { name: 'shop-stable', port: 8080, weight: 100 },
        { name: 'shop-canary', port: 8080, weight: 0 },
      ]);
    expect(at(plain.get('HTTPRoute/shop.www'), 'spec', 'rules', '0', 'backendRefs')).toEqual([
      { name: 'shop', port: 8080 },
    ]);
  });

  it('leaves budget and policy alone: its pods carry the same labels', () => {
    for (const id of ['PodDisruptionBudget/shop', 'NetworkPolicy/shop'])
      expect(objects.get(id)).toEqual(plain.get(id));
  });

  it('is scraped once: a ServiceMonitor selects only the Service with all pods', () => {
    const monitored = rolledOut(`rollout: canary\n${ROUTE}metrics: { port: http }\n`);
    const wanted = at(monitored.get('ServiceMonitor/shop'), 'spec', 'selector', 'matchLabels') as JsonMap;
    const selected = [...monitored.values()].filter(
      (object) =>
        object.kind === 'Service' &&
        Object.entries(wanted).every(([key, value]) => at(object, 'metadata', 'labels', key) === value),
    );
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['shop']);
  });

  it('has weights that Argo CD must leave to the controller, and a Deployment has none', () => {
    const [canary, without] = [objects, plain].map((all) => [...all.values()].map(groupKind));
    const routes = ignoredDifferences(canary ?? []).find(({ kind }) => kind === 'HTTPRoute');
    expect(routes?.jqPathExpressions).toContain('.spec.rules[]?.backendRefs[]?.weight');
    expect(isRespected(canary ?? [])).toBe(true);
    expect(isRespected(without ?? [])).toBe(false);
  });

  it('takes its steps in the order of their shares, and waits for a person where told to', () => {
    const text = `rollout: { steps: { 50: manual, 5: 1h, 25: 30s } }\n${ROUTE}metrics: { port: http }\n`;
    const made = rolledOut(text, ROLLOUTS.replace('envoy-gateway', 'prometheus'));
    expect(at(made.get('Rollout/shop'), ...CANARY, 'steps')).toEqual([
      { setWeight: 5 },
      { pause: { duration: '1h' } },
      { setWeight: 25 },
      { pause: { duration: '30s' } },
      { setWeight: 50 },
      { pause: {} },
    ]);
  });

  it.each([
    ['is not routed', 'rollout: canary\nmetrics: { port: http }\n', 'gatewayAPI'],
    [
      'is routed and the platform has only pods',
      `rollout: canary\n${ROUTE}metrics: { port: http }\n`,
      'pods',
    ],
  ])('that %s gets its share by the number of its pods', (_title, text, traffic) => {
    const made = rolledOut(
      text,
      ROLLOUTS.replace('gatewayAPI', traffic).replace('envoy-gateway', 'prometheus'),
    );
    for (const key of ['stableService', 'canaryService', 'trafficRouting'])
      expect(at(made.get('Rollout/shop'), ...CANARY, key)).toBeUndefined();
    expect([...made.keys()].filter((id) => id.startsWith('Service/'))).toEqual(['Service/shop']);
    for (const route of [...made.values()].filter(({ kind }) => kind === 'HTTPRoute'))
      expect(at(route, 'spec', 'rules', '0', 'backendRefs')).toEqual([{ name: 'shop', port: 8080 }]);
  });

  it('behind an Ingress is divided by ingress-nginx, which copies the one that leads to the old version', () => {
    const platform = {
      ...edit(
        PLATFORM,
        'kind: gateway\n  from: gateway-system\n  gateway:\n    name: demo\n',
        'kind: ingress\n  from: ingress-nginx\n  ingress: { class: nginx }\n',
      ),
    };
    const files = {
      ...filesOf(`rollout: canary\n${ROUTE}metrics: { port: http }\n`),
      [PLATFORM]: `${platform[PLATFORM]}${ROLLOUTS.replace('gatewayAPI', 'nginx').replace('envoy-gateway', 'prometheus')}`,
    };
    const made = namedObjectsOf(files, 'shop');
    expect(at(made.get('Rollout/shop'), ...CANARY, 'trafficRouting')).toEqual({
      nginx: { stableIngress: 'shop' },
    });
    expect(
      at(made.get('Ingress/shop'), 'spec', 'rules', '0', 'http', 'paths', '0', 'backend', 'service', 'name'),
    ).toBe('shop-stable');
  });

  it('is scaled as the Rollout that it is, and its pods are not counted in Git', () => {
    const scaled = namedObjectsOf(
      {
        ...filesOf(`rollout: canary\n${ROUTE}`),
        ...edit(SHOP, 'replicas: 2\n', `autoscaling: { min: 2, max: 4 }\nrollout: canary\n${ROUTE}`),
      },
      'shop',
    );
    expect(at(scaled.get('HorizontalPodAutoscaler/shop'), 'spec', 'scaleTargetRef')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'shop',
    });
    expect(at(scaled.get('Rollout/shop'), 'spec', 'replicas')).toBeUndefined();
    const window = '{ cron: { start: 0 8 * * *, end: 0 18 * * *, replicas: 3 } }';
    const triggered = namedObjectsOf(
      {
        ...filesOf('', `autoscaling: { keda: true }\n${ROLLOUTS}`),
        ...edit(
          SHOP,
          'replicas: 2\n',
          `autoscaling: { min: 2, max: 4, triggers: { day: ${window} } }\nrollout: canary\n${ROUTE}`,
        ),
      },
      'shop',
    );
    expect(at(triggered.get('ScaledObject/shop'), 'spec', 'scaleTargetRef')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'shop',
    });
  });

  it('is rolled by the files it has and the secrets that change, as a Deployment is', () => {
    const made = rolledOut(
      `rollout: canary\n${ROUTE}files: { /etc/a: b }\nsecrets: { KEY: { key: a } }\n`,
      `${ROLLOUTS}secretStore: { name: shared, reloader: true }\n`,
    );
    const rollout = made.get('Rollout/shop');
    expect(at(rollout, 'metadata', 'annotations', 'secret.reloader.stakater.com/reload')).toBe('shop');
    expect(at(rollout, 'spec', 'template', 'metadata', 'annotations')).toHaveProperty([
      'slipway.dev/files-checksum',
    ]);
  });
});

describe('the analysis of a canary', () => {
  it('fails by too many errors, waits for a person where nothing is counted, and takes no requests for no errors', () => {
    expect(analysisOf(rolledOut(`rollout: canary\n${ROUTE}`))).toMatchObject({
      name: 'errors',
      initialDelay: '120s',
      interval: '1m',
      failureLimit: 1,
      inconclusiveLimit: 3,
      successCondition: 'len(result) > 0 && (isNaN(result[0]) || result[0] <= 0.05)',
      failureCondition: 'len(result) > 0 && result[0] > 0.05',
      provider: { prometheus: { address: 'http://prometheus.monitoring:9090' } },
    });
  });

  it('says what it is told', () => {
    const text = `rollout: { analysis: { errors: 0.5, interval: 30s, failures: 0 } }\n${ROUTE}`;
    expect(analysisOf(rolledOut(text))).toMatchObject({
      interval: '30s',
      failureLimit: 0,
      failureCondition: 'len(result) > 0 && result[0] > 0.005',
    });
  });

  it('asks the Gateway by the clusters that Envoy Gateway makes of the routes', () => {
    const requests =
      'envoy_cluster_name=~"httproute/{{args.namespace}}/shop[.](full[.]example[.]org|www)/rule/[0-9]+"';
    expect(queryOf(`rollout: canary\n${ROUTE}`)).toBe(
      `(sum(rate(envoy_cluster_upstream_rq_xx{${requests},envoy_response_code_class=~"5"}[120s])) or vector(0)) / sum(rate(envoy_cluster_upstream_rq_xx{${requests}}[120s]))`,
    );
  });

  it.each([
    ['source: prometheus', 'http_requests_total', 'code'],
    ['source: opentelemetry', 'http_server_request_duration_seconds_count', 'http_response_status_code'],
    ['source: micrometer', 'http_server_requests_seconds_count', 'status'],
    ['counter: { metric: app:requests, label: result }', 'app:requests', 'result'],
  ])('asks the pods of the canary alone: %s', (source, metric, label) => {
    const pods = 'namespace="{{args.namespace}}",pod=~"shop-{{args.canary-hash}}-.+"';
    expect(queryOf(`rollout: { analysis: { ${source} } }\nmetrics: { port: http, interval: 1m }\n`)).toBe(
      `(sum(rate(${metric}{${pods},${label}=~"5.."}[240s])) or vector(0)) / sum(rate(${metric}{${pods}}[240s]))`,
    );
  });

  it('asks what the objectives are measured by, where the rollout does not say it', () => {
    const slo =
      'slo: { availability: 99, indicator: { requests: shop_total, status: result, failed: error } }';
    const pods = 'namespace="{{args.namespace}}",pod=~"shop-{{args.canary-hash}}-.+"';
    expect(queryOf(`rollout: canary\nmetrics: { port: http }\n${slo}\n`)).toBe(
      `(sum(rate(shop_total{${pods},result=~"error"}[120s])) or vector(0)) / sum(rate(shop_total{${pods}}[120s]))`,
    );
    const mesh = 'slo: { availability: 99, indicator: istio }';
    expect(queryOf(`rollout: canary\n${mesh}\n${ROUTE}`)).toContain('envoy_cluster_upstream_rq_xx');
  });

  it('asks as it is told', () => {
    const query = 'vector(0) # {{args.namespace}} {{ args.canary-hash }}';
    expect(queryOf(`rollout: { analysis: { query: '${query}' } }\n`)).toBe(query);
  });
});

describe('a canary in one environment', () => {
  const files = {
    ...filesOf(ROUTE),
    [STAGING_SHOP]: 'rollout: canary\nimage: { tag: 1.0.1 }\n',
  };
  const state = (environment: string) => [...namedObjectsOf(files, 'shop', environment).values()];

  it('takes the place of the Deployment of base: it is deleted there, and the Rollout is a file', () => {
    const { kustomization, added } = overlayOf('../base', state('base'), state('staging'), 'demo-staging');
    expect(kustomization.patches?.map(({ patch }) => patch)).toContain(
      '$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n',
    );
    expect(added.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'AnalysisTemplate/shop',
      'Rollout/shop',
      'Service/shop-canary',
      'Service/shop-stable',
    ]);
  });

  it('changes its pods by their places in lists: Kustomize knows no merge keys of a Rollout', () => {
    const both = {
      ...files,
      ...filesOf(`rollout: canary\n${ROUTE}`),
      [STAGING_SHOP]: 'env: { LOG_LEVEL: debug }\nreplicas: 5\n',
    };
    const [before, after] = ['base', 'staging'].map((environment) => [
      ...namedObjectsOf(both, 'shop', environment).values(),
    ]);
    const { patches = [], replicas } = overlayOf('../base', before ?? [], after ?? [], 'demo').kustomization;
    expect(replicas).toEqual([]);
    expect(patches[0]).toEqual({
      target: { kind: 'Rollout', name: 'shop' },
      patch: '- op: replace\n  path: /spec/template/spec/containers/0/env/0/value\n  value: debug\n',
    });
    expect(load(patches[1]?.patch ?? '')).toMatchObject({
      kind: 'Rollout',
      spec: {
        replicas: 5,
        strategy: {
          canary: {
            trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'demo-staging' } } },
          },
        },
      },
    });
  });

  it('is patched as a Deployment is: containers are known by name', () => {
    const patch = { spec: { template: { spec: { containers: [{ name: 'shop', tty: true }] } } } };
    const made = rolledOut(`rollout: canary\n${ROUTE}patch: ${JSON.stringify({ Rollout: patch })}\n`);
    expect(at(made.get('Rollout/shop'), 'spec', 'template', 'spec', 'containers', '0')).toMatchObject({
      image: 'ghcr.io/acme/shop:1.0.0',
      tty: true,
    });
  });
});

describe('npm run check', () => {
  const found = (files: Files): string[] => {
    const root = writeRepository(files);
    const findings = check(root, '2030-01-01').findings.map(formatFinding);
    removeRepository(root);
    return findings;
  };

  it('has nothing to say of a canary in production, and no difference to staging is undeclared', () => {
    expect(found(withCanary(sampleInputs()))).toEqual([]);
  });

  it('counts the pods of both versions where a route divides the requests', () => {
    const platform = 'environments/production/platform.yaml';
    const files = withCanary(sampleInputs());
    const [line = ''] = found({ ...files, [platform]: `${files[platform]}quota: { pods: 30 }\n` });
    expect(line).toContain('storefront 40 × 1 ');
  });

  it('says what share a canary really gets where only pods divide the requests', () => {
    const files = withCanary(sampleInputs(), 'pods');
    expect(found(files)).toEqual([
      'environments/production/services/storefront.yaml:4:1: warning[canary-coarse]: rollout: at 3 pods the first share of 10% is 1 of 4: the canary gets 25% of the requests, as only pods divide them in production; run more pods, begin with 25%, or divide requests by a route (rollouts.traffic of the platform)',
    ]);
  });
});

describe('the README', () => {
  it('shows a canary that works', () => {
    const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
    const blocks = [...readme.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)].filter(([, , text]) =>
      text?.includes('rollout'),
    );
    const inputs = sampleInputs();
    const shown = blocks.map(([, path = '', text = '']) => [
      path,
      layerText(inputs[path], load(text) as JsonMap),
    ]);
    const root = writeRepository({ ...inputs, ...Object.fromEntries(shown) });
    const problems = problemsOf(root);
    const ids = check(root, '2030-01-01').findings.map(({ id }) => id);
    removeRepository(root);
    expect(blocks.length).toBe(2);
    expect({ problems, ids }).toEqual({ problems: [], ids: [] });
  });
});
