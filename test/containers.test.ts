import { describe, expect, it } from 'vitest';
import { overlayOf } from '../generators/kustomize/overlay.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { at, namedObjectsOf } from './support/objects.ts';
import { SAMPLE, SHOP } from './support/sample.ts';

const rest = (name: string, tag = '1') => `image: { repository: acme/${name}, tag: "${tag}" }
    resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }`;

const BESIDE = `files: { /etc/a.conf: a, /etc/b.conf: b }
volumes: { work: { path: /work, size: 1Mi } }
init:
  b-last:
    ${rest('b')}
  a-first:
    ${rest('a')}
    command: [cp, $HOME]
    env: { A: $(B) }
    volumes: { work: /out }
    files: [/etc/b.conf]
sidecars:
  proxy:
    ${rest('proxy')}
    ports: { proxy: { port: 9000, service: 90 } }
    health: { startup: /started, readiness: { command: [ready] } }
`;

const made = (lines: string, staging = '') => {
  const files = {
    ...SAMPLE,
    [SHOP]: SAMPLE[SHOP] + lines,
    'environments/staging/services/shop.yaml': `replicas: 1\n${staging}`,
  };
  const objects = (environment: string) => [...namedObjectsOf(files, 'shop', environment).values()];
  return { base: objects('base'), staging: objects('staging') };
};
const one = (objects: ReturnType<typeof made>['base'], kind: string) =>
  objects.find((object) => object.kind === kind);
const POD = ['spec', 'template', 'spec'];

describe('containers beside that of a service', () => {
  const { base } = made(BESIDE);
  const containers = at(one(base, 'Deployment'), ...POD, 'initContainers') as Record<string, unknown>[];

  it('start in order: sidecars, then those that run to their end by their names', () => {
    expect(containers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['proxy', 'Always'],
      ['a-first', undefined],
      ['b-last', undefined],
    ]);
  });

  it('see what of the service they name, and get their texts literally', () => {
    expect(containers[1]).toMatchObject({
      image: 'acme/a:1',
      command: ['cp', '$$HOME'],
      env: [{ name: 'A', value: '$$(B)' }],
      volumeMounts: [
        { name: 'files', mountPath: '/etc/b.conf', subPath: 'etc_b.conf', readOnly: true },
        { name: 'scratch-work', mountPath: '/out' },
      ],
    });
    expect(containers[2]).not.toHaveProperty('volumeMounts');
  });

  it('are as restricted as that of the service', () => {
    const own = at(one(base, 'Deployment'), ...POD, 'containers', '0', 'securityContext');
    for (const { securityContext } of containers) expect(securityContext).toEqual(own);
  });

  it('are probed on their own ports, and reached through the Service and its policy', () => {
    expect(containers[0]).toMatchObject({
      ports: [{ name: 'proxy', containerPort: 9000, protocol: 'TCP' }],
      startupProbe: { httpGet: { path: '/started', port: 'proxy' }, failureThreshold: 30 },
      readinessProbe: { exec: { command: ['ready'] } },
    });
    expect(at(one(base, 'Deployment'), ...POD, 'containers', '0', 'ports')).toHaveLength(1);
    expect(at(one(base, 'Service'), 'spec', 'ports')).toMatchObject([
      { name: 'http', port: 8080 },
      { name: 'proxy', port: 90, targetPort: 'proxy' },
    ]);
  });

  it('see storage of a stateful by its name', () => {
    const file = 'environments/base/services/db.yaml';
    const text = `kind: stateful\n${rest('db').replace('    ', '')}
storage: { data: { path: /data, size: 1Gi } }
init:
  own:
    ${rest('own')}
    volumes: { data: /data }
`;
    const set = namedObjectsOf({ ...SAMPLE, [file]: text }, 'db').get('StatefulSet/db');
    expect(at(set, ...POD, 'initContainers', '0', 'volumeMounts')).toEqual([
      { name: 'storage-data', mountPath: '/data' },
    ]);
  });

  it('get their images in an environment', () => {
    const { base, staging } = made(BESIDE, 'sidecars: { proxy: { image: { tag: "2" } } }\n');
    expect(overlayOf('../base', base, staging, 'demo').kustomization).toMatchObject({
      patches: [],
      images: [{ name: 'acme/proxy', newTag: '2' }],
    });
  });
});

describe('images of an environment', () => {
  it('are patched where one takes the name that another gives up: Kustomize would change it again', () => {
    const { base, staging } = made(
      BESIDE,
      'init: { b-last: { image: { repository: acme/z } } }\nsidecars: { proxy: { image: { repository: acme/b } } }\n',
    );
    expect(overlayOf('../base', base, staging, 'demo').kustomization.images).toEqual([]);
  });
});

describe('the order of init containers', () => {
  it('counts when objects are compared, unlike that of containers', () => {
    const { base } = made(BESIDE);
    const deployment = one(base, 'Deployment');
    const turned = (list: string) => {
      const copy = structuredClone(deployment);
      (at(copy, ...POD, list) as unknown[]).reverse();
      return [copy as NonNullable<typeof copy>];
    };
    const model = [deployment as NonNullable<typeof deployment>];
    expect(compareObjects(model, turned('containers'))).toEqual([]);
    expect(compareObjects(model, turned('initContainers'))).not.toEqual([]);
  });

  it('is said position by position in an overlay: a strategic merge patch would put a new one first', () => {
    const { base, staging } = made(BESIDE, `init:\n  c-new:\n    ${rest('c')}\n`);
    const { patches } = overlayOf('../base', base, staging, 'demo').kustomization;
    expect(patches?.map(({ patch }) => patch).join()).toContain(
      'path: /spec/template/spec/initContainers/-\n',
    );
  });
});
