import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Input files as data: paths below the root, with `/`, and their texts. */
export type Inputs = ReadonlyMap<string, string>;

/**
 * The inputs of a repository for measuring: services with nine objects each, in three environments.
 *
 * @param services how many services.
 * @param argocd true lets Argo CD deploy staging and production.
 */
export function benchInputs(services: number, argocd = false): Map<string, string> {
  const inputs = new Map([
    ['environments/base/platform.yaml', PLATFORM + (argocd ? ARGOCD : '')],
    ['environments/staging/platform.yaml', STAGING_PLATFORM + (argocd ? STAGING_ARGOCD : '')],
    ['environments/production/platform.yaml', 'namespace: bench-production\n'],
  ]);
  for (let index = 0; index < services; index++) {
    inputs.set(benchServiceFile('base', index), baseService(index));
    inputs.set(benchServiceFile('staging', index), stagingService(index, '1.1.0'));
    inputs.set(benchServiceFile('production', index), PRODUCTION_SERVICE);
  }
  return inputs;
}

/**
 * Writes the inputs of {@link benchInputs}.
 *
 * @param root an empty folder.
 * @param services how many services.
 * @param argocd true lets Argo CD deploy staging and production.
 */
export function writeBenchRepository(root: string, services: number, argocd = false): void {
  const inputs = benchInputs(services, argocd);
  for (const folder of new Set([...inputs.keys()].map((path) => dirname(path)))) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const [path, text] of inputs) writeFileSync(join(root, path), text);
}

export const benchServiceName = (index: number): string => `service-${String(index).padStart(4, '0')}`;

/** Path of what an environment says of a service. */
export const benchServiceFile = (environment: string, index: number): string =>
  `environments/${environment}/services/${benchServiceName(index)}.yaml`;

const PLATFORM = `name: bench
namespace: bench
domain: example.com
routing:
  kind: gateway
  from: envoy-gateway-system
  gateway: { name: bench, create: true, class: eg }
monitoring: { namespace: monitoring, serviceMonitors: true }
`;

const STAGING_PLATFORM = `namespace: bench-staging
domain: staging.example.com
`;

const ARGOCD = `argocd:
  repository: https://github.com/acme/bench.git
  instance: { url: https://argocd.example.com }
  slack: "#deployments"
`;

const STAGING_ARGOCD = `argocd: { sync: automated }
`;

const PRODUCTION_SERVICE = `autoscaling:
  min: 3
  max: 20
env:
  LOG_LEVEL: warn
`;

/** What staging says of a service; another tag is the change of one service that is measured. */
export const stagingService = (index: number, tag: string): string => `image:
  tag: ${tag}
env:
  LOG_LEVEL: debug
  SHARD: ${index}
`;

const baseService = (index: number): string => `kind: web
image:
  repository: ghcr.io/acme/${benchServiceName(index)}
  tag: 1.0.0
ports:
  http: 8080
env:
  LOG_LEVEL: info
  REGION: eu-central
files:
  /etc/app/config.yaml: |
    listen: 8080
    name: ${benchServiceName(index)}
resources:
  requests:
    cpu: 100m
    memory: 128Mi
  limits:
    memory: 256Mi
autoscaling:
  min: 2
  max: 10
  cpu: 70
health:
  readiness: /readyz
  liveness: /healthz
route:
  hosts:
    ${benchServiceName(index)}: /
metrics:
  port: http
network:
  to: [internet]
owner:
  team: team-${index % 7}
`;
