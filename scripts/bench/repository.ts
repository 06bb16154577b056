import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the inputs of a repository for measuring: services with nine objects each, in three environments.
 *
 * @param root an empty folder.
 * @param services how many services.
 */
export function writeBenchRepository(root: string, services: number): void {
  for (const environment of ['base', 'staging', 'production']) {
    mkdirSync(join(root, 'environments', environment, 'services'), { recursive: true });
  }
  writeFileSync(join(root, 'environments/base/platform.yaml'), PLATFORM);
  writeFileSync(
    join(root, 'environments/staging/platform.yaml'),
    'namespace: bench-staging\ndomain: staging.example.com\n',
  );
  writeFileSync(join(root, 'environments/production/platform.yaml'), 'namespace: bench-production\n');
  for (let index = 0; index < services; index++) {
    const name = benchServiceName(index);
    writeFileSync(join(root, 'environments/base/services', `${name}.yaml`), baseService(index));
    writeFileSync(
      join(root, 'environments/staging/services', `${name}.yaml`),
      stagingService(index, '1.1.0'),
    );
    writeFileSync(join(root, 'environments/production/services', `${name}.yaml`), PRODUCTION_SERVICE);
  }
}

export const benchServiceName = (index: number): string => `service-${String(index).padStart(4, '0')}`;

const PLATFORM = `name: bench
namespace: bench
domain: example.com
routing:
  kind: gateway
  from: envoy-gateway-system
  gateway: { name: bench, create: true, class: eg }
monitoring: { namespace: monitoring, serviceMonitors: true }
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
