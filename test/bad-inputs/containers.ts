import { append, SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const FILE = 'environments/base/services/shop.yaml';
const REST =
  'image: { repository: acme/x, tag: "1" }, resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }';

/** One container on line 22 of the shop: `  name: { … }`. */
const init = (name: string, more: string, before = '') =>
  append(SHOP, `init:\n  ${name}: { ${more}${REST} }\n${before}`);
const sidecar = (name: string, more: string, before = '') =>
  append(SHOP, `sidecars:\n  ${name}: { ${more}${REST} }\n${before}`);

/** Containers beside that of a service. */
export const containers: readonly BadInput[] = [
  {
    title: 'a sidecar without image and resources',
    files: append(SHOP, 'sidecars:\n  proxy: {}\n'),
    problems: [
      `${FILE}:22:3: sidecars.proxy.image: is missing; expected a map of repository, tag, digest`,
      `${FILE}:22:3: sidecars.proxy.resources: is missing; expected a map of requests, limits`,
    ],
    cli: true,
  },
  {
    title: 'an init container whose image has no version',
    files: append(SHOP, `init:\n  wait: { ${REST.replace(', tag: "1"', '')} }\n`),
    problems: [
      `${FILE}:22:11: init.wait.image.tag: is missing, and there is no digest; name the version with one of them`,
    ],
  },
  {
    title: 'an init container with ports',
    files: init('wait', 'ports: { http: 1 }, '),
    problems: [
      `${FILE}:22:11: init.wait.ports: unknown key; allowed: args, command, env, files, image, resources, secrets, volumes`,
    ],
  },
  {
    title: 'an init container that asks for more than it may have',
    files: append(SHOP, `init:\n  wait: { ${REST.replace('memory: 16Mi', 'memory: 17Mi')} }\n`),
    problems: [
      `${FILE}:22:95: init.wait.resources.requests.memory: 17Mi is more than init.wait.resources.limits.memory (16Mi); expected at most that`,
    ],
  },
  {
    title: 'an init container with the name of the service',
    files: init('shop', ''),
    problems: [`${FILE}:22:3: init.shop: "shop" is the name of the service already; choose another`],
  },
  {
    title: 'a sidecar and an init container with one name',
    files: sidecar('wait', '', `init:\n  wait: { ${REST} }\n`),
    problems: [
      `${FILE}:24:3: init.wait: "wait" is the name of a container of sidecars already; choose another`,
    ],
  },
  {
    title: 'a container name in capitals',
    files: sidecar('Proxy', ''),
    problems: [
      `${FILE}:22:3: sidecars.Proxy: "Proxy" is not a name of lower-case letters, digits and '-', at most 63 long`,
    ],
  },
  {
    title: 'a port name that the service has',
    files: sidecar('proxy', 'ports: { http: 9000 }, '),
    problems: [
      `${FILE}:22:21: sidecars.proxy.ports.http: "http" is the name of a port of the service already; choose another`,
    ],
  },
  {
    title: 'a port number that the service has',
    files: sidecar('proxy', 'ports: { proxy: 8080 }, '),
    problems: [
      `${FILE}:22:28: sidecars.proxy.ports.proxy: 8080/TCP is the port "http" already; expected another number`,
    ],
  },
  {
    title: 'a probe of a sidecar that asks the port of the service',
    files: sidecar('proxy', 'ports: { proxy: 9000 }, health: { startup: { port: http } }, '),
    problems: [
      `${FILE}:22:63: sidecars.proxy.health.startup.port: no port "http" is declared; allowed: proxy`,
    ],
  },
  {
    title: 'a probe of the service that asks the port of a sidecar',
    files: {
      ...sidecar('proxy', 'ports: { proxy: 9000 }, '),
      'environments/staging/services/shop.yaml': 'health: { liveness: { port: proxy } }\n',
    },
    problems: [
      'environments/staging/services/shop.yaml:1:29: health.liveness.port: no port "proxy" is declared; allowed: http',
    ],
  },
  {
    title: 'a name that is both a volume and storage',
    files: {
      'environments/base/services/db.yaml': `kind: stateful
${REST.replace(', resources', '\nresources')}
volumes: { data: { path: /a, size: 1Mi } }
storage: { data: { path: /b, size: 1Mi } }
init:
  wait: { volumes: { data: /c }, ${REST} }
`,
    },
    problems: [
      'environments/base/services/db.yaml:7:22: init.wait.volumes.data: "data" is both a volume and storage of the service; rename one of them',
    ],
  },
  {
    title: 'a volume that the service does not have',
    files: init('wait', 'volumes: { dta: /data }, ', 'volumes: { data: { path: /data, size: 1Mi } }\n'),
    problems: [
      `${FILE}:22:22: init.wait.volumes.dta: the service has no volume "dta"; did you mean "data"? allowed: data`,
    ],
  },
  {
    title: 'two volumes in one place',
    files: init(
      'wait',
      'volumes: { a: /x, b: /x }, ',
      'volumes: { a: { path: /a, size: 1Mi }, b: { path: /b, size: 1Mi } }\n',
    ),
    problems: [`${FILE}:22:32: init.wait.volumes.b: "/x" is the place of something else already`],
  },
  {
    title: 'a file that the service does not have',
    files: sidecar('proxy', 'files: [/etc/a], ', 'files: { /etc/b: c }\n'),
    problems: [
      `${FILE}:22:20: sidecars.proxy.files.0: the service has no file "/etc/a"; did you mean "/etc/b"? allowed: /etc/b`,
    ],
  },
];
