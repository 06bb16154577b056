import { describe, expect, it } from 'vitest';
import { applyPatches } from '../generators/patch/apply.ts';
import { PatchError, strategicMerge } from '../generators/patch/strategic-merge.ts';

const inPod = (spec: Record<string, unknown>) => ({ spec: { template: { spec } } });
const merged = (before: Record<string, unknown>, patch: Record<string, unknown>) =>
  strategicMerge('Deployment', inPod(before), inPod(patch));

describe('strategicMerge', () => {
  it('merges maps, replaces scalars, removes with null, and changes neither argument', () => {
    const target = { a: { b: 1, c: 2 }, d: 3 };
    const patch = { a: { c: null, e: 4 }, d: 5, gone: null };
    const copies = structuredClone([target, patch]);
    expect(strategicMerge('ConfigMap', target, patch)).toEqual({ a: { b: 1, e: 4 }, d: 5 });
    expect([target, patch]).toEqual(copies);
  });

  it('merges elements by their key, appends new ones, deletes with $patch', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    const changes = [
      { name: 'B', value: '3' },
      { name: 'A', $patch: 'delete' },
      { name: 'C', value: '4' },
      { name: 'D', $patch: 'delete' },
    ];
    expect(
      merged({ containers: [{ name: 'shop', env }] }, { containers: [{ name: 'shop', env: changes }] }),
    ).toEqual(
      inPod({
        containers: [
          {
            name: 'shop',
            env: [
              { name: 'B', value: '3' },
              { name: 'C', value: '4' },
            ],
          },
        ],
      }),
    );
  });

  it('knows ports by number and protocol, and gives them the protocol of the API', () => {
    const shop = (ports: unknown) => ({ containers: [{ name: 'shop', ports }] });
    const tcp = { containerPort: 53, protocol: 'TCP' };
    const udp = { containerPort: 53, protocol: 'UDP' };
    expect(
      merged(shop([tcp, udp]), shop([{ containerPort: 53, name: 'dns' }, { containerPort: 80 }])),
    ).toEqual(inPod(shop([{ ...tcp, name: 'dns' }, udp, { containerPort: 80, protocol: 'TCP' }])));
  });

  it('replaces lists without merge keys, and a map that asks for it', () => {
    expect(merged({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] })).toEqual(
      inPod({ tolerations: [{ key: 'b' }] }),
    );
    expect(
      strategicMerge(
        'Deployment',
        { spec: { strategy: { type: 'A', x: 1 } } },
        { spec: { strategy: { $patch: 'replace', type: 'B' } } },
      ),
    ).toEqual({
      spec: { strategy: { type: 'B' } },
    });
  });

  it('merges lists by key only where the kind has them', () => {
    const containers = (name: string) => ({ spec: { template: { spec: { containers: [{ name }] } } } });
    expect(strategicMerge('HTTPRoute', containers('a'), containers('b'))).toEqual(containers('b'));
  });

  it.each([
    ['an element without its key', { containers: [{ image: 'x' }] }, 'spec.template.spec.containers.0'],
    ['an unknown directive', { $patch: 'merge-or-so' }, 'spec.template.spec.$patch'],
    ['a directive that we do not know', { $retainKeys: ['a'] }, 'spec.template.spec.$retainKeys'],
  ])('refuses %s and says where', (_, patch, path) => {
    const attempt = () => merged({ containers: [{ name: 'shop' }] }, patch);
    expect(attempt).toThrow(PatchError);
    try {
      attempt();
    } catch (error) {
      expect(error instanceof PatchError && error.path.join('.')).toBe(path);
    }
  });
});

describe('applyPatches', () => {
  it('leaves no empty labels and annotations behind', () => {
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'shop', annotations: { a: 'b' } },
    };
    const patch = { ServiceAccount: { metadata: { annotations: { a: null }, labels: {} } } };
    expect(applyPatches('shop', [account], patch)).toEqual({
      objects: [{ ...account, metadata: { name: 'shop' } }],
      findings: [],
    });
  });
});
