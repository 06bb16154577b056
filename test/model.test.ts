import { describe, expect, it } from 'vitest';
import { at, namedObjectsOf, objectsOf } from './support/objects.ts';
import type { Files } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const sample = sampleInputs();
const POD = ['spec', 'template', 'spec'];

/** The sample with a service of its own text. */
const withService = (text: string, name = 'extra'): Files => ({
  ...sample,
  [`environments/base/services/${name}.yaml`]: text,
});

const WORKER = `kind: worker
owner: { team: shop }
image: { repository: acme/extra, tag: "1" }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
`;

describe('a service', () => {
  it('has the objects that it asks for, and no others', () => {
    expect([...objectsOf(sample, 'storefront').keys()].sort()).toEqual([
      'Deployment',
      'HTTPRoute',
      'HorizontalPodAutoscaler',
      'Job',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Probe',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ]);
    expect([...objectsOf(sample, 'restocker').keys()].sort()).toEqual([
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'ServiceAccount',
    ]);
  });

  it.each(['storefront', 'catalog', 'restocker'])('%s is restricted without asking', (name) => {
    const deployment = objectsOf(sample, name).get('Deployment');
    expect(at(deployment, ...POD, 'securityContext')).toEqual({
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(deployment, ...POD, 'containers', '0', 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(at(deployment, ...POD, 'automountServiceAccountToken')).toBe(false);
    expect(at(objectsOf(sample, name).get('ServiceAccount'), 'automountServiceAccountToken')).toBe(false);
  });

  it('is replaced without ever having fewer pods than wanted, and drained before it is killed', () => {
    const deployment = objectsOf(sample, 'storefront').get('Deployment');
    expect(at(deployment, 'spec', 'strategy', 'rollingUpdate')).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    const drain = at(deployment, ...POD, 'containers', '0', 'lifecycle', 'preStop', 'sleep', 'seconds');
    const grace = at(deployment, ...POD, 'terminationGracePeriodSeconds');
    expect([drain, grace]).toEqual([10, 40]);
  });

  it('has replicas or an autoscaler, never both', () => {
    expect(at(objectsOf(sample, 'storefront').get('Deployment'), 'spec', 'replicas')).toBeUndefined();
    expect(at(objectsOf(sample, 'catalog').get('Deployment'), 'spec', 'replicas')).toBe(2);
    expect(objectsOf(sample, 'catalog').has('HorizontalPodAutoscaler')).toBe(false);
  });

  it('is found by a selector that no override can change', () => {
    const selectors = ['base', 'staging', 'production'].map((environment) =>
      at(objectsOf(sample, 'storefront', environment).get('Deployment'), 'spec', 'selector', 'matchLabels'),
    );
    for (const selector of selectors) expect(selector).toEqual({ 'app.kubernetes.io/name': 'storefront' });
    expect(at(objectsOf(sample, 'storefront').get('Service'), 'spec', 'selector')).toEqual(selectors[0]);
  });

  it('rolls its pods when a file changes, and not when nothing does', () => {
    const checksum = (text: string) => {
      const files = `${WORKER}files: { /etc/app/a.yaml: ${JSON.stringify(text)} }\n`;
      const deployment = objectsOf(withService(files), 'extra').get('Deployment');
      return at(deployment, 'spec', 'template', 'metadata', 'annotations', 'slipway.dev/files-checksum');
    };
    expect(checksum('a: 1')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('a: 1')).toBe(checksum('a: 1'));
    expect(checksum('a: 2')).not.toBe(checksum('a: 1'));
  });
});

describe('a NetworkPolicy', () => {
  const rules = (name: string, direction: string) =>
    at(namedObjectsOf(sample, name).get(`NetworkPolicy/${name}`), 'spec', direction);
  const service = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const http = [{ port: 9898, protocol: 'TCP' }];

  it('lets in who may call, the proxies of a route, and Prometheus', () => {
    expect(rules('catalog', 'ingress')).toEqual([
      {
        from: [
          service('restocker'),
          service('stocktaker'),
          service('storefront'),
          service('storefront-smoke'),
        ],
        ports: http,
      },
      { from: [namespace('monitoring')], ports: http },
    ]);
    expect(rules('storefront', 'ingress')).toEqual([
      { from: [service('storefront-smoke')], ports: http },
      { from: [namespace('envoy-gateway-system')], ports: http },
      { from: [namespace('monitoring')], ports: http },
    ]);
    expect(rules('restocker', 'ingress')).toBeUndefined();
  });

  it('lets out to DNS and to what is called, by its ports', () => {
    const [dns, ...others] = rules('restocker', 'egress') as unknown[];
    expect(dns).toEqual({
      to: [{ ...namespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    });
    expect(others).toEqual([{ to: [service('catalog')], ports: http }]);
  });

  it('denies both directions, for services and for the namespace', () => {
    const both = ['Ingress', 'Egress'];
    expect(at(objectsOf(sample, 'restocker').get('NetworkPolicy'), 'spec', 'policyTypes')).toEqual(both);
    const policy = objectsOf(sample, 'platform/namespace', 'production').get('NetworkPolicy');
    expect(at(policy, 'spec')).toEqual({ podSelector: {}, policyTypes: both });
  });

  it('keeps private addresses out of the internet', () => {
    const policy = objectsOf(withService(`${WORKER}network: { to: [internet] }\n`), 'extra').get(
      'NetworkPolicy',
    );
    const blocks = JSON.stringify(at(policy, 'spec', 'egress', '1'));
    for (const range of ['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']) {
      expect(blocks).toContain(`"${range}"`);
    }
  });
});

describe('a platform', () => {
  it('gives a namespace that only restricted pods can enter, with quota and limits where they are set', () => {
    const staging = objectsOf(sample, 'platform/namespace', 'staging');
    expect(at(staging.get('Namespace'), 'metadata', 'name')).toBe('shop-staging');
    expect(at(staging.get('Namespace'), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBe(
      'restricted',
    );
    expect(at(staging.get('ResourceQuota'), 'spec', 'hard')).toEqual({
      'requests.cpu': '2',
      'requests.memory': '4Gi',
    });
    expect(staging.has('LimitRange')).toBe(false);
    expect(objectsOf(sample, 'platform/namespace', 'production').has('LimitRange')).toBe(true);
  });

  it('routes by Ingress where it says so', () => {
    const ingress = sample['environments/base/platform.yaml']?.replace(
      /routing:[\s\S]*?\nmonitoring:/,
      'routing:\n  kind: ingress\n  from: ingress-nginx\n  ingress: { class: nginx }\nmonitoring:\n  highAvailability: false',
    );
    const production = 'namespace: shop-production\nargocd: { server: https://production.k8s.example.com }\n';
    const platforms = {
      'environments/base/platform.yaml': ingress,
      'environments/production/platform.yaml': production,
    };
    const objects = objectsOf({ ...sample, ...platforms }, 'storefront');
    expect(objects.has('HTTPRoute')).toBe(false);
    expect(at(objects.get('Ingress'), 'spec', 'rules', '0', 'host')).toBe('www.shop.example.com');
  });
});
