/** Everything that Argo CD gets made wrong, one thing at a time, with the check that must see it. */

import { CASCADE, PATHS, WAVE } from '../../generators/argocd/application.ts';
import { applicationName } from '../../generators/argocd/names.ts';
import type { ArgocdObjects } from '../../generators/argocd/objects.ts';
import type {
  ApplicationObject,
  AppProjectObject,
  ChartApplicationObject,
} from '../../generators/argocd/schemas.ts';
import type { ArgocdHere } from '../../generators/check/argocd/here.ts';
import type { Environment, World } from '../../generators/check/world.ts';
import type { Mutation } from './mutations.ts';

/** What to do to an object, and the check that must see it. */
type Change<T> = readonly [title: string, expected: string, change: (object: T) => void];

/** All mutations of what Argo CD gets for some environments. */
export const argocdMutations = (world: World): Mutation[] =>
  [...world.values()].flatMap((environment) => {
    const { argocd } = environment;
    if (argocd === undefined) return [];
    const put = (title: string, expected: string, objects: Partial<ArgocdObjects>): Mutation => ({
      title: `${environment.name} ${title}`,
      expected,
      world: new Map([[environment.name, { ...environment, argocd: { ...argocd, ...objects } }]]),
    });
    return [
      ...chartMutations(argocd, put),
      ...argocd.projects.flatMap((project, index) =>
        projectChanges(project, argocd).map(([title, expected, change]) =>
          put(`${project.metadata.name} ${title}`, expected, {
            projects: argocd.projects.with(index, changed(project, change)),
          }),
        ),
      ),
      ...argocd.applications.flatMap((application, index) => [
        ...applicationChanges(application, environment).map(([title, expected, change]) =>
          put(`${application.metadata.name} ${title}`, expected, {
            applications: argocd.applications.with(index, changed(application, change)),
          }),
        ),
        put(`${application.metadata.name} left out`, 'application-missing', {
          applications: argocd.applications.toSpliced(index, 1),
        }),
        put(`${application.metadata.name} twice`, 'application-missing', {
          applications: [...argocd.applications, application],
        }),
      ]),
      ...applicationChanges(argocd.root, environment).map(([title, expected, change]) =>
        put(`root ${title}`, expected, { root: changed(argocd.root, change) }),
      ),
      ...waveChanges(argocd).map(([title, expected, change]) =>
        put(title, expected, { applications: argocd.applications.map((one) => changed(one, change)) }),
      ),
    ];
  });

/** The same for the charts of others. */
function chartMutations(
  { charts }: ArgocdHere,
  put: (title: string, expected: string, objects: Partial<ArgocdObjects>) => Mutation,
): Mutation[] {
  const { project, applications } = charts;
  if (project === undefined) return [];
  const server = 'https://elsewhere.example.com';
  const projects: Change<AppProjectObject>[] = [
    ['without repositories', 'project-refuses', ({ spec }) => void spec.sourceRepos.splice(0)],
    ['without destinations', 'project-refuses', ({ spec }) => void spec.destinations.splice(0)],
    [
      'for another',
      'project-refuses',
      ({ metadata }) => {
        metadata.name = 'other';
      },
    ],
    [
      'more repositories',
      'project-permits-more',
      ({ spec }) => void spec.sourceRepos.push('https://x.example.com'),
    ],
    [
      'another cluster',
      'project-permits-more',
      ({ spec }) => void spec.destinations.push({ server, namespace: 'monitoring' }),
    ],
    [
      'another namespace',
      'project-permits-more',
      ({ spec }) =>
        void spec.destinations.push({ server: spec.destinations[0]?.server ?? '', namespace: 'x' }),
    ],
  ];
  return [
    ...projects.map(([title, expected, change]) =>
      put(`charts ${title}`, expected, { charts: { applications, project: changed(project, change) } }),
    ),
    ...applications.flatMap((application, index) =>
      chartApplicationChanges(application, project).map(([title, expected, change]) =>
        put(`${application.metadata.name} ${title}`, expected, {
          charts: { project, applications: applications.with(index, changed(application, change)) },
        }),
      ),
    ),
    ...applications.map(({ metadata }, index) =>
      put(`${metadata.name} left out`, 'application-missing', {
        charts: { project, applications: applications.toSpliced(index, 1) },
      }),
    ),
  ];
}

