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
    problems: [
      'environments/base/services/shop.yaml:15:1: replicas: cannot be given together with autoscaling; delete one of them, or set autoscaling to null in the environment that wants replicas',
      'environments/staging/services/shop.yaml:1:1: replicas: cannot be given together with autoscaling; delete one of them, or set autoscaling to null in the environment that wants replicas',
    ],
  },
  {
    title: 'autoscaling in an environment, replicas in base',
    files: { [STAGING_SHOP]: 'autoscaling:\n  min: 2\n  max: 4\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: autoscaling: cannot be given together with replicas; delete one of them, or set replicas to null in the environment that wants autoscaling',
    ],
  },
  {
    title: 'fewer pods at most than at least',
    files: { [STAGING_SHOP]: 'replicas: null\nautoscaling: { min: 5, max: 2 }\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:21: autoscaling.min: 5 is more than autoscaling.max (2); expected at most that',
    ],
  },
  {
    title: 'an environment lowers the maximum below the minimum of base',
    files: {
      ...edit(SHOP, 'replicas: 2', 'autoscaling: { min: 3, max: 6 }'),
      [STAGING_SHOP]: 'autoscaling:\n  max: 2\n',
    },
    problems: [
      'environments/staging/services/shop.yaml:2:8: autoscaling.max: 2 is less than autoscaling.min (3); expected at least that',
    ],
  },
  {
    title: 'more memory requested than allowed',
    files: edit(SHOP, 'memory: 64Mi', 'memory: 1Gi'),
    problems: [
      'environments/base/services/shop.yaml:12:13: resources.requests.memory: 1Gi is more than resources.limits.memory (128Mi); expected at most that',
    ],
    cli: true,
  },
  {
    title: 'more CPU requested than allowed',
    files: { [STAGING_SHOP]: 'resources:\n  limits:\n    cpu: 0.05\n' },
    problems: [
      'environments/staging/services/shop.yaml:3:10: resources.limits.cpu: 0.05 is less than resources.requests.cpu (100m); expected at least that',
    ],
  },
  {
    title: 'memory in bytes against Mi',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 67108863'),
    problems: [
      'environments/base/services/shop.yaml:12:13: resources.requests.memory: 64Mi is more than resources.limits.memory (67108863); expected at most that',
    ],
  },
  {
    title: 'a drain as long as the grace',
    files: append(SHOP, 'shutdown:\n  drain: 40s\n'),
    problems: [
      'environments/base/services/shop.yaml:22:10: shutdown.drain: the drain of 40s does not end before the pod is killed after 40s; expected drain shorter than grace',
    ],
  },
  {
    title: 'a grace shorter than the drain that is taken',
    files: append(SHOP, 'shutdown:\n  grace: 5s\n'),
    problems: [
      'environments/base/services/shop.yaml:22:10: shutdown.grace: the drain of 10s does not end before the pod is killed after 5s; expected drain shorter than grace',
    ],
  },
  {
    title: 'an image without a version',
    files: edit(SHOP, '  tag: 1.0.0\n', ''),
    problems: [
      'environments/base/services/shop.yaml:2:1: image.tag: is missing, and there is no digest; name the version with one of them',
    ],
  },
  {
    title: 'an image whose version an environment removes',
    files: { [STAGING_SHOP]: 'image:\n  tag: null\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:3: image.tag: is missing, and there is no digest; name the version with one of them',
    ],
  },
  {
    title: 'a web service without ports',
    files: edit(SHOP, 'ports:\n  http: 8080\n', ''),
    problems: [
      'environments/base/services/shop.yaml:1:1: ports: is missing; a web service needs a port, such as { http: 8080 }',
    ],
  },
  {
    title: 'a web service without readiness',
    files: edit(SHOP, 'health:\n  readiness: /ready\n', ''),
    problems: [
      'environments/base/services/shop.yaml:1:1: health.readiness: is missing; a web service needs it, so that only pods that can answer get requests',
    ],
  },
  {
    title: 'a worker with a route',
    files: {
      'environments/base/services/packer.yaml': `${worker.replace('    - shop', '    - cart')}route:\n  hosts:\n    packer: /\n`,
    },
    problems: [
      'environments/base/services/packer.yaml:18:1: route: a worker has no route; expected kind web or stateful; delete this key',
    ],
  },
  {
    title: 'a route where nothing is routed',
    files: {
      ...append(SHOP, 'route:\n  hosts:\n    shop: /\n'),
      ...append(STAGING, 'routing:\n  kind: none\n'),
    },
    problems: [
      'environments/base/services/shop.yaml:21:1: route: nothing is routed in staging; routing.kind of the platform is none; set it, or set the route to null there',
    ],
  },
  {
    title: 'two ports with one number',
    files: edit(SHOP, '  http: 8080', '  admin: 8080\n  http: 8080'),
    problems: [
      'environments/base/services/shop.yaml:7:9: ports.http: 8080/TCP is the port "admin" already; expected another number',
    ],
  },
  {
    title: 'two ports with one number of the Service',
    files: edit(SHOP, '  http: 8080', '  admin: { port: 9000, service: 8080 }\n  http: 8080'),
    problems: [
      'environments/base/services/shop.yaml:7:9: ports.http: 8080/TCP is the port "admin" already; expected another number',
    ],
  },
  {
    title: 'a probe with nothing to ask',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { period: 5s }'),
    problems: [
      'environments/base/services/shop.yaml:17:14: health.readiness: says neither path, port nor command; expected one of them',
    ],
  },
  {
    title: 'a probe that asks in two ways',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, command: [cat, /tmp/ready] }'),
    problems: [
      'environments/base/services/shop.yaml:17:30: health.readiness.command: cannot be given together with path or port; a probe asks in one way',
    ],
  },
  {
    title: 'a probe with an empty command',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { command: [] }'),
    problems: [
      'environments/base/services/shop.yaml:17:25: health.readiness.command: is an empty list; expected a command',
    ],
  },
  {
    title: 'two files with one key in the ConfigMap',
    files: append(SHOP, 'files:\n  /etc/a_b: x\n  /etc/a/b: y\n'),
    problems: [
      'environments/base/services/shop.yaml:22:3: files./etc/a_b: gets the same key in the ConfigMap as "/etc/a/b"; rename one',
    ],
  },
  {
    title: 'a volume at the place of a file',
    files: append(SHOP, 'files:\n  /etc/app: x\nvolumes:\n  app: { path: /etc/app, size: 1Mi }\n'),
    problems: [
      'environments/base/services/shop.yaml:24:16: volumes.app.path: "/etc/app" is the place of file /etc/app already',
    ],
  },
  {
    title: 'two volumes at one place',
    files: append(SHOP, 'volumes:\n  a: { path: /data, size: 1Mi }\n  b: { path: /data, size: 1Mi }\n'),
    problems: [
      'environments/base/services/shop.yaml:23:14: volumes.b.path: "/data" is the place of volume a already',
    ],
  },
  {
    title: 'files that no ConfigMap holds',
    files: append(SHOP, `files:\n  /etc/big: ${'x'.repeat(1_000_000)}\n`),
    problems: [
      'environments/base/services/shop.yaml:21:1: files: all files together have 1000008 bytes; expected at most 1000000, what a ConfigMap holds',
    ],
  },
  {
    title: 'a route in a host that the Gateway does not listen on',
    files: {
      ...append(SHOP, 'route:\n  hosts:\n    shop.other.com: /\n'),
      ...edit(PLATFORM, '    name: demo\n', '    name: demo\n    create: true\n    class: eg\n'),
    },
    problems: [
      'environments/base/services/shop.yaml:23:5: route.hosts."shop.other.com": "shop.other.com" is not below demo.example.com, where the generated Gateway listens; use a name below it',
    ],
  },
  {
    title: 'a host that gets too long',
    files: append(SHOP, `route:\n  hosts:\n    ${'a'.repeat(64)}: /\n`),
    problems: [
      "environments/base/services/shop.yaml:23:5: route.hosts.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" is not a host name of lower-case letters, digits, '-' and '.', below the platform's domain if it has no '.'",
    ],
  },
  {
    title: 'a Gateway without a class',
    files: append(PLATFORM, '    create: true\n'),
    problems: [
      'environments/base/platform.yaml:7:3: routing.gateway.class: is missing; a Gateway that is created needs it',
    ],
  },
  {
    title: 'routing by Gateway without one',
    files: edit(PLATFORM, '  gateway:\n    name: demo\n', ''),
    problems: ['environments/base/platform.yaml:4:1: routing.gateway: is missing; routing.kind is gateway'],
  },
  {
    title: 'routing by Ingress without one',
    files: edit(PLATFORM, 'kind: gateway', 'kind: ingress'),
    problems: ['environments/base/platform.yaml:4:1: routing.ingress: is missing; routing.kind is ingress'],
  },
  {
    title: 'routing from nowhere',
    files: edit(PLATFORM, '  from: gateway-system\n', ''),
    problems: [
      'environments/base/platform.yaml:4:1: routing.from: is missing; name the namespace of the proxies, so that the NetworkPolicies let them in',
    ],
  },
  {
    title: 'null in base',
    files: edit(SHOP, 'replicas: 2', 'replicas: null'),
    problems: [
      'environments/base/services/shop.yaml:15:1: replicas: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
  {
    title: 'a value that was forgotten',
    files: edit(SHOP, '  LOG_LEVEL: info', '  LOG_LEVEL:'),
    problems: [
      'environments/base/services/shop.yaml:8:3: env.LOG_LEVEL: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
  {
    title: 'a section that was forgotten',
    files: append(STAGING_SHOP, 'owner:\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:1: owner: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
  {
    title: 'null that removes what is not there',
    files: append(STAGING_SHOP, 'env:\n  NOT_THERE: null\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: env.NOT_THERE: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
  {
    title: 'null that removes a map of which nothing is there',
    files: append(PRODUCTION, 'monitoring: ~\n'),
    problems: [
      'environments/production/platform.yaml:2:1: monitoring: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
];
