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
import { type BadInput, PLATFORM_KEYS } from './bad-input.ts';

/** Names of services, ports and environments that lead nowhere, or in a circle. */
export const references: readonly BadInput[] = [
  {
    title: 'a caller that does not exist',
    files: edit(CART, '    - shop', '    - shopp'),
    problems: [
      'environments/base/services/cart.yaml:17:7: network.from.0: no service "shopp" in base, production and staging; did you mean "shop"? allowed: shop',
    ],
    cli: true,
  },
  {
    title: 'a caller that resembles nobody',
    files: edit(CART, '    - shop', '    - shop\n    - warehouse'),
    problems: [
      'environments/base/services/cart.yaml:18:7: network.from.1: no service "warehouse" in base, production and staging; allowed: shop',
    ],
  },
  {
    title: 'a caller that is a path',
    files: edit(CART, '    - shop', '    - ../../x'),
    problems: [
      'environments/base/services/cart.yaml:17:7: network.from.0: "../../x" is not allowed; expected a name of lower-case letters, digits and \'-\' that starts with a letter, at most 63 long',
    ],
  },
  {
    title: 'the internet as a caller',
    files: edit(CART, '    - shop', '    - internet'),
    problems: [
      'environments/base/services/cart.yaml:17:7: network.from.0: no service "internet" in base, production and staging; allowed: shop',
    ],
  },
  {
    title: 'a caller that is the service itself',
    files: edit(CART, '    - shop', '    - cart'),
    problems: [
      'environments/base/services/cart.yaml:17:7: network.from.0: is the service itself; expected others',
    ],
  },
  {
    title: 'a callee that does not exist',
    files: edit(SHOP, '    - cart', '    - crat'),
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: no service or peer "crat" in base, production and staging; did you mean "cart"? allowed: cart, internet',
    ],
  },
  {
    title: 'a callee named __proto__',
    files: edit(SHOP, '    - cart', '    - __proto__'),
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: "__proto__" is not allowed; expected a name of lower-case letters, digits and \'-\' that starts with a letter, at most 63 long',
    ],
  },
  {
    title: 'a callee named constructor',
    files: edit(SHOP, '    - cart', '    - constructor'),
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: no service or peer "constructor" in base, production and staging; allowed: cart, internet',
    ],
  },
  {
    title: 'a callee that is the service itself',
    files: edit(SHOP, '    - cart', '    - shop'),
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: is the service itself; expected others',
    ],
  },
  {
    title: 'a callee without ports',
    files: {
      ...edit(SHOP, '    - cart', '    - packer'),
      'environments/base/services/packer.yaml': SAMPLE[CART]
        .replace('kind: web', 'kind: worker')
        .replace('ports:\n  http: 8081\n', '')
        .replace('health:\n  readiness: /ready\n', ''),
    },
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: the service "packer" declares no ports in base, production and staging; there is nothing to call',
    ],
  },
  {
    title: 'a callee that one environment leaves out',
    files: { 'environments/staging/services/cart.yaml': 'enabled: false\n' },
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: no service or peer "cart" in staging; allowed: internet',
    ],
  },
  {
    title: 'a callee that only one environment has',
    files: {
      ...edit(SHOP, '    - cart', '    - extra'),
      'environments/staging/services/extra.yaml': SAMPLE[CART],
    },
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: no service or peer "extra" in base and production; allowed: cart, internet',
    ],
  },
  {
    title: 'a peer that only another environment has',
    files: {
      ...edit(SHOP, '    - cart', '    - db'),
      [STAGING]: `${SAMPLE[STAGING]}network: { peers: { db: { cidrs: [10.0.0.0/8], ports: [5432] } } }\n`,
    },
    problems: [
      'environments/base/services/shop.yaml:20:7: network.to.0: no service or peer "db" in base and production; allowed: cart, internet',
    ],
  },
  {
    title: 'a peer with the name of a service',
    files: append(PLATFORM, 'network:\n  peers:\n    cart: { cidrs: [10.0.0.0/8], ports: [5432] }\n'),
    problems: [
      'environments/base/platform.yaml:11:5: network.peers.cart: "cart" is a service already; choose another name',
    ],
  },
  {
    title: 'a peer named internet',
    files: append(PLATFORM, 'network:\n  peers:\n    internet: { cidrs: [10.0.0.0/8], ports: [5432] }\n'),
    problems: [
      'environments/base/platform.yaml:11:5: network.peers.internet: "internet" is a word of Slipway\'s own already; choose another name',
    ],
  },
  {
    title: 'a peer without addresses',
    files: append(PLATFORM, 'network:\n  peers:\n    db: { cidrs: [], ports: [5432] }\n'),
    problems: [
      'environments/base/platform.yaml:11:18: network.peers.db.cidrs: is an empty list; expected an address range',
    ],
  },
  {
    title: 'metrics on a port that is not declared',
    files: append(SHOP, 'metrics:\n  port: htpp\n'),
    problems: [
      'environments/base/services/shop.yaml:22:9: metrics.port: no port "htpp" is declared; did you mean "http"? allowed: http',
    ],
    cli: true,
  },
  {
    title: 'a probe on a port that is not declared',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, port: admin }'),
    problems: [
      'environments/base/services/shop.yaml:17:36: health.readiness.port: no port "admin" is declared; allowed: http',
    ],
  },
  {
    title: 'a probe of a worker that declares no port',
    files: {
      [CART]: SAMPLE[CART].replace('kind: web', 'kind: worker').replace('ports:\n  http: 8081\n', ''),
      ...edit(SHOP, 'network:\n  to:\n    - cart\n', ''),
    },
    problems: [
      'environments/base/services/cart.yaml:12:14: health.readiness: needs a port, and none is declared; declare it in ports',
    ],
  },
  {
    title: 'a probe that cannot know its port',
    files: edit(SHOP, '  http: 8080', '  web: 8080\n  admin: 8081'),
    problems: [
      'environments/base/services/shop.yaml:18:14: health.readiness: it is not clear which port is meant; name one, or call a port http (declared: admin, web)',
    ],
  },
  {
    title: 'a route to a port that is not declared',
    files: append(SHOP, 'route:\n  hosts:\n    shop: { port: https }\n'),
    problems: [
      'environments/base/services/shop.yaml:23:19: route.hosts.shop.port: no port "https" is declared; did you mean "http"? allowed: http',
    ],
  },
  {
    title: 'a port that an environment removes and metrics name',
    files: {
      ...edit(SHOP, '  http: 8080', '  http: 8080\n  metrics: 9090'),
      [STAGING_SHOP]: 'metrics: { port: metrics }\nports: { metrics: null }\n',
    },
    problems: [
      'environments/staging/services/shop.yaml:1:18: metrics.port: no port "metrics" is declared; allowed: http',
    ],
  },
  {
    title: 'an environment that extends itself',
    files: append(STAGING, 'extends: staging\n'),
    problems: [
      'environments/staging/platform.yaml:2:10: extends: the environment extends itself; allowed: base, production',
    ],
    cli: true,
  },
  {
    title: 'two environments that extend each other',
    files: { ...append(STAGING, 'extends: production\n'), ...append(PRODUCTION, 'extends: staging\n') },
    problems: [
      'environments/production/platform.yaml:2:10: extends: goes in a circle: production → staging → production; let one of them extend base, or delete the key there',
    ],
  },
  {
    title: 'three environments in a circle, and one that hangs on it',
    files: {
      ...append(STAGING, 'extends: production\n'),
      ...append(PRODUCTION, 'extends: canary\n'),
      'environments/canary/platform.yaml': 'extends: staging\n',
      'environments/leaf/platform.yaml': 'extends: canary\n',
    },
    problems: [
      'environments/canary/platform.yaml:1:10: extends: goes in a circle: canary → staging → production → canary; let one of them extend base, or delete the key there',
    ],
  },
  {
    title: 'an environment that extends an unknown one',
    files: append(PRODUCTION, 'extends: stagin\n'),
    problems: [
      'environments/production/platform.yaml:2:10: extends: there is no environment "stagin"; did you mean "staging"? allowed: base, staging',
    ],
  },
  {
    title: 'an environment that extends a path',
    files: append(PRODUCTION, 'extends: ../base\n'),
    problems: [
      'environments/production/platform.yaml:2:10: extends: "../base" is not allowed; expected a name of lower-case letters, digits and \'-\', at most 63 long',
    ],
  },
  {
    title: 'base that extends something',
    files: append(PLATFORM, 'extends: staging\n'),
    problems: ['environments/base/platform.yaml:9:10: extends: base extends nothing; remove the key'],
  },
  {
    title: 'base that extends itself',
    files: append(PLATFORM, 'extends: base\n'),
    problems: ['environments/base/platform.yaml:9:10: extends: base extends nothing; remove the key'],
  },
  {
    title: 'extends without a value',
    files: append(STAGING, 'extends:\n'),
    problems: ['environments/staging/platform.yaml:2:1: extends: has no value; allowed: base, production'],
  },
  {
    title: 'an environment that extends one whose file is wrong',
    files: { ...append(PRODUCTION, 'extends: staging\n'), [STAGING]: 'namespce: x\n' },
    problems: [
      `environments/staging/platform.yaml:1:1: namespce: unknown key; did you mean "namespace"? allowed: ${PLATFORM_KEYS}`,
    ],
  },
];