function chartApplicationChanges(
  { metadata, spec }: ChartApplicationObject,
  { spec: permits }: AppProjectObject,
): Change<ChartApplicationObject>[] {
  const { namespace } = spec.destination;
  const other = permits.destinations.find((one) => one.namespace !== namespace)?.namespace ?? '';
  const source = (
    title: string,
    change: (sources: ChartApplicationObject['spec']['sources']) => void,
  ): Change<ChartApplicationObject> => [
    title,
    'application-source',
    ({ spec: { sources } }) => change(sources),
  ];
  return [
    [
      'elsewhere',
      'project-refuses',
      ({ spec: { destination } }) => {
        destination.namespace = 'elsewhere';
      },
    ],
    [
      'where another chart is',
      'application-destination',
      ({ spec: { destination } }) => {
        destination.namespace = other;
      },
    ],
    [
      'in another cluster',
      'application-destination',
      ({ spec: { destination } }) => {
        destination.server = 'https://elsewhere.example.com';
      },
    ],
    source('of another version', ([chart]) => {
      chart.targetRevision = '0.0.1';
    }),
    source('of another chart', ([chart]) => {
      chart.chart = 'another';
    }),
    source('of another name', ([chart]) => {
      chart.helm.releaseName = `${metadata.name}-2`;
    }),
    source('with the values of another environment', ([chart]) => {
      chart.helm.valueFiles = chart.helm.valueFiles.map((file) =>
        file.replace('environments/', 'environments/x-'),
      );
    }),
    source('without its values', ([chart]) => {
      chart.helm.valueFiles = [];
    }),
    source('with values of another commit', ([, values]) => {
      values.targetRevision = 'refs/heads/other';
    }),
    [
      'half automated',
      'application-prune',
      (object) => {
        object.spec.syncPolicy.automated = { enabled: true, prune: false, selfHeal: true };
      },
    ],
  ];
}

function changed<T>(object: T, change: (object: T) => void): T {
  const copy = structuredClone(object);
  change(copy);
  return copy;
}

function projectChanges({ spec }: AppProjectObject, { scene }: ArgocdHere): Change<AppProjectObject>[] {
  const server = 'https://elsewhere.example.com';
  const [first = { server: '', namespace: '' }] = spec.destinations;
  const more = (title: string, change: Change<AppProjectObject>[2]): Change<AppProjectObject> => [
    `permits ${title}`,
    'project-permits-more',
    change,
  ];
  const wild = (title: string, change: Change<AppProjectObject>[2]): Change<AppProjectObject> => [
    `with a wildcard for ${title}`,
    'project-wildcard',
    change,
  ];
  return [
    wild('repositories', (project) => void project.spec.sourceRepos.push('*')),
    wild('repositories of one host', (project) => {
      project.spec.sourceRepos = ['https://github.com/acme/*'];
    }),
    wild('namespaces', (project) => {
      project.spec.destinations = [{ ...first, namespace: `${scene.application}-*` }];
    }),
    wild('clusters', (project) => {
      project.spec.destinations = [{ ...first, server: '*' }];
    }),
    wild('kinds', (project) => void project.spec.namespaceResourceWhitelist.push({ group: '*', kind: '*' })),
    wild('what is denied', (project) => void project.spec.sourceRepos.push('!https://example.com/x')),
    wild('objects of the cluster', (project) => {
      project.spec.clusterResourceWhitelist = [{ group: '', kind: 'Namespace', name: '*' }];
    }),
    wild('every object of the cluster', (project) => {
      project.spec.clusterResourceWhitelist = [{ group: '', kind: 'Namespace' } as never];
    }),
    more('a repository', (project) => void project.spec.sourceRepos.push('https://example.com/x.git')),
    more('a cluster', (project) => void project.spec.destinations.push({ ...first, server })),
    more('a namespace', (project) => void project.spec.destinations.push({ ...first, namespace: 'other' })),
    more('a kind', (project) => {
      project.spec.namespaceResourceWhitelist.push({ group: 'rbac.authorization.k8s.io', kind: 'Role' });
    }),
    more('a kind of the same name', (project) => {
      project.spec.namespaceResourceWhitelist.push({ group: 'serving.knative.dev', kind: 'Service' });
    }),
    more('another namespace of the cluster', (project) => {
      project.spec.clusterResourceWhitelist = [{ group: '', kind: 'Namespace', name: 'other' }];
    }),
    ['without repositories', 'project-refuses', ({ spec: own }) => void own.sourceRepos.splice(0)],
    ['without destinations', 'project-refuses', ({ spec: own }) => void own.destinations.splice(0)],
    ...spec.namespaceResourceWhitelist.map(
      ({ kind }, index): Change<AppProjectObject> => [
        `without ${kind}`,
        'project-refuses',
        (project) => void project.spec.namespaceResourceWhitelist.splice(index, 1),
      ],
    ),
    ...(spec.clusterResourceWhitelist === undefined
      ? []
      : [
          [
            'without objects of the cluster',
            'project-refuses',
            (project: AppProjectObject) => void delete project.spec.clusterResourceWhitelist,
          ] as const,
        ]),
    [
      'of another name',
      'project-refuses',
      ({ metadata }) => {
        metadata.name = 'other';
      },
    ],
  ];
}

