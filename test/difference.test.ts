import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPatch, type Operation } from '../generators/difference/json-patch.ts';
import { objectPatch } from '../generators/difference/object-patch.ts';
import { deepEqual } from '../generators/json/equal.ts';
import { isMap } from '../generators/json/json.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { strategicMerge } from '../generators/patch/strategic-merge.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { SEED } from './support/seed.ts';

const RUNS = { seed: SEED, numRuns: 500 };

/** Few keys and values, so that two of them have much in common; keys that JSON Pointers must escape. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<unknown>('a', '', 'no', 0, 1, true, null),
    fc.array(tie('any'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', '~1', '', '0', 'constructor'), tie('any'), {
    maxKeys: 4,
  }),
}));

/** Applies a JSON Patch (RFC 6902) as strictly as the RFC asks; neither argument is changed. */
function applied(document: unknown, operations: readonly Operation[]): unknown {
  let root = structuredClone(document);
  for (const { op, path, value: given } of operations) {
    const steps = path
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop();
    if (last === undefined) {
      root = given;
      continue;
    }
    let parent = root;
    for (const step of steps) parent = child(parent, step);
    change(parent, last, op, given);
  }
  return root;
}

function child(parent: unknown, step: string): unknown {
  if (Array.isArray(parent)) return parent[indexIn(parent, step, parent.length - 1)];
  if (!isMap(parent) || !Object.hasOwn(parent, step)) throw new Error(`nothing at ${step}`);
  return parent[step];
}

function change(parent: unknown, step: string, op: Operation['op'], given: unknown): void {
  if (Array.isArray(parent)) {
    const index =
      op === 'add' && step === '-'
        ? parent.length
        : indexIn(parent, step, parent.length - (op === 'add' ? 0 : 1));
    parent.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [given]));
    return;
  }
  if (!isMap(parent)) throw new Error(`nothing can be at ${step}`);
  const map: Record<string, unknown> = parent;
  if (op !== 'add' && !Object.hasOwn(map, step)) throw new Error(`nothing at ${step}`);
  if (op === 'remove') delete map[step];
  else map[step] = given;
}

function indexIn(list: readonly unknown[], step: string, most: number): number {
  if (!/^(0|[1-9][0-9]*)$/.test(step) || Number(step) > most)
    throw new Error(`no position ${step} in ${list.length}`);
  return Number(step);
}

describe('jsonPatch', () => {
  it('turns any value into any other', () => {
    fc.assert(
      fc.property(value.any, value.any, (before, after) => {
        expect(applied(before, jsonPatch(before, after, ''))).toEqual(after);
      }),
      RUNS,
    );
  });

  it('does nothing where nothing differs', () => {
    fc.assert(
      fc.property(value.any, (same) => {
        expect(jsonPatch(same, structuredClone(same), '')).toEqual([]);
      }),
      RUNS,
    );
  });

  it('has no operation that could be left out', () => {
    fc.assert(
      fc.property(value.any, value.any, (before, after) => {
        const operations = jsonPatch(before, after, '');
        operations.forEach((_, index) => {
          expect(results(before, operations.toSpliced(index, 1), after)).toBe(false);
        });
      }),
      RUNS,
    );
  });

  const results = (before: unknown, operations: readonly Operation[], after: unknown): boolean => {
    try {
      return deepEqual(applied(before, operations), after);
    } catch {
      return false;
    }
  };

  it.each([
    ['changes in place', [1, 2, 3], [1, 9, 3], [{ op: 'replace', path: '/1', value: 9 }]],
    ['adds at the end', [{ a: 1 }], [{ a: 1 }, { b: 2 }], [{ op: 'add', path: '/-', value: { b: 2 } }]],
    ['adds in front', [{ a: 1 }], [{ b: 2 }, { a: 1 }], [{ op: 'add', path: '/0', value: { b: 2 } }]],
    [
      'removes from the back',
      ['abcdefghijkl', 'mnopqrstuvw', 'xyz', 'end of the list, which is long', 'so that it pays'],
      ['abcdefghijkl', 'end of the list, which is long', 'so that it pays'],
      [
        { op: 'remove', path: '/2' },
        { op: 'remove', path: '/1' },
      ],
    ],
    [
      'escapes keys',
      { 'a/b': { '~': 1 } },
      { 'a/b': { '~': 2 } },
      [{ op: 'replace', path: '/a~1b/~0', value: 2 }],
    ],
  ])('%s', (_, before, after, operations) => {
    expect(jsonPatch(before, after, '')).toEqual(operations);
  });
});

