import { append, edit, PLATFORM, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

/** Values of the wrong type or form. */
export const values: readonly BadInput[] = [
  {
    title: 'a text for a number',
    files: { [STAGING_SHOP]: 'replicas: two\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "two" is not allowed; expected a whole number from 0 to 1000',
    ],
    cli: true,
  },
  {
    title: 'a number in quotes',
    files: { [STAGING_SHOP]: 'replicas: "3"\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "3" is a text; write 3 without quotes',
    ],
  },
  {
    title: 'a fraction',
    files: { [STAGING_SHOP]: 'replicas: 1.5\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: 1.5 is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a negative number',
    files: { [STAGING_SHOP]: 'replicas: -1\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: -1 is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a number that is too large',
    files: { [STAGING_SHOP]: 'replicas: 1001\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: 1001 is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a number that no double holds',
    files: { [STAGING_SHOP]: 'replicas: 9007199254740993\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "9007199254740993" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'an octal number',
    files: { [STAGING_SHOP]: 'replicas: 010\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "010" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a hexadecimal number',
    files: { [STAGING_SHOP]: 'replicas: 0x10\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "0x10" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a number with an exponent',
    files: { [STAGING_SHOP]: 'replicas: 1e1\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "1e1" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a number with an underscore',
    files: { [STAGING_SHOP]: 'replicas: 1_0\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "1_0" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'infinity',
    files: { [STAGING_SHOP]: 'replicas: .inf\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: ".inf" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a list for a number',
    files: { [STAGING_SHOP]: 'replicas: [2]\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: a list is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a map for a number',
    files: { [STAGING_SHOP]: 'replicas:\n  count: 2\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:3: replicas: a map is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'yes for true',
    files: append(STAGING_SHOP, 'enabled: yes\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:10: enabled: "yes" is not allowed; expected true or false',
    ],
  },
  {
    title: 'True for true',
    files: append(STAGING_SHOP, 'enabled: True\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:10: enabled: "True" is not allowed; expected true or false',
    ],
  },
  {
    title: 'no for false',
    files: append(STAGING_SHOP, 'security: { readOnlyRoot: no }\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:27: security.readOnlyRoot: "no" is not allowed; expected true or false',
    ],
  },
  {
    title: 'a text for a map',
    files: append(STAGING_SHOP, 'image: ghcr.io/acme/shop:1.0.1\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:8: image: "ghcr.io/acme/shop:1.0.1" is not allowed; expected a map of repository, tag, digest',
    ],
  },
  {
    title: 'a list for a map',
    files: append(STAGING_SHOP, 'env:\n  - LOG_LEVEL=debug\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: env: a list is not allowed; expected a map of keys',
    ],
  },
  {
    title: 'a text for a list',
    files: append(STAGING_SHOP, 'args: --verbose\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:7: args: "--verbose" is not allowed; expected a list',
    ],
  },
  {
    title: 'a map for a list',
    files: append(STAGING_SHOP, 'network:\n  from: { cart: true }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: network.from: a map is not allowed; expected a list',
    ],
  },
  {
    title: 'null in a list',
    files: append(STAGING_SHOP, 'args:\n  - --verbose\n  -\n'),
    problems: ['environments/staging/services/shop.yaml:4:3: args.1: has no value; expected text'],
  },
  {
    title: 'several items without a value, with a comment between',
    files: append(STAGING_SHOP, 'args:\n  - "a, - b"\n  -\n  # - none\n  -\n  - - c\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:3: args.1: has no value; expected text',
      'environments/staging/services/shop.yaml:6:3: args.2: has no value; expected text',
      'environments/staging/services/shop.yaml:7:5: args.3: a list is not allowed; expected text',
    ],
  },
  {
    title: 'a map in a list of texts',
    files: append(STAGING_SHOP, 'args:\n  - --verbose\n  - level: high\n'),
    problems: ['environments/staging/services/shop.yaml:4:5: args.1: a map is not allowed; expected text'],
  },
  {
    title: 'a map for a text',
    files: append(STAGING_SHOP, 'env:\n  LIMITS: { cpu: 1 }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:11: env.LIMITS: a map is not allowed; expected text',
    ],
  },
  {
    title: 'a list for a text in a block',
    files: append(STAGING_SHOP, 'env:\n  HOSTS:\n    - a\n    - b\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:5: env.HOSTS: a list is not allowed; expected text',
    ],
  },
  {
    title: 'the same item twice',
    files: append(STAGING_SHOP, 'network:\n  to: [cart, cart]\n'),
    problems: ['environments/staging/services/shop.yaml:3:14: network.to.1: "cart" stands in the list twice'],
  },
  {
    title: 'a list of 257 items',
    files: append(STAGING_SHOP, `args: [${Array(257).fill('a').join(', ')}]\n`),
    problems: ['environments/staging/services/shop.yaml:2:7: args: has 257 items; at most 256 are allowed'],
  },
  {
    title: 'a domain that is too long, of right parts',
    files: { [STAGING]: `domain: ${'a.'.repeat(130)}b\n` },
    problems: [
      'environments/staging/platform.yaml:1:9: domain: "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a…" has 261 characters; at most 253 are allowed',
    ],
  },
  {
    title: 'a file path that is too long',
    files: append(STAGING_SHOP, `files: { ? ${'/a'.repeat(130)} : x }\n`),
    problems: [
      'environments/staging/services/shop.yaml:2:12: files."/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/…": "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/…" has 260 characters; at most 253 are allowed',
    ],
  },
  {
    title: 'a typo in a kind',
    files: edit(SHOP, 'kind: web', 'kind: wbe'),
    problems: [
      'environments/base/services/shop.yaml:1:7: kind: "wbe" is not allowed; did you mean "web"? allowed: cron, stateful, web, worker',
    ],
  },
  {
    title: 'a kind of Kubernetes',
    files: edit(SHOP, 'kind: web', 'kind: Deployment'),
    problems: [
      'environments/base/services/shop.yaml:1:7: kind: "Deployment" is not allowed; allowed: cron, stateful, web, worker',
    ],
  },
  {
    title: 'a kind of routing that is none',
    files: edit(PLATFORM, '  kind: gateway', '  kind: gatway'),
    problems: [
      'environments/base/platform.yaml:5:9: routing.kind: "gatway" is not allowed; did you mean "gateway"? allowed: gateway, ingress, none',
    ],
  },
  {
    title: 'a protocol in lower case',
    files: edit(SHOP, 'http: 8080', 'http: { port: 8080, protocol: tcp }'),
    problems: [
      'environments/base/services/shop.yaml:6:33: ports.http.protocol: "tcp" is not allowed; did you mean "TCP"? allowed: SCTP, TCP, UDP',
    ],
  },
  {
    title: 'a port that is a text',
    files: edit(SHOP, 'http: 8080', 'http: https'),
    problems: [
      'environments/base/services/shop.yaml:6:9: ports.http: "https" is not allowed; expected a port number from 1 to 65535, or a map of port, service, protocol, appProtocol',
    ],
  },
  {
    title: 'port 0',
    files: edit(SHOP, 'http: 8080', 'http: 0'),
    problems: [
      'environments/base/services/shop.yaml:6:9: ports.http: 0 is not allowed; expected a port number from 1 to 65535, or a map of port, service, protocol, appProtocol',
    ],
  },
  {
    title: 'port 65536',
    files: edit(SHOP, 'http: 8080', 'http: 65536'),
    problems: [
      'environments/base/services/shop.yaml:6:9: ports.http: 65536 is not allowed; expected a port number from 1 to 65535, or a map of port, service, protocol, appProtocol',
    ],
  },
  {
    title: 'port 70000 in the long form',
    files: edit(SHOP, 'http: 8080', 'http: { port: 70000 }'),
    problems: [
      'environments/base/services/shop.yaml:6:17: ports.http.port: 70000 is not allowed; expected a whole number from 1 to 65535',
    ],
  },
  {
    title: 'a list of ports',
    files: edit(SHOP, 'http: 8080', 'http: [8080]'),
    problems: [
      'environments/base/services/shop.yaml:6:9: ports.http: a list is not allowed; expected a port number from 1 to 65535, or a map of port, service, protocol, appProtocol',
    ],
  },
  {
    title: 'a probe without a slash',
    files: edit(SHOP, 'readiness: /ready', 'readiness: ready'),
    problems: [
      'environments/base/services/shop.yaml:17:14: health.readiness: "ready" is not allowed; expected an HTTP path that starts with /, or a map of path, port, command, period, timeout, failures',
    ],
  },
  {
    title: 'a probe that is a list',
    files: edit(SHOP, 'readiness: /ready', 'readiness: [cat, /tmp/ready]'),
    problems: [
      'environments/base/services/shop.yaml:17:14: health.readiness: a list is not allowed; expected an HTTP path that starts with /, or a map of path, port, command, period, timeout, failures',
    ],
  },
  {
    title: 'CPU with a unit of memory',
    files: edit(SHOP, 'cpu: 100m', 'cpu: 1Gi'),
    problems: [
      'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "1Gi" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    ],
  },
  {
    title: 'CPU of zero',
    files: edit(SHOP, 'cpu: 100m', 'cpu: 0'),
    problems: [
      'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "0" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    ],
  },
  {
    title: 'negative CPU',
    files: edit(SHOP, 'cpu: 100m', 'cpu: -1'),
    problems: [
      'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "-1" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    ],
  },
  {
    title: 'CPU finer than a thousandth',
    files: edit(SHOP, 'cpu: 100m', 'cpu: 0.0001'),
    problems: [
      'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "0.0001" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    ],
  },
  {
    title: 'CPU with a leading zero',
    files: edit(SHOP, 'cpu: 100m', 'cpu: 010'),
    problems: [
      'environments/base/services/shop.yaml:11:10: resources.requests.cpu: "010" is not allowed; expected an amount of CPU, such as 100m or 1.5',
    ],
  },
  {
    title: 'memory in thousandths of a byte',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 128m'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "128m" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
    cli: true,
  },
  {
    title: 'memory in MB',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 128MB'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "128MB" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'memory in lower case',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 128mi'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "128mi" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'memory with a space',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 128 Mi'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "128 Mi" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'no memory',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 0'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "0" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'negative memory',
    files: edit(SHOP, 'memory: 128Mi', 'memory: -128Mi'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "-128Mi" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'a quota that is no quantity',
    files: append(STAGING, 'quota:\n  requests.cpu: many\n'),
    problems: [
      'environments/staging/platform.yaml:3:17: quota."requests.cpu": "many" is not allowed; expected a Kubernetes quantity, such as 10, 500m or 20Gi',
    ],
  },
  {
    title: 'a negative quota',
    files: append(STAGING, 'quota:\n  pods: -1\n'),
    problems: [
      'environments/staging/platform.yaml:3:9: quota.pods: "-1" is not allowed; expected a Kubernetes quantity, such as 10, 500m or 20Gi',
    ],
  },
  {
    title: 'a duration without a unit',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 30\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "30" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'a duration in fractions',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 1.5s\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "1.5s" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'a duration in milliseconds',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 500ms\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "500ms" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'a duration of nothing',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 0s\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "0s" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'a duration in two units',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 1m30s\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "1m30s" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'a duration of centuries',
    files: append(STAGING_SHOP, 'shutdown:\n  grace: 99999999999h\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:10: shutdown.grace: "99999999999h" is not allowed; expected a duration in whole seconds, minutes or hours, such as 30s or 5m',
    ],
  },
  {
    title: 'an image with a tag in its repository',
    files: edit(SHOP, 'ghcr.io/acme/shop', 'ghcr.io/acme/shop:1.0.0'),
    problems: [
      'environments/base/services/shop.yaml:3:15: image.repository: "ghcr.io/acme/shop:1.0.0" is not allowed; expected an image repository without tag, such as ghcr.io/acme/checkout',
    ],
  },
  {
    title: 'an image with capitals',
    files: edit(SHOP, 'ghcr.io/acme/shop', 'ghcr.io/Acme/Shop'),
    problems: [
      'environments/base/services/shop.yaml:3:15: image.repository: "ghcr.io/Acme/Shop" is not allowed; expected an image repository without tag, such as ghcr.io/acme/checkout',
    ],
  },
  {
    title: 'an image that is an address',
    files: edit(SHOP, 'ghcr.io/acme/shop', 'https://ghcr.io/acme/shop'),
    problems: [
      'environments/base/services/shop.yaml:3:15: image.repository: "https://ghcr.io/acme/shop" is not allowed; expected an image repository without tag, such as ghcr.io/acme/checkout',
    ],
  },
  {
    title: 'an image of 10,000 hostile characters',
    files: edit(SHOP, 'ghcr.io/acme/shop', `${'a-'.repeat(5000)}!`),
    problems: [
      'environments/base/services/shop.yaml:3:15: image.repository: "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a…" is not allowed; expected an image repository without tag, such as ghcr.io/acme/checkout',
    ],
  },
  {
    title: 'a tag with a space',
    files: { [STAGING_SHOP]: 'image:\n  tag: 1.0 beta\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:8: image.tag: "1.0 beta" is not allowed; expected an image tag: letters, digits, _ . and -, at most 128 long',
    ],
  },
  {
    title: 'a tag of 129 characters',
    files: { [STAGING_SHOP]: `image:\n  tag: ${'1'.repeat(129)}\n` },
    problems: [
      'environments/staging/services/shop.yaml:2:8: image.tag: "111111111111111111111111111111111111111111111111111111111…" is not allowed; expected an image tag: letters, digits, _ . and -, at most 128 long',
    ],
  },
  {
    title: 'a tag with a digest in it',
    files: { [STAGING_SHOP]: 'image:\n  tag: 1.0.0@sha256:abc\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:8: image.tag: "1.0.0@sha256:abc" is not allowed; expected an image tag: letters, digits, _ . and -, at most 128 long',
    ],
  },
  {
    title: 'an empty tag',
    files: { [STAGING_SHOP]: 'image:\n  tag: ""\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:8: image.tag: "" is not allowed; expected an image tag: letters, digits, _ . and -, at most 128 long',
    ],
  },
  {
    title: 'a digest that is too short',
    files: { [STAGING_SHOP]: 'image:\n  digest: sha256:abc\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:11: image.digest: "sha256:abc" is not allowed; expected an image digest: sha256: and 64 hexadecimal digits',
    ],
  },
  {
    title: 'a digest of another kind',
    files: { [STAGING_SHOP]: `image:\n  digest: md5:${'a'.repeat(64)}\n` },
    problems: [
      'environments/staging/services/shop.yaml:2:11: image.digest: "md5:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is not allowed; expected an image digest: sha256: and 64 hexadecimal digits',
    ],
  },
  {
    title: 'a namespace with capitals',
    files: { [STAGING]: 'namespace: Demo\n' },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "Demo" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a namespace of 64 characters',
    files: { [STAGING]: `namespace: ${'n'.repeat(64)}\n` },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a namespace that ends with a dash',
    files: { [STAGING]: 'namespace: demo-\n' },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "demo-" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a namespace that is a path',
    files: { [STAGING]: 'namespace: ../../x\n' },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "../../x" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a namespace with a line break at its end',
    files: { [STAGING]: 'namespace: "demo\\n"\n' },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "demo\\n" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a namespace in a block',
    files: { [STAGING]: 'namespace: |\n  demo\n' },
    problems: [
      'environments/staging/platform.yaml:1:1: namespace: "demo\\n" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'a domain without a dot',
    files: { [STAGING]: 'domain: localhost\n' },
    problems: [
      'environments/staging/platform.yaml:1:9: domain: "localhost" is not allowed; expected a domain of lower-case letters, digits and -, such as shop.example.com',
    ],
  },
  {
    title: 'a domain of 10,000 characters',
    files: { [STAGING]: `domain: ${'a.'.repeat(5000)}\n` },
    problems: [
      'environments/staging/platform.yaml:1:9: domain: "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a…" is not allowed; expected a domain of lower-case letters, digits and -, such as shop.example.com',
    ],
  },
  {
    title: 'a path of a file with $(…)',
    files: append(STAGING_SHOP, 'volumes:\n  data: { path: "/$(HOME)", size: 1Gi }\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:17: volumes.data.path: "/$(HOME)" is not allowed; expected an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
    ],
  },
  {
    title: 'a team with Helm syntax',
    files: append(STAGING_SHOP, 'owner:\n  team: "{{ .Values.team }}"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: owner.team: "{{ .Values.team }}" is not allowed; expected a label value: letters, digits, - _ and ., at most 63 long',
    ],
  },
  {
    title: 'a Slack channel in a comment',
    files: append(STAGING_SHOP, 'owner:\n  team: shop\n  slack: #shop\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:3: owner.slack: has no value, and there is none to remove; give it one (an empty text is ""), or delete the line',
    ],
  },
  {
    title: 'a Slack channel without #',
    files: append(STAGING_SHOP, 'owner:\n  team: shop\n  slack: shop\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:10: owner.slack: "shop" is not allowed; expected a Slack channel, such as "#payments" (in quotes: # starts a comment)',
    ],
  },
  {
    title: 'a runbook that is no address',
    files: append(STAGING_SHOP, 'owner:\n  team: shop\n  runbook: javascript:alert(1)\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:12: owner.runbook: "javascript:alert(1)" is not allowed; expected an http:// or https:// address',
    ],
  },
  {
    title: 'a runbook with a space',
    files: append(STAGING_SHOP, 'owner:\n  team: shop\n  runbook: https://example.com/a b\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:12: owner.runbook: "https://example.com/a b" is not allowed; expected an http:// or https:// address',
    ],
  },
  {
    title: 'a runbook without a host',
    files: append(STAGING_SHOP, 'owner:\n  team: shop\n  runbook: https://?\n'),
    problems: [
      'environments/staging/services/shop.yaml:4:12: owner.runbook: "https://?" is not allowed; expected an http:// or https:// address',
    ],
  },
  {
    title: 'an address range that is none',
    files: append(STAGING, 'network:\n  peers:\n    db: { cidrs: [ten], ports: [5432] }\n'),
    problems: [
      'environments/staging/platform.yaml:4:19: network.peers.db.cidrs.0: "ten" is not allowed; expected an address range in CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'an address without a range',
    files: append(STAGING, 'network:\n  peers:\n    db: { cidrs: [10.0.0.1], ports: [5432] }\n'),
    problems: [
      'environments/staging/platform.yaml:4:19: network.peers.db.cidrs.0: "10.0.0.1" is not allowed; expected an address range in CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'an address range out of bounds',
    files: append(
      STAGING,
      'network:\n  peers:\n    db:\n      cidrs:\n        - 10.20.0.0/16\n        - 10.20.0.0/33\n      ports: [5432]\n',
    ),
    problems: [
      'environments/staging/platform.yaml:7:11: network.peers.db.cidrs.1: "10.20.0.0/33" is not an address range; expected CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'an address range with a leading zero',
    files: append(STAGING, 'network:\n  peers:\n    db: { cidrs: [10.20.0.0/08], ports: [5432] }\n'),
    problems: [
      'environments/staging/platform.yaml:4:19: network.peers.db.cidrs.0: "10.20.0.0/08" is not allowed; expected an address range in CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'memory in fractions that are no whole bytes',
    files: edit(SHOP, 'memory: 128Mi', 'memory: 1.1Gi'),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "1.1Gi" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'memory of 10,000 digits',
    files: edit(SHOP, 'memory: 128Mi', `memory: ${'9'.repeat(10_000)}`),
    problems: [
      'environments/base/services/shop.yaml:14:13: resources.limits.memory: "999999999999999999999999999999999999999999999999999999999…" is not allowed; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
    ],
  },
  {
    title: 'a null character in an escape',
    files: append(STAGING_SHOP, 'env:\n  NUL: "a\\0b"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:8: env.NUL: the character U+0000 is not allowed: no tool passes it on as it is; leave it out',
    ],
  },
  {
    title: 'an IPv4 address of three numbers',
    files: append(STAGING, 'network:\n  peers:\n    db: { cidrs: [10.20.0/16], ports: [5432] }\n'),
    problems: [
      'environments/staging/platform.yaml:4:19: network.peers.db.cidrs.0: "10.20.0/16" is not an address range; expected CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'an IPv6 address with two gaps',
    files: append(STAGING, 'network:\n  peers:\n    db: { cidrs: ["fd00::1::/64"], ports: [5432] }\n'),
    problems: [
      'environments/staging/platform.yaml:4:19: network.peers.db.cidrs.0: "fd00::1::/64" is not an address range; expected CIDR notation, such as 10.20.0.0/16',
    ],
  },
  {
    title: 'a text of 10,000 characters for a number',
    files: { [STAGING_SHOP]: `replicas: ${'9'.repeat(10_000)}\n` },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "999999999999999999999999999999999999999999999999999999999…" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a value that spans lines, in quotes',
    files: { [STAGING_SHOP]: 'replicas: "one\n  two"\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "one two" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a value with escape codes and a change of direction',
    files: { [STAGING_SHOP]: 'replicas: "\\u001b[2J\\u202e"\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: "\\u001b[2J\\u202e" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a value below a comment',
    files: { [STAGING_SHOP]: 'replicas: # how many?\n  # two\n  two\n' },
    problems: [
      'environments/staging/services/shop.yaml:3:3: replicas: "two" is not allowed; expected a whole number from 0 to 1000',
    ],
  },
  {
    title: 'a line separator of Unicode, which Kustomize turns into spaces',
    files: append(STAGING_SHOP, 'env:\n  TEXT: "a\\u2028b"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: env.TEXT: the character U+2028 is not allowed: no tool passes it on as it is; leave it out',
    ],
  },
  {
    title: 'a control character that Kustomize refuses',
    files: append(STAGING_SHOP, 'env:\n  TEXT: "a\\x7fb"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: env.TEXT: the character U+007F is not allowed: no tool passes it on as it is; leave it out',
    ],
  },
  {
    title: 'half a surrogate pair',
    files: append(STAGING_SHOP, 'env:\n  HALF: "\\ud800"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: env.HALF: the character U+D800 is not allowed: no tool passes it on as it is; leave it out',
    ],
  },
  {
    title: 'a text of several lines that begins with a tab',
    files: append(STAGING_SHOP, 'env:\n  TEXT: "\\tfirst\\nsecond"\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:9: env.TEXT: a text of several lines must not begin with a tab: Kustomize cannot carry it',
    ],
  },
  {
    title: 'a file path with a part that a ConfigMap cannot have as key',
    files: append(STAGING_SHOP, 'files:\n  /..x: a\n'),
    problems: [
      'environments/staging/services/shop.yaml:3:3: files."/..x": "/..x" is not an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
    ],
  },
  {
    title: 'a route without a host',
    files: append(STAGING_SHOP, 'route: { hosts: {} }\n'),
    problems: [
      'environments/staging/services/shop.yaml:2:17: route.hosts: is empty; name a host, or leave route out',
    ],
  },
];
