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

/** Names of services, ports and environments that lead nowhere, or in a circle. */
export const references: readonly BadInput[] = [
  {
    title: 'a caller that does not exist',
    files: edit(CART, '    - shop', '    - shopp'),
    problems: [],
    cli: true,
  },
  {
    title: 'a caller that resembles nobody',
    files: edit(CART, '    - shop', '    - shop\n    - warehouse'),
    problems: [],
  },
  { title: 'a caller that is a path', files: edit(CART, '    - shop', '    - ../../x'), problems: [] },
  { title: 'the internet as a caller', files: edit(CART, '    - shop', '    - internet'), problems: [] },
  {
    title: 'a caller that is the service itself',
    files: edit(CART, '    - shop', '    - cart'),
    problems: [],
  },
  { title: 'a callee that does not exist', files: edit(SHOP, '    - cart', '    - crat'), problems: [] },
  { title: 'a callee named __proto__', files: edit(SHOP, '    - cart', '    - __proto__'), problems: [] },
  { title: 'a callee named constructor', files: edit(SHOP, '    - cart', '    - constructor'), problems: [] },
  {
    title: 'a callee that is the service itself',
    files: edit(SHOP, '    - cart', '    - shop'),
    problems: [],
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
    problems: [],
  },
  {
    title: 'a callee that one environment leaves out',
    files: { 'environments/staging/services/cart.yaml': 'enabled: false\n' },
    problems: [],
  },
  {
    title: 'a callee that only one environment has',
    files: {
      ...edit(SHOP, '    - cart', '    - extra'),
      'environments/staging/services/extra.yaml': SAMPLE[CART],
    },
    problems: [],
  },
  {
    title: 'a peer that only another environment has',
    files: {
      ...edit(SHOP, '    - cart', '    - db'),
      [STAGING]: `${SAMPLE[STAGING]}network: { peers: { db: { cidrs: [10.0.0.0/8], ports: [5432] } } }\n`,
    },
    problems: [],
  },
  {
    title: 'a peer with the name of a service',
    files: append(PLATFORM, 'network:\n  peers:\n    cart: { cidrs: [10.0.0.0/8], ports: [5432] }\n'),
    problems: [],
  },
  {
    title: 'a peer named internet',
    files: append(PLATFORM, 'network:\n  peers:\n    internet: { cidrs: [10.0.0.0/8], ports: [5432] }\n'),
    problems: [],
  },
  {
    title: 'a peer without addresses',
    files: append(PLATFORM, 'network:\n  peers:\n    db: { cidrs: [], ports: [5432] }\n'),
    problems: [],
  },
  {
    title: 'metrics on a port that is not declared',
    files: append(SHOP, 'metrics:\n  port: htpp\n'),
    problems: [],
    cli: true,
  },
  {
    title: 'a probe on a port that is not declared',
    files: edit(SHOP, 'readiness: /ready', 'readiness: { path: /ready, port: admin }'),
    problems: [],
  },
  {
    title: 'a probe of a worker that declares no port',
    files: {
      [CART]: SAMPLE[CART].replace('kind: web', 'kind: worker').replace('ports:\n  http: 8081\n', ''),
      ...edit(SHOP, 'network:\n  to:\n    - cart\n', ''),
    },
    problems: [],
  },
  {
    title: 'a probe that cannot know its port',
    files: edit(SHOP, '  http: 8080', '  web: 8080\n  admin: 8081'),
    problems: [],
  },
  {
    title: 'a route to a port that is not declared',
    files: append(SHOP, 'route:\n  hosts:\n    shop: { port: https }\n'),
    problems: [],
  },
  {
    title: 'a port that an environment removes and metrics name',
    files: {
      ...edit(SHOP, '  http: 8080', '  http: 8080\n  metrics: 9090'),
      [STAGING_SHOP]: 'metrics: { port: metrics }\nports: { metrics: null }\n',
    },
    problems: [],
  },
  {
    title: 'an environment that extends itself',
    files: append(STAGING, 'extends: staging\n'),
    problems: [],
    cli: true,
  },
  {
    title: 'two environments that extend each other',
    files: { ...append(STAGING, 'extends: production\n'), ...append(PRODUCTION, 'extends: staging\n') },
    problems: [],
  },
  {
    title: 'three environments in a circle, and one that hangs on it',
    files: {
      ...append(STAGING, 'extends: production\n'),
      ...append(PRODUCTION, 'extends: canary\n'),
      'environments/canary/platform.yaml': 'extends: staging\n',
      'environments/leaf/platform.yaml': 'extends: canary\n',
    },
    problems: [],
  },
  {
    title: 'an environment that extends an unknown one',
    files: append(PRODUCTION, 'extends: stagin\n'),
    problems: [],
  },
  {
    title: 'an environment that extends a path',
    files: append(PRODUCTION, 'extends: ../base\n'),
    problems: [],
  },
  { title: 'base that extends something', files: append(PLATFORM, 'extends: staging\n'), problems: [] },
  { title: 'base that extends itself', files: append(PLATFORM, 'extends: base\n'), problems: [] },
  { title: 'extends without a value', files: append(STAGING, 'extends:\n'), problems: [] },
  {
    title: 'an environment that extends one whose file is wrong',
    files: { ...append(PRODUCTION, 'extends: staging\n'), [STAGING]: 'namespce: x\n' },
    problems: [],
  },
];
