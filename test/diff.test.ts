import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../generators/diff/change.ts';
import { type Diff, diffStates } from '../generators/diff/diff.ts';
import { formatJson } from '../generators/diff/format-json.ts';
import { formatMarkdown, MOST_MARKDOWN } from '../generators/diff/format-markdown.ts';
import { formatTerminal } from '../generators/diff/format-terminal.ts';
import { revertLimits } from '../generators/diff/revert.ts';
import type { State } from '../generators/diff/state.ts';
import { pathText } from '../generators/diff/values.ts';
import { generate } from '../generators/generate/generate.ts';
import { toYaml } from '../generators/output/yaml.ts';
import { filesIn, stateOf } from './diff/states.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { append, CART, edit, PLATFORM, PRODUCTION, SAMPLE, SHOP, STAGING } from './support/sample.ts';

/** Input files that are others than in the sample; `null` deletes one. */
type Inputs = Readonly<Record<string, Files[string] | null>>;

/** The sample, generated, with other input files; `null` deletes one. */
function generated(files: Inputs = {}): State {
  const all = Object.entries({ ...SAMPLE, ...files }).filter(([, text]) => text !== null);
  const root = writeRepository(Object.fromEntries(all) as Files);
  try {
    generate(root, false);
    return stateOf(filesIn(root));
  } finally {
    removeRepository(root);
  }
}

let before: State;
beforeAll(() => {
  before = generated();
});

const changedBy = (files: Inputs): Diff => diffStates(before, generated(files));

/** A change on one line: what a reader of the result needs to see. */
const line = ({ environment, service, object, path, risks, origin, causes }: Change): string =>
  [
    risks.join('+'),
    `${environment}/${service}`,
    `${object.kind}/${object.name}`,
    pathText(path),
    origin,
    causes.map(({ key, place }) => `${place.file}:${place.line} ${key}`).join(', '),
  ].join(' | ');

const linesOf = ({ changes }: Diff): string[] => changes.map(line);

const STATEFUL = `kind: stateful
image: { repository: ghcr.io/acme/ledger, tag: 1.0.0 }
storage: { data: { path: /data, size: 10Gi } }
resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { memory: 64Mi } }
`;
const LEDGER = 'environments/base/services/ledger.yaml';

