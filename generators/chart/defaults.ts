import { deepEqual } from '../json/equal.ts';
import { isMap } from '../json/json.ts';
import { plain } from '../model/object.ts';
import type { ServiceValues } from '../schema/service-values.ts';

/**
 * What holds where the values of a release say nothing. Helm joins maps, so no default map has anything in it
 * that a release could want to take away.
 */
export const DEFAULTS: ServiceValues = {
  name: 'service',
  kind: 'web',
  workload: 'Deployment',
  workloadApi: 'apps/v1',
  answers: true,
  partOf: 'application',
  image: { repository: 'example/service' },
  imagePullSecrets: [],
  command: [],
  args: [],
  ports: {},
  offered: {},
  sidecars: {},
  init: {},
  hooks: { before: {}, after: {} },
  env: {},
  files: {},
  volumes: {},
  resources: { requests: {}, limits: {} },
  triggerAuthentications: {},
  health: {},
  shutdown: { drain: 10, grace: 40 },
  security: { user: 10001, group: 10001, readOnlyRoot: true },
  gatewayRoutes: {},
  network: {
    callers: [],
    ports: [],
    dns: { namespace: 'kube-system', labels: {} },
    callees: {},
    peers: {},
    internet: false,
  },
};

/** The values that a release must state to get others than the defaults, in the order of `values`. */
export const beyondDefaults = (values: ServiceValues): Record<string, unknown> =>
  difference(DEFAULTS, plain(values));

function difference(defaults: object, values: object): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const before: unknown = Object.hasOwn(defaults, key) ? Reflect.get(defaults, key) : undefined;
    if (deepEqual(before, value)) continue;
    result[key] = isMap(before) && isMap(value) ? difference(before, value) : value;
  }
  return result;
}