function applicationChanges(
  { metadata, spec }: ApplicationObject,
  { name, production, argocd }: Environment,
): Change<ApplicationObject>[] {
  const paths = metadata.annotations[PATHS];
  const setPaths = (text: string | undefined) => (application: ApplicationObject) => {
    const { annotations } = application.metadata;
    if (text === undefined) delete (annotations as Record<string, string>)[PATHS];
    else annotations[PATHS] = text;
  };
  const other = name === 'production' ? 'staging' : 'production';
  const mayCascade = metadata.finalizers !== undefined;
  return [
    [
      'of the default project',
      'project-refuses',
      (one) => {
        one.spec.project = 'default';
      },
    ],
    [
      'from elsewhere',
      'project-refuses',
      ({ spec: { source } }) => {
        source.repoURL = 'https://github.com/acme/other.git';
      },
    ],
    [
      'of another path',
      'application-source',
      ({ spec: { source } }) => {
        source.path += 'x';
      },
    ],
    [
      'of the other environment',
      'application-source',
      ({ spec: { source } }) => {
        source.path = source.path.replace(name, other);
      },
    ],
    [
      'with values',
      'application-source',
      ({ spec: { source } }) => {
        source.helm = { releaseName: 'x', valueFiles: ['values.yaml'] };
      },
    ],
    ...['main', 'HEAD', '', '*', 'v1', 'abcdef1'].map(
      (revision): Change<ApplicationObject> => [
        `at ${JSON.stringify(revision)}`,
        'application-source',
        (one) => {
          one.spec.source.targetRevision = revision;
        },
      ],
    ),
    [
      'to the namespace of the other environment',
      'application-destination',
      (one) => {
        one.spec.destination.namespace = spec.destination.namespace.replace(name, other).concat('x');
      },
    ],
    [
      'to another cluster',
      'application-destination',
      (one) => {
        one.spec.destination.server = 'https://elsewhere.example.com';
      },
    ],
    ['without paths', 'application-paths', setPaths(undefined)],
    ['with all paths', 'application-paths', setPaths('/')],
    ['with too many paths', 'application-paths', setPaths(`${paths};/base`)],
    ['with relative paths', 'application-paths', setPaths('.')],
    ['with too few paths', 'application-paths', setPaths(paths.split(';').slice(1).join(';'))],
    ...(mayCascade
      ? []
      : [CASCADE, `${CASCADE}/background`].map(
          (finalizer): Change<ApplicationObject> => [
            `with ${finalizer}`,
            'application-cascades',
            (one) => {
              one.metadata.finalizers = [finalizer];
            },
          ],
        )),
    ...(production
      ? [
          [
            'that syncs by itself',
            'application-automated',
            (one: ApplicationObject) => {
              one.spec.syncPolicy.automated = { enabled: true, prune: true, selfHeal: true };
            },
          ] as const,
        ]
      : []),
    ...(argocd?.scene.settings.sync === 'automated' ? automatedChanges : []),
    [
      'of another name',
      'application-missing',
      (one) => {
        one.metadata.name += 'x';
      },
    ],
  ];
}

const automatedChanges: readonly Change<ApplicationObject>[] = [
  ...(['prune', 'selfHeal'] as const).map(
    (key): Change<ApplicationObject> => [
      `without ${key}`,
      'application-prune',
      ({ spec: { syncPolicy } }) => {
        if (syncPolicy.automated !== undefined) syncPolicy.automated[key] = false;
      },
    ],
  ),
  [
    'that tries the old commit again',
    'application-prune',
    (one) => {
      if (one.spec.syncPolicy.retry !== undefined) one.spec.syncPolicy.retry.refresh = false;
    },
  ],
  ['that does not try again', 'application-prune', (one) => void delete one.spec.syncPolicy.retry],
];

/** For each call, the callee in a wave after all others; and nothing in any wave. */
function waveChanges({ scene }: ArgocdHere): Change<ApplicationObject>[] {
  const calls = [...scene.units].flatMap(([unit, { calls: callees }]) =>
    callees.filter((callee) => scene.units.has(callee)).map((callee) => ({ unit, callee })),
  );
  return calls.flatMap(({ unit, callee }): Change<ApplicationObject>[] => [
    [
      `${callee} after ${unit}`,
      'application-wave',
      ({ metadata }) => {
        if (metadata.name === applicationName(scene, callee)) metadata.annotations[WAVE] = '999';
      },
    ],
    [
      `${unit} before ${callee}`,
      'application-wave',
      ({ metadata }) => {
        if (metadata.name === applicationName(scene, unit)) metadata.annotations[WAVE] = '0';
      },
    ],
    [
      `${callee} in no wave`,
      'application-wave',
      ({ metadata }) => {
        if (metadata.name === applicationName(scene, callee)) delete metadata.annotations[WAVE];
      },
    ],
  ]);
}
