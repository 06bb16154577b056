import { append, edit, PLATFORM, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import { type BadInput, PLATFORM_KEYS, SERVICE_KEYS } from './bad-input.ts';

/** Keys that are unknown, missing, or not possible as a name. */
export const keys: readonly BadInput[] = [
  {
    title: 'a typo at the top',
    files: edit(SHOP, 'replicas: 2', 'replcas: 2'),
    problems: [
      `environments/base/services/shop.yaml:15:1: replcas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
    cli: true,
  },
  {
    title: 'a typo at the top, in capitals',
    files: edit(SHOP, 'replicas: 2', 'Replicas: 2'),
    problems: [
      `environments/base/services/shop.yaml:15:1: Replicas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'a key that resembles none',
    files: edit(SHOP, 'replicas: 2', 'zzzzzzzz: 2'),
    problems: [`environments/base/services/shop.yaml:15:1: zzzzzzzz: unknown key; allowed: ${SERVICE_KEYS}`],
  },
  {
    title: 'a typo one level down',
    files: edit(SHOP, '  tag: 1.0.0', '  tga: 1.0.0'),
    problems: [
      'environments/base/services/shop.yaml:4:3: image.tga: unknown key; did you mean "tag"? allowed: digest, repository, tag',
    ],
  },
  {
    title: 'a typo two levels down',
    files: edit(SHOP, '    cpu: 100m', '    cpus: 100m'),
    problems: [
      'environments/base/services/shop.yaml:11:5: resources.requests.cpus: unknown key; did you mean "cpu"? allowed: cpu, ephemeral-storage, memory',
    ],
  },
  {
    title: 'a typo in the long form of a port',
    files: edit(SHOP, 'http: 8080', 'http: { prot: 8080 }'),
    problems: [
      'environments/base/services/shop.yaml:6:11: ports.http.prot: unknown key; did you mean "port"? allowed: appProtocol, port, protocol, service',
    ],
  },
  {
    title: 'a typo in the long form of a probe',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, perod: 5s }'),
    problems: [
      'environments/base/services/shop.yaml:17:30: health.readiness.perod: unknown key; did you mean "period"? allowed: command, failures, path, period, port, timeout',
    ],
  },
  {
    title: 'a typo in a platform',
    files: append(STAGING, 'domian: staging.example.com\n'),
    problems: [
      `environments/staging/platform.yaml:2:1: domian: unknown key; did you mean "domain"? allowed: ${PLATFORM_KEYS}`,
    ],
  },
  {
    title: 'a key of a service in a platform',
    files: append(STAGING, 'replicas: 3\n'),
    problems: [`environments/staging/platform.yaml:2:1: replicas: unknown key; allowed: ${PLATFORM_KEYS}`],
  },
  {
    title: 'a key of a Deployment in a service',
    files: append(STAGING_SHOP, 'spec:\n  replicas: 3\n'),
    problems: [`environments/staging/services/shop.yaml:2:1: spec: unknown key; allowed: ${SERVICE_KEYS}`],
  },
  {
    title: 'a number as a key',
    files: append(STAGING_SHOP, '8080: http\n'),
    problems: [`environments/staging/services/shop.yaml:2:1: 8080: unknown key; allowed: ${SERVICE_KEYS}`],
  },
  {
    title: 'no key at all',
    files: append(STAGING_SHOP, ': http\n'),
    problems: [`environments/staging/services/shop.yaml:2:1: "": unknown key; allowed: ${SERVICE_KEYS}`],
  },
  {
    title: 'null as a key',
    files: append(STAGING_SHOP, '~: http\n'),
    problems: [`environments/staging/services/shop.yaml:2:1: ~: unknown key; allowed: ${SERVICE_KEYS}`],
  },
  {
    title: '__proto__ as a key',
    files: append(STAGING_SHOP, '__proto__:\n  replicas: 3\n'),
    problems: ['environments/staging/services/shop.yaml:2:1: __proto__: this key is not allowed'],
  },
  {
    title: '__proto__ in quotes as a variable',
    files: append(STAGING_SHOP, 'env:\n  "__proto__": x\n'),
    problems: ['environments/staging/services/shop.yaml:3:3: env.__proto__: this key is not allowed'],
  },
  {
    title: 'constructor as a key',
    files: append(STAGING_SHOP, 'constructor: x\n'),
    problems: [
      `environments/staging/services/shop.yaml:2:1: constructor: unknown key; allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'a key of 10,000 characters',
    files: append(STAGING_SHOP, `? ${'k'.repeat(10_000)}\n: x\n`),
    problems: [
      `environments/staging/services/shop.yaml:2:3: "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…": unknown key; allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'a key with a line break and an escape code',
    files: append(STAGING_SHOP, '"re\\nplicas\\u001b[31m": 3\n'),
    problems: [
      `environments/staging/services/shop.yaml:2:1: "re\\nplicas\\u001b[31m": unknown key; allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'no kind',
    files: edit(SHOP, 'kind: web\n', ''),
    problems: [
      'environments/base/services/shop.yaml:1:1: kind: is missing; expected one of: web, worker, cron, stateful',
    ],
  },
  {
    title: 'no image',
    files: edit(SHOP, 'image:\n  repository: ghcr.io/acme/shop\n  tag: 1.0.0\n', ''),
    problems: [
      'environments/base/services/shop.yaml:1:1: image: is missing; expected a map of repository, tag, digest',
    ],
  },
  {
    title: 'no memory limit',
    files: edit(SHOP, '  limits:\n    memory: 128Mi\n', ''),
    problems: [
      'environments/base/services/shop.yaml:9:1: resources.limits: is missing; expected a map of cpu, memory, ephemeral-storage',
    ],
  },
  {
    title: 'no requests',
    files: edit(SHOP, '  requests:\n    cpu: 100m\n    memory: 64Mi\n', ''),
    problems: [
      'environments/base/services/shop.yaml:9:1: resources.requests: is missing; expected a map of cpu, memory, ephemeral-storage',
    ],
  },
  {
    title: 'no domain',
    files: edit(PLATFORM, 'domain: demo.example.com\n', ''),
    problems: [
      'environments/base/platform.yaml:1:1: domain: is missing; expected a domain of lower-case letters, digits and -, such as shop.example.com',
    ],
  },
  {
    title: 'no port in the long form',
    files: edit(SHOP, 'http: 8080', 'http: { service: 80 }'),
    problems: [
      'environments/base/services/shop.yaml:6:3: ports.http.port: is missing; expected a whole number from 1 to 65535',
    ],
  },
  {
    title: 'autoscaling without a maximum',
    files: { [STAGING_SHOP]: 'replicas: null\nautoscaling: { min: 2 }\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:1: autoscaling.max: is missing; expected a whole number from 1 to 1000',
    ],
  },
  {
    title: 'a required key that an environment removes',
    files: { [STAGING_SHOP]: 'image: null\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: image: is missing; expected a map of repository, tag, digest',
    ],
  },
  {
    title: 'a bad name of a variable',
    files: append(STAGING_SHOP, 'env:\n  LOG-LEVEL: debug\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: env.LOG-LEVEL: "LOG-LEVEL" is not an environment variable: letters, digits and _, not starting with a digit',
    ],
  },
  {
    title: 'a variable that starts with a digit',
    files: append(STAGING_SHOP, 'env:\n  1ST: x\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: env.1ST: "1ST" is not an environment variable: letters, digits and _, not starting with a digit',
    ],
  },
  {
    title: 'an empty name of a variable',
    files: append(STAGING_SHOP, 'env:\n  "": x\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: env."": "" is not an environment variable: letters, digits and _, not starting with a digit',
    ],
  },
  {
    title: 'a name of a variable that YAML 1.1 takes for true',
    files: append(STAGING_SHOP, 'ports:\n  ON: 80\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: ports.ON: "ON" is not a port name of lower-case letters, digits and single \'-\', with a letter, at most 15 long',
    ],
  },
  {
    title: 'a port name of 16 characters',
    files: edit(SHOP, 'http: 8080', 'http: 8080\n  abcdefghijklmnop: 9090'),
    problems: [
      'environments/base/services/shop.yaml:7:3: ports.abcdefghijklmnop: "abcdefghijklmnop" is not a port name of lower-case letters, digits and single \'-\', with a letter, at most 15 long',
    ],
  },
  {
    title: 'a port name without a letter',
    files: edit(SHOP, 'http: 8080', 'http: 8080\n  8081: 8081'),
    problems: [
      'environments/base/services/shop.yaml:7:3: ports.8081: "8081" is not a port name of lower-case letters, digits and single \'-\', with a letter, at most 15 long',
    ],
  },
  {
    title: 'a file path that leads out',
    files: append(STAGING_SHOP, 'files:\n  /etc/../../x: text\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: files."/etc/../../x": "/etc/../../x" is not an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
    ],
  },
  {
    title: 'a file path that is relative',
    files: append(STAGING_SHOP, 'files:\n  ../../x: text\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: files."../../x": "../../x" is not an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
    ],
  },
  {
    title: 'a file path that ends in a slash',
    files: append(STAGING_SHOP, 'files:\n  /etc/app/: text\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: files./etc/app/: "/etc/app/" is not an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
    ],
  },
  {
    title: 'a file path of 10,000 characters',
    files: append(STAGING_SHOP, `files:\n  ? ${'/x'.repeat(5000)}\n  : text\n`),
    problems: [
      'environments/staging/services/shop.yaml:3:5: files."/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/…": "/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/…" has 10000 characters; at most 253 are allowed',
    ],
  },
  {
    title: 'a host with a space',
    files: append(STAGING_SHOP, 'route:\n  hosts:\n    my shop: /\n'),
    problems: [
      "environments/staging/services/shop.yaml:4:5: route.hosts.\"my shop\": \"my shop\" is not a host name of lower-case letters, digits, '-' and '.', below the platform's domain if it has no '.'",
    ],
  },
  {
    title: 'a host with a wildcard',
    files: append(STAGING_SHOP, 'route:\n  hosts:\n    "*.example.com": /\n'),
    problems: [
      "environments/staging/services/shop.yaml:4:5: route.hosts.\"*.example.com\": \"*.example.com\" is not a host name of lower-case letters, digits, '-' and '.', below the platform's domain if it has no '.'",
    ],
  },
  {
    title: 'a volume with a bad name',
    files: append(STAGING_SHOP, 'volumes:\n  Data_1: { path: /data, size: 1Gi }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: volumes.Data_1: "Data_1" is not a name of lower-case letters, digits and \'-\', at most 55 long',
    ],
  },
  {
    title: 'a resource of a quota with a bad name',
    files: append(STAGING, 'quota:\n  Requests CPU: 2\n'),
    problems: [
      'environments/staging/platform.yaml:3:3: quota."Requests CPU": "Requests CPU" is not a resource that a ResourceQuota counts, such as requests.cpu or pods',
    ],
  },
  {
    title: 'a kind of a patch that cannot be one',
    files: append(STAGING_SHOP, 'patch:\n  apps/v1.Deployment: { spec: {} }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: patch."apps/v1.Deployment": "apps/v1.Deployment" is not a kind of the generated objects, such as Deployment',
    ],
  },
];
