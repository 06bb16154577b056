import {
  append,
  CART,
  edit,
  PLATFORM,
  PRODUCTION,
  SAMPLE,
  SHOP,
  STAGING,
  STAGING_SHOP,
} from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const worker = SAMPLE[CART].replace('kind: web', 'kind: worker');

/** Values that are right each for itself and wrong together, and nulls that remove nothing. */
export const contradictions: readonly BadInput[] = [
  {
    title: 'replicas and autoscaling',
    files: append(SHOP, 'autoscaling:\n  min: 2\n  max: 4\n'),
    problems: [],
  },
  {
    title: 'autoscaling in an environment, replicas in base',
    files: { [STAGING_SHOP]: 'autoscaling:\n  min: 2\n  max: 4\n' },
    problems: [],
  },
  {
    title: 'fewer pods at most than at least',
    files: { [STAGING_SHOP]: 'replicas: null\nautoscaling: { min: 5, max: 2 }\n' },
    problems: [],
  },
  {
    title: 'an environment lowers the maximum below the minimum of base',
    files: {
      ...edit(SHOP, 'replicas: 2', 'autoscaling: { min: 3, max: 6 }'),
      [STAGING_SHOP]: 'autoscaling:\n  max: 2\n',
    },
    problems: [],
  },
  {
    title: 'more memory requested than allowed',
    files: edit(SHOP, 'memory: 64Mi', 'memory: 1Gi'),
    problems: [],
    cli: true,
  },
  {
    title: 'more CPU requested than allowed',
    files: { [STAGING_SHOP]: 'resources:\n  limits:\n    cpu: 0.05\n' },
    problems: [],
  },
  {
    title: 'memory in bytes against Mi',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 67108863'),
    problems: [],
  },
  { title: 'a drain as long as the grace', files: append(SHOP, 'shutdown:\n  drain: 40s\n'), problems: [] },
  {
    title: 'a grace shorter than the drain that is taken',
    files: append(SHOP, 'shutdown:\n  grace: 5s\n'),
    problems: [],
  },
  { title: 'an image without a version', files: edit(SHOP, '  tag: 1.0.0\n', ''), problems: [] },
  {
    title: 'an image whose version an environment removes',
    files: { [STAGING_SHOP]: 'image:\n  tag: null\n' },
    problems: [],
  },
  { title: 'a web service without ports', files: edit(SHOP, 'ports:\n  http: 8080\n', ''), problems: [] },
  {
    title: 'a web service without readiness',
    files: edit(SHOP, 'health:\n  readiness: /ready\n', ''),
    problems: [],
  },
  {
    title: 'a worker with a route',
    files: {
      'environments/base/services/packer.yaml': `${worker.replace('    - shop', '    - cart')}route:\n  hosts:\n    packer: /\n`,
    },
    problems: [],
  },
  {
    title: 'a route where nothing is routed',
    files: {
      ...append(SHOP, 'route:\n  hosts:\n    shop: /\n'),
      ...append(STAGING, 'routing:\n  kind: none\n'),
    },
    problems: [],
  },
  {
    title: 'two ports with one number',
    files: edit(SHOP, '  http: 8080', '  admin: 8080\n  http: 8080'),
    problems: [],
  },
  {
    title: 'two ports with one number of the Service',
    files: edit(SHOP, '  http: 8080', '  admin: { port: 9000, service: 8080 }\n  http: 8080'),
    problems: [],
  },
  {
    title: 'a probe with nothing to ask',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { period: 5s }'),
    problems: [],
  },
  {
    title: 'a probe that asks in two ways',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, command: [cat, /tmp/ready] }'),
    problems: [],
  },
  {
    title: 'a probe with an empty command',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { command: [] }'),
    problems: [],
  },
  {
    title: 'two files with one key in the ConfigMap',
    files: append(SHOP, 'files:\n  /etc/a_b: x\n  /etc/a/b: y\n'),
    problems: [],
  },
  {
    title: 'a volume at the place of a file',
    files: append(SHOP, 'files:\n  /etc/app: x\nvolumes:\n  app: { path: /etc/app, size: 1Mi }\n'),
    problems: [],
  },
  {
    title: 'two volumes at one place',
    files: append(SHOP, 'volumes:\n  a: { path: /data, size: 1Mi }\n  b: { path: /data, size: 1Mi }\n'),
    problems: [],
  },
  {
    title: 'files that no ConfigMap holds',
    files: append(SHOP, `files:\n  /etc/big: ${'x'.repeat(1_000_000)}\n`),
    problems: [],
  },
  {
    title: 'a route in a host that the Gateway does not listen on',
    files: {
      ...append(SHOP, 'route:\n  hosts:\n    shop.other.com: /\n'),
      ...edit(PLATFORM, '    name: demo\n', '    name: demo\n    create: true\n    class: eg\n'),
    },
    problems: [],
  },
  {
    title: 'a host that gets too long',
    files: append(SHOP, `route:\n  hosts:\n    ${'a'.repeat(64)}: /\n`),
    problems: [],
  },
  { title: 'a Gateway without a class', files: append(PLATFORM, '    create: true\n'), problems: [] },
  {
    title: 'routing by Gateway without one',
    files: edit(PLATFORM, '  gateway:\n    name: demo\n', ''),
    problems: [],
  },
  {
    title: 'routing by Ingress without one',
    files: edit(PLATFORM, 'kind: gateway', 'kind: ingress'),
    problems: [],
  },
  { title: 'routing from nowhere', files: edit(PLATFORM, '  from: gateway-system\n', ''), problems: [] },
  { title: 'null in base', files: edit(SHOP, 'replicas: 2', 'replicas: null'), problems: [] },
  {
    title: 'a value that was forgotten',
    files: edit(SHOP, '  LOG_LEVEL: info', '  LOG_LEVEL:'),
    problems: [],
  },
  { title: 'a section that was forgotten', files: append(STAGING_SHOP, 'owner:\n'), problems: [] },
  {
    title: 'null that removes what is not there',
    files: append(STAGING_SHOP, 'env:\n  NOT_THERE: null\n'),
    problems: [],
  },
  {
    title: 'null that removes a map of which nothing is there',
    files: append(PRODUCTION, 'monitoring: ~\n'),
    problems: [],
  },
];