describe('what two states differ in', () => {
  it('is nothing for the same state', () => {
    const diff = diffStates(before, generated());
    expect(diff.changes).toEqual([]);
    expect(diff.inputsOnly).toBe(false);
    expect(formatTerminal(diff)).toBe('test → test\n\nproduction  no change\nstaging     no change');
  });

  it('is told with the line of the input that causes it, in each environment that has it', () => {
    expect(linesOf(changedBy(edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1')))).toEqual([
      `restarts | production/shop | Deployment/shop | spec.template.spec.containers[shop].image | inputs | ${SHOP}:4 image.tag`,
      `restarts | staging/shop | Deployment/shop | spec.template.spec.containers[shop].image | inputs | ${SHOP}:4 image.tag`,
    ]);
  });

  it('leaves out an environment that says another value itself', () => {
    expect(linesOf(changedBy(edit(SHOP, 'replicas: 2', 'replicas: 5')))).toEqual([
      `scales | production/shop | Deployment/shop | spec.replicas | inputs | ${SHOP}:15 replicas`,
    ]);
  });

  it('puts production before others for the same risk, and a worse risk before both', () => {
    const found = changedBy({
      ...edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1'),
      ...append(STAGING, 'quota: { pods: 10 }\n'),
      [LEDGER]: null,
    });
    const ranks = found.changes.map(({ risks, environment }) => `${risks[0]} ${environment}`);
    expect(ranks).toEqual(['restarts production', 'restarts staging', 'scales staging']);
  });

  it('knows production by its key, too', () => {
    const live = { 'environments/live/platform.yaml': 'namespace: demo-live\nproduction: true\n' };
    const diff = diffStates(
      generated(live),
      generated({ ...live, ...edit(SHOP, 'tag: 1.0.0', 'tag: 2.0.0') }),
    );
    expect(diff.environments.map(({ name }) => name)).toEqual(['live', 'production', 'staging']);
    expect(diff.environments.map(({ production }) => production)).toEqual([true, true, false]);
  });

  it('names the platform where that is the cause', () => {
    const found = changedBy(edit(PLATFORM, 'domain: demo.example.com', 'domain: other.example.com'));
    expect(found.changes).toEqual([]);
    expect(found.inputsOnly).toBe(true);
    expect(formatTerminal(found)).toContain('inputs differ, but nothing that is generated');
    const routed = append(SHOP, 'route: { hosts: { www: / } }\n');
    const domain = edit(PLATFORM, 'domain: demo.example.com', 'domain: other.example.com');
    const diff = diffStates(generated(routed), generated({ ...routed, ...domain }));
    expect(linesOf(diff)[0]).toBe(
      `traffic | production/shop | HTTPRoute/shop.www | spec.hostnames[0] | inputs | ${PLATFORM}:3 domain`,
    );
  });

  it('names the file of a neighbour that others call', () => {
    const found = changedBy(edit(CART, 'http: 8081', 'http: 8082'));
    const shop = found.changes.find(
      ({ service, environment }) => service === 'shop' && environment === 'staging',
    );
    expect(shop === undefined ? '' : line(shop)).toBe(
      `traffic | staging/shop | NetworkPolicy/shop | spec.egress[1].ports[0].port | inputs | ${CART}:5 ports`,
    );
  });

  it('is a whole service that comes or goes', () => {
    const found = changedBy({ [LEDGER]: STATEFUL });
    expect(found.changes.every(({ whole, action }) => whole && action === 'add')).toBe(true);
    const text = formatTerminal(found);
    expect(text).toContain('production, staging · ledger · ');
    expect(text.match(/the service is added/g)).toHaveLength(1);
    expect(text).toContain(`← ${LEDGER}:1\n`);
    const gone = diffStates(generated({ [LEDGER]: STATEFUL }), before);
    expect(formatTerminal(gone)).toMatch(
      /destroys data\n {2}production, staging · ledger · .*\n {4}the service is removed/,
    );
  });

  it('is refused where a StatefulSet cannot change', () => {
    const found = diffStates(
      generated({ [LEDGER]: STATEFUL }),
      generated({ [LEDGER]: STATEFUL.replace('10Gi', '20Gi') }),
    );
    expect(linesOf(found)).toEqual(
      ['production', 'staging'].map(
        (environment) =>
          `rejected | ${environment}/ledger | StatefulSet/ledger | spec.volumeClaimTemplates[0].spec.resources.requests.storage | inputs | ${LEDGER}:3 storage.data.size`,
      ),
    );
  });

  it('does not count the checksum of files beside the files', () => {
    const files = (text: string) => append(SHOP, `files: { /etc/shop.conf: "${text}" }\n`);
    const diff = diffStates(generated(files('a')), generated(files('b')));
    expect(diff.changes.map(({ object, implied, risks }) => [object.kind, implied, risks[0]])).toEqual([
      ['ConfigMap', false, 'restarts'],
      ['Deployment', true, 'restarts'],
      ['ConfigMap', false, 'restarts'],
      ['Deployment', true, 'restarts'],
    ]);
    expect(formatTerminal(diff)).not.toContain('checksum"]');
  });

  it('is another namespace, with all that is in it, as one change', () => {
    const found = changedBy({ [STAGING]: 'namespace: demo-other\n' });
    expect(linesOf(found)[0]).toBe(
      `destroys-data | staging/platform/namespace | Namespace/demo-other | metadata.name | inputs | ${STAGING}:1 namespace`,
    );
    expect(found.changes.every(({ origin }) => origin === 'inputs')).toBe(true);
    expect(formatTerminal(found).match(/metadata\.namespace: demo-staging → demo-other/g)).toHaveLength(1);
  });

  it('is said to have no input where only output is another', () => {
    const edited = Object.fromEntries([...before.read(before.files.keys())]);
    const file = 'base/shop/deployment.yaml';
    const tampered = stateOf({ ...edited, [file]: (edited[file] ?? '').replace('shop:1.0.0', 'shop:6.6.6') });
    const diff = diffStates(before, tampered);
    expect(diff.changes.map(({ origin }) => origin)).toEqual(['no input', 'no input']);
    expect(formatTerminal(diff)).toContain('no input says so: the generators changed');
    const both = stateOf({
      ...Object.fromEntries([
        ...generated(edit(SHOP, 'replicas: 2', 'replicas: 3')).read(before.files.keys()),
      ]),
      [file]: (edited[file] ?? '').replace('shop:1.0.0', 'shop:6.6.6').replace('replicas: 2', 'replicas: 3'),
    });
    expect(diffStates(before, both).changes.map(({ path, origin }) => [path.at(-1), origin])).toContainEqual([
      'replicas',
      'inputs',
    ]);
  });

  it('is noise where only comments differ', () => {
    const files = Object.fromEntries([...before.read(before.files.keys())]);
    const file = 'base/shop/service.yaml';
    const diff = diffStates(before, stateOf({ ...files, [file]: `# a comment\n${files[file]}` }));
    expect(diff.changes).toEqual([]);
    expect(diff.commentsOnly).toBe(2);
    expect(formatTerminal(diff)).toContain('noise: 2 units in which only comments');
  });

  it('is told with candidates where inputs cannot be tried one by one', () => {
    const broken = { ...edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1') };
    const now = generated(broken);
    const files = Object.fromEntries([...now.read(now.files.keys())]);
    const old = Object.fromEntries([...before.read(before.files.keys())]);
    const diff = diffStates(
      stateOf({ ...old, [SHOP]: `${old[SHOP]}unknownKeyOfAnOlderEngine: 1\n` }),
      stateOf(files),
    );
    expect(linesOf(diff)[0]).toContain(`one of the inputs | ${SHOP}:4 image.tag`);
    expect(formatTerminal(diff)).toContain(`← perhaps ${SHOP}:4 image.tag`);
  });
});

describe('delivery by Helm', () => {
  const helm = { [PRODUCTION]: 'namespace: demo-production\ndelivery: helm\n' };

  it('is compared object by object', () => {
    const diff = diffStates(
      generated(helm),
      generated({ ...helm, ...edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1') }),
    );
    expect(linesOf(diff)[0]).toBe(
      `restarts | production/shop | Deployment/shop | spec.template.spec.containers[shop].image | inputs | ${SHOP}:4 image.tag`,
    );
  });

  it('is a change of its own, the objects being the same', () => {
    const found = changedBy(helm);
    expect(found.changes.map(({ object, risks }) => `${object.kind} ${risks}`)).toEqual([
      'Delivery configuration',
      'Delivery configuration',
    ]);
  });

  it('tells of another chart, whose objects are not known', () => {
    const files = (() => {
      const state = generated(helm);
      return Object.fromEntries([...state.read(state.files.keys())]);
    })();
    const file = 'charts/service/templates/deployment.yaml';
    const other = { ...files, [file]: `${files[file]}# more\n` };
    const diff = diffStates(stateOf(files), stateOf(other));
    expect(
      diff.changes.map(({ environment, object, risks }) => [environment, object.kind, risks[0]]),
    ).toEqual([['production', 'Chart', 'restarts']]);
    expect(formatTerminal(diff)).toMatch(/version: (\d+\.\d+\.\d+) → \1, with other files/);
    const readme = { ...files, 'charts/service/README.md': 'x' };
    expect(diffStates(stateOf(files), stateOf(readme)).changes[0]?.risks).toEqual(['noise']);
    const header = { ...files, [file]: (files[file] ?? '').replace('generators/model', 'generators/other') };
    expect(diffStates(stateOf(files), stateOf(header)).changes).toEqual([]);
  });

  it('shows values of another chart as they are', () => {
    const file = 'environments/production/values/grafana.yaml';
    const diff = diffStates(
      stateOf({ [file]: 'replicas: 1\nadmin: { enabled: true }\n' }),
      stateOf({ [file]: 'replicas: 2\nadmin: { enabled: true }\n' }),
    );
    expect(linesOf(diff)).toEqual([
      `configuration | production/grafana | HelmValues/${file} | values.replicas | no input | `,
    ]);
  });
});

describe('plain objects', () => {
  const application = (name: string, prune: boolean) =>
    toYaml({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name },
      spec: { syncPolicy: { automated: { prune } } },
    });

  it('of argocd/ belong to the environment that their folder names, else to Argo CD', () => {
    const files = (prune: boolean) => ({
      'environments/staging/platform.yaml': 'namespace: x\n',
      'argocd/staging/shop.yaml': `---\n${application('shop', prune)}---\n${application('cart', true)}`,
      'argocd/projects/staging.yaml': application('project', prune),
      'argocd/staging/kustomization.yaml': 'kind: Kustomization\nresources: [shop.yaml]\n',
    });
    const diff = diffStates(stateOf(files(true)), stateOf(files(false)));
    expect(linesOf(diff)).toEqual([
      'configuration | argocd/staging | Application/project | spec.syncPolicy.automated.prune | no input | ',
      'configuration | staging/shop | Application/shop | spec.syncPolicy.automated.prune | no input | ',
    ]);
  });

  it.each([
    ['an alias', 'a: &x 1\nb: *x\n', /argocd\/a\.yaml.*anchor/],
    ['an alias in several documents', '---\na: &x [1]\nb: *x\n---\n{}\n', /argocd\/a\.yaml.*alias/],
    ['no YAML', 'a: [\n', /argocd\/a\.yaml/],
  ])('with %s are refused by name', (_, text, message) => {
    expect(() => diffStates(stateOf({}), stateOf({ 'argocd/a.yaml': text }))).toThrow(message);
  });
});

describe('overlays that are not as they are generated', () => {
  const OVERLAY = 'environments/staging/overlays/shop/kustomization.yaml';
  const withOverlay = (text: string) => {
    const files = Object.fromEntries([...before.read(before.files.keys())]);
    return stateOf({ ...files, [OVERLAY]: text });
  };
  const KUSTOMIZATION = 'resources: [../../../../base/shop]\n';

  it.each([
    ['namePrefix: x', /kustomization\.yaml: namePrefix is a key of Kustomize that is never generated/],
    ['patches: [{ path: x.yaml }]', /patches\.0\.path is a key/],
    ['patches: [{ patch: "a: 1" }]', /names no object/],
    ['patches: [{ target: { kind: Service, name: ".*" }, patch: "[]" }]', /could mean several objects/],
    [
      'patches: [{ target: { kind: Service, name: shop, labelSelector: x }, patch: "[]" }]',
      /labelSelector is a key/,
    ],
    [
      'patches: [{ target: { kind: Service, name: none }, patch: "[]" }]',
      /"Service\/none", which there is not/,
    ],
    [
      'patches: [{ target: { kind: Service, name: shop }, patch: "[{op: move, path: /a, from: /b}]" }]',
      /"move" is never generated/,
    ],
    [
      'patches: [{ target: { kind: Service, name: shop }, patch: "[{op: remove, path: /spec/nothing}]" }]',
      /nothing to remove at/,
    ],
    ['replicas: [{ name: none, count: 1 }]', /replicas are for "none"/],
    ['replicas: [{ name: shop, count: many }]', /replicas\.0\.count is no number/],
    ['images: [{ name: a, tagSuffix: b }]', /tagSuffix is a key/],
  ])('are refused: %s', (text, message) => {
    expect(() => diffStates(before, withOverlay(`${KUSTOMIZATION}${text}\n`))).toThrow(message);
  });

  it('are refused where a base is missing', () => {
    expect(() => diffStates(before, withOverlay('resources: [../../../../base/none]\n'))).toThrow(
      'base/none/kustomization.yaml: is missing',
    );
  });
});

describe('what a revert cannot undo', () => {
  it('is lost data, what Kubernetes refuses, and what only the newer state keeps', () => {
    const old = generated({ [LEDGER]: STATEFUL });
    const larger = generated({ [LEDGER]: STATEFUL.replace('10Gi', '20Gi') });
    const refused = revertLimits(old, larger);
    expect(refused.refused.map(({ object }) => object.kind)).toEqual(['StatefulSet', 'StatefulSet']);
    expect(refused.lost).toEqual([]);
    expect(revertLimits(old, before).lost.map(({ action }) => action)).toEqual(['remove', 'remove']);
    expect(revertLimits(before, old).destroyed.map(({ object }) => object.kind)).toEqual([
      'StatefulSet',
      'StatefulSet',
    ]);
    const harmless = revertLimits(before, generated(edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1')));
    expect(harmless).toEqual({ lost: [], refused: [], destroyed: [] });
  });
});

describe('many services', () => {
  const service = (name: string, image: string) =>
    toYaml({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { template: { spec: { containers: [{ name, image }] } } },
    });
  const files = (count: number, image: (index: number) => string) =>
    stateOf(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `environments/production/objects/service-${index}.yaml`,
          service(`service-${index}`, image(index)),
        ]),
      ),
    );

  it('with the same change are one line', () => {
    const diff = diffStates(
      files(13, () => 'acme/app:1'),
      files(13, () => 'acme/app:2'),
    );
    const text = formatTerminal(diff);
    expect(text.match(/acme\/app:1 → acme\/app:2/g)).toHaveLength(1);
    expect(text).toContain('the same in 12 more: service-1, ');
  });

  it('with different changes are never more than a comment takes, the most dangerous first', () => {
    const many = diffStates(
      files(3000, (index) => `acme/app-${index}:1`),
      files(3000, (index) => `acme/app-${index}:2<@x>`),
    );
    const noisy: Diff = {
      ...many,
      changes: many.changes.map((change, index) =>
        index % 2 === 0 ? change : { ...change, risks: ['configuration'] },
      ),
    };
    const text = formatMarkdown(noisy);
    expect(text.length).toBeLessThanOrEqual(MOST_MARKDOWN);
    expect(text.length).toBeGreaterThan(MOST_MARKDOWN * 0.9);
    const [, left = ''] = /\*\*(\d+) more are left out/.exec(text) ?? [];
    const shown = text.split('\n').filter((row) => row.startsWith('| <code>production</code><br>')).length;
    expect(shown + Number(left)).toBe(3000);
    expect(text).toContain('1500 configuration only');
    expect(text).not.toContain('#### configuration only');
  });
});

describe('untrusted text', () => {
  const hostile = [
    '</code><script>alert(1)</script>',
    '`code` | cell | @team #12 [x](http://evil.example) ![i](x) www.evil.example',
    '--> <!-- | \\| &lt; \n| new | row |\n\n# title',
    '*_~:tada:~_* $math$ a@b.example https://evil.example',
  ];
  const state = (value: string, key = 'x') =>
    stateOf({
      'environments/production/objects/shop.yaml': toYaml({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'shop', annotations: { [key]: value } },
      }),
    });

  it.each(hostile)('means nothing to Markdown: %j', (text) => {
    for (const diff of [
      diffStates(state('old'), state(text)),
      diffStates(state('old'), state('new', text)),
    ]) {
      const markdown = formatMarkdown(diff);
      const rows = markdown.split('\n').filter((row) => row.includes('ConfigMap'));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.match(/\|/g)).toHaveLength(4);
        expect(row.replace(/<\/?code>|<br>|&#\d+;/g, '')).toMatch(
          /^\| [\w ,;()/+=.→–…·-]* \| [\w ,;()/+=.→–…·-]* \| [\w ,;()/+=.→–…·-]* \|$/,
        );
        expect(row).not.toMatch(/www\.|https?:|@|#(?!\d+;)/);
      }
    }
  });

  it('does not steer the terminal', () => {
    const text = formatTerminal(diffStates(state('old'), state('\u001b[2J\u0007\u202etxt.exe\r\nx')));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('that looks like a credential is shown nowhere', () => {
    const token = `ghp_${'aB3dE5gH'.repeat(5)}`;
    const password = 'q8Zr-Lw2-Xk9p-T4';
    const secret = (value: string, anywhere: boolean) =>
      stateOf({
        'environments/production/objects/shop.yaml': [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'shop', ...(anywhere ? { annotations: { note: value, [value]: 'x' } } : {}) },
            spec: {
              template: {
                spec: {
                  containers: [
                    { name: 'a', env: [{ name: 'DB_PASSWORD', value }], args: ['--password', value] },
                    ...(anywhere ? [{ name: value }] : []),
                  ],
                },
              },
            },
          },
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'shop' },
            data: { f: `x\npassword: ${value}\n` },
          },
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop' }, data: { plain: value } },
          {
            apiVersion: 'bitnami.com/v1alpha1',
            kind: 'SealedSecret',
            metadata: { name: 'shop' },
            spec: { encryptedData: { K: value } },
          },
        ]
          .map((object) => `---\n${toYaml(object)}`)
          .join(''),
      });
    for (const [value, anywhere] of [
      [token, true],
      [password, false],
    ] as const) {
      const diff = diffStates(secret('harmless', anywhere), secret(value, anywhere));
      expect(diff.changes.length).toBeGreaterThanOrEqual(5);
      for (const text of [formatTerminal(diff), formatMarkdown(diff), formatJson(diff)]) {
        expect(text).not.toContain(value);
        expect(text).toContain('not shown');
      }
    }
  });
});

describe('the JSON document', () => {
  it('has the documented shape', () => {
    const document = JSON.parse(formatJson(changedBy(edit(SHOP, 'tag: 1.0.0', 'tag: 1.0.1'))));
    expect(document.version).toBe(1);
    expect(Object.keys(document)).toEqual([
      'version',
      'before',
      'after',
      'environments',
      'changes',
      'commentsOnly',
      'inputsOnly',
    ]);
    expect(document.environments[0]).toMatchObject({ name: 'production', production: true, services: 1 });
    expect(document.changes[0]).toEqual({
      environment: 'production',
      service: 'shop',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      action: 'change',
      path: ['spec', 'template', 'spec', 'containers', '[shop]', 'image'],
      before: 'ghcr.io/acme/shop:1.0.0',
      after: 'ghcr.io/acme/shop:1.0.1',
      risks: ['restarts'],
      reasons: ['the pod template changes: pods are replaced'],
      implied: false,
      wholeService: false,
      origin: 'inputs',
      causes: [{ key: 'image.tag', file: SHOP, line: 4, column: 3 }],
    });
  });
});
