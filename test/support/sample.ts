import type { Files } from './repository.ts';

/** A small valid repository: two services that call each other, three environments. */
export const PLATFORM = 'environments/base/platform.yaml';
export const SHOP = 'environments/base/services/shop.yaml';
export const CART = 'environments/base/services/cart.yaml';
export const STAGING = 'environments/staging/platform.yaml';
export const STAGING_SHOP = 'environments/staging/services/shop.yaml';
export const PRODUCTION = 'environments/production/platform.yaml';

export const SAMPLE = {
  [PLATFORM]: `name: demo
namespace: demo
domain: demo.example.com
routing:
  kind: gateway
  from: gateway-system
  gateway:
    name: demo
`,
  [SHOP]: `kind: web
image:
  repository: ghcr.io/acme/shop
  tag: 1.0.0
ports:
  http: 8080
env:
  LOG_LEVEL: info
resources:
  requests:
    cpu: 100m
    memory: 64Mi
  limits:
    memory: 128Mi
replicas: 2
health:
  readiness: /ready
network:
  to:
    - cart
`,
  [CART]: `kind: web
image:
  repository: ghcr.io/acme/cart
  tag: 2.0.0
ports:
  http: 8081
resources:
  requests:
    cpu: 100m
    memory: 64Mi
  limits:
    memory: 128Mi
health:
  readiness: /ready
network:
  from:
    - shop
`,
  [STAGING]: 'namespace: demo-staging\n',
  [STAGING_SHOP]: 'replicas: 1\n',
  [PRODUCTION]: 'namespace: demo-production\n',
} as const satisfies Files;

type SamplePath = keyof typeof SAMPLE;

/** A part of the sample's text replaced by another; the part must stand there exactly once. */
export function edit(path: SamplePath, from: string, to: string): Files {
  const parts = SAMPLE[path].split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is ${parts.length - 1} times in ${path}`);
  return { [path]: parts.join(to) };
}

/** Lines added at the end of a file of the sample. */
export const append = (path: SamplePath, text: string): Files => ({ [path]: SAMPLE[path] + text });