describe('objectPatch', () => {
  it('turns any Deployment into any other, order aside where Kubernetes ignores it', () => {
    fc.assert(
      fc.property(deployment, deployment, (before, after) => {
        const patch = objectPatch(before, after) ?? { strategic: {}, operations: [] };
        const between = applied(before, patch.operations) as KubernetesObject;
        const result = strategicMerge('Deployment', between, patch.strategic) as KubernetesObject;
        expect(compareObjects([after], [result])).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is nothing where only the order of known elements differs', () => {
    const before = deploymentOf({
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    });
    const after = deploymentOf({
      env: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
    });
    expect(objectPatch(before, after)).toBeUndefined();
  });

  it('changes one variable by its name', () => {
    const before = deploymentOf({
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    });
    const after = deploymentOf({ env: [{ name: 'B', value: '3' }] });
    expect(objectPatch(before, after)).toEqual({
      strategic: inContainer({
        env: [
          { name: 'A', $patch: 'delete' },
          { name: 'B', value: '3' },
        ],
      }),
      operations: [],
    });
  });

  it('removes what is gone with null, and lists without merge keys position by position', () => {
    const before = deploymentOf({ workingDir: '/', args: ['serve', '--port=8080', '--verbose'] });
    const after = deploymentOf({ args: ['serve', '--port=9090', '--verbose'] });
    expect(objectPatch(before, after)).toEqual({
      strategic: inContainer({ workingDir: null }),
      operations: [{ op: 'replace', path: '/spec/template/spec/containers/0/args/1', value: '--port=9090' }],
    });
  });

  it('leaves a text that becomes a number, or a block that gets a leading tab, to JSON Patch', () => {
    const service = (targetPort: unknown) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { ports: [{ port: 80, protocol: 'TCP', targetPort }] },
    });
    const path = '/spec/ports/0/targetPort';
    expect(objectPatch(service('http'), service(8080))).toEqual({
      strategic: {},
      operations: [{ op: 'replace', path, value: 8080 }],
    });
    expect(objectPatch(service('a\nb'), service('\tc'))?.operations).toEqual([
      { op: 'replace', path, value: '\tc' },
    ]);
    expect(objectPatch(service(8080), service('http'))?.operations).toEqual([]);
  });
});

const inContainer = (fields: Record<string, unknown>) => ({
  spec: { template: { spec: { containers: [{ name: 'shop', ...fields }] } } },
});

const deploymentOf = (fields: Record<string, unknown>): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  ...inContainer(fields),
});

const word = fc.constantFrom('a', 'b', 'c', 'no', '');
const some = <T>(names: fc.Arbitrary<string>, key: string, fields: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(names, fields), { selector: ([name]) => name, maxLength: 4 })
    .map((elements) => elements.map(([name, rest]) => ({ [key]: name, ...rest })));
const ports = fc.uniqueArray(
  fc.record({ containerPort: fc.constantFrom(53, 80), protocol: fc.constantFrom('TCP', 'UDP'), name: word }),
  { selector: ({ containerPort, protocol }) => `${containerPort}/${protocol}`, maxLength: 4 },
);
const container = fc.record(
  {
    image: word,
    args: fc.array(word, { maxLength: 4 }),
    env: some(word, 'name', fc.record({ value: fc.oneof(word, fc.constant('x\ny'), fc.constant('\tz')) })),
    ports,
    volumeMounts: some(fc.constantFrom('/a', '/b'), 'mountPath', fc.record({ name: word })),
    resources: fc.dictionary(word, fc.dictionary(word, word, { maxKeys: 2 }), { maxKeys: 2 }),
    securityContext: fc.record({ capabilities: fc.record({ drop: fc.array(word, { maxLength: 3 }) }) }),
  },
  { requiredKeys: [] },
);
const deployment: fc.Arbitrary<KubernetesObject> = fc
  .record(
    {
      containers: some(word, 'name', container),
      initContainers: some(word, 'name', container),
      volumes: some(word, 'name', fc.record({ emptyDir: fc.dictionary(word, word, { maxKeys: 1 }) })),
      tolerations: fc.array(fc.record({ key: word, operator: word }), { maxLength: 3 }),
      hostname: fc.oneof(word, fc.integer({ min: 0, max: 2 })),
    },
    { requiredKeys: [] },
  )
  .map((spec) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop' },
    spec: { template: { spec } },
  }));
