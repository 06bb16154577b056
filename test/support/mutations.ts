/** Every leaf of the sample's objects made wrong, one at a time, with the check that must see it. */

import type { Environment, World } from '../../generators/check/world.ts';
import { serviceHere } from '../../generators/check/world.ts';
import { isMap, type Json } from '../../generators/json/json.ts';
import type { KubernetesObject } from '../../generators/model/object.ts';

/** One thing made wrong, and the check that must tell it. */
export interface Mutation {
  title: string;
  expected: string;
  world: World;
}

type Path = readonly (string | number)[];

/** What to make of leaves whose kind and path match; `undefined` deletes them. */
interface Row {
  at: RegExp;
  to: (value: Json) => Json | undefined;
  expected: string;
}

const wrong = (value: Json): Json =>
  typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;
const row = (at: RegExp, expected: string, to: Row['to'] = wrong): Row => ({ at, to, expected });
const gone = () => undefined;
const set = (value: Json) => () => value;

const POD = 'Deployment\\.spec\\.template\\.spec';
const pod = (path: string): RegExp => new RegExp(`^${POD}\\.${path}$`);
const box = (path: string): RegExp => pod(`containers\\.0\\.${path}`);
/** A field of the pod of a hook. */
const job = (path: string): RegExp => new RegExp(`^Job\\.spec\\.template\\.spec\\.${path}$`);
/** An annotation of an object of a hook. */
const hooked = (annotation: string): RegExp =>
  new RegExp(`^[A-Za-z]+\\.metadata\\.annotations\\.${annotation}$`);

/** Leaves with a rule of their own; every other leaf must be what inputs say, which parity sees. The first row that matches counts. */
const VALUES: readonly Row[] = [
  row(/^(Deployment|StatefulSet)\.spec\.selector\./, 'selector-mismatch'),
  row(/^Job\.spec\.template\.metadata\.labels\.app\.kubernetes\.io\/name$/, 'selector-mismatch'),
  row(/^Job\.spec\.template\.metadata\.labels\./, 'labels-differ'),
  row(job('serviceAccountName'), 'service-account-unresolved'),
  row(job('automountServiceAccountToken'), 'security-token-mounted'),
  row(job('securityContext\\.runAsNonRoot'), 'security-root-user'),
  row(job('securityContext\\.runAs(User|Group)'), 'security-root-user', set(0)),
  row(job('securityContext\\.seccompProfile\\.type'), 'security-seccomp', set('Unconfined')),
  row(job('volumes\\.\\d\\.(name|configMap\\.name)'), 'volume-unresolved'),
  row(job('containers\\.0\\.volumeMounts\\.\\d\\.(name|subPath)'), 'volume-unresolved'),
  row(job('containers\\.0\\.env\\.\\d\\.valueFrom\\.secretKeyRef\\.(name|key)'), 'secret-unresolved'),
  row(job('containers\\.0\\.image'), 'image-not-pinned', (value) =>
    String(value).replace(/:[^:/]*$/, ':latest'),
  ),
  row(job('containers\\.0\\.resources\\.limits\\.memory'), 'limits-refuse-pods', set('1Mi')),
  row(job('containers\\.0\\.securityContext\\.allowPrivilegeEscalation'), 'security-privileges'),
  row(job('containers\\.0\\.securityContext\\.readOnlyRootFilesystem'), 'security-root-writable'),
  row(hooked('argocd\\.argoproj\\.io/hook'), 'hook-too-early'),
  row(hooked('helm\\.sh/hook'), 'hook-too-early'),
  row(
    /^Job\.metadata\.annotations\.(argocd\.argoproj\.io\/sync-wave|helm\.sh\/hook-weight)$/,
    'hook-too-early',
    set('-1'),
  ),
  row(hooked('(argocd\\.argoproj\\.io/sync-wave|helm\\.sh/hook-weight)'), 'hook-too-early', set('9')),
  row(
    hooked('(argocd\\.argoproj\\.io|helm\\.sh)/hook-delete-policy'),
    'hook-not-replaced',
    set('HookSucceeded'),
  ),
  row(/^Deployment\.spec\.template\.metadata\.labels\.app\.kubernetes\.io\/name$/, 'selector-mismatch'),
  row(/^Deployment\.spec\.template\.metadata\.labels\./, 'labels-differ'),
  row(/^Service\.metadata\.labels\.app\.kubernetes\.io\/name$/, 'monitor-unresolved'),
  row(
    /^(?!Namespace|Gateway|LimitRange|ResourceQuota|platform)[A-Za-z]+\.metadata\.labels\./,
    'labels-differ',
  ),
  row(/^Deployment\.spec\.strategy\.type$/, 'rollout-below-needed', set('Recreate')),
  row(/^Deployment\.spec\.strategy\.rollingUpdate\.maxUnavailable$/, 'rollout-below-needed', set('100%')),
  row(pod('terminationGracePeriodSeconds'), 'grace-below-drain', set(3)),
  row(pod('serviceAccountName'), 'service-account-unresolved'),
  row(pod('automountServiceAccountToken'), 'security-token-mounted'),
  row(pod('securityContext\\.runAsNonRoot'), 'security-root-user'),
  row(pod('securityContext\\.runAs(User|Group)'), 'security-root-user', set(0)),
  row(pod('securityContext\\.seccompProfile\\.type'), 'security-seccomp', set('Unconfined')),
  row(pod('topologySpreadConstraints\\.\\d\\.whenUnsatisfiable'), 'spread-blocks-pods', set('DoNotSchedule')),
  row(pod('topologySpreadConstraints\\.\\d\\.labelSelector\\..*'), 'selector-mismatch'),
  row(pod('volumes\\.\\d\\.(name|configMap\\.name)'), 'volume-unresolved'),
  row(box('volumeMounts\\.\\d\\.(name|subPath)'), 'volume-unresolved'),
  row(box('image'), 'image-not-pinned', (value) => String(value).replace(/:[^:/]*$/, ':latest')),
  row(box('ports\\.0\\.(name|protocol)'), 'service-port-unresolved', (value) =>
    value === 'TCP' ? 'UDP' : wrong(value),
  ),
  row(box('ports\\.0\\.containerPort'), 'ingress-blocked'),
  row(box('(readiness|liveness|startup)Probe\\.httpGet\\.port'), 'probe-port-unresolved'),
  row(box('livenessProbe\\.(periodSeconds|failureThreshold)'), 'restart-before-removal', set(1)),
  row(box('lifecycle\\.preStop\\.sleep\\.seconds'), 'drain-too-short', set(1)),
  row(box('resources\\.limits\\.memory'), 'limits-refuse-pods', set('1Mi')),
  row(box('securityContext\\.allowPrivilegeEscalation'), 'security-privileges'),
  row(box('securityContext\\.readOnlyRootFilesystem'), 'security-root-writable'),
  row(box('securityContext\\.capabilities\\.drop\\.0'), 'security-capabilities', set('CHOWN')),
  row(/^Service\.spec\.selector\./, 'selector-mismatch'),
  row(/^Service\.spec\.ports\.0\.(targetPort|protocol)$/, 'service-port-unresolved', (value) =>
    value === 'TCP' ? 'UDP' : wrong(value),
  ),
  row(/^Service\.spec\.ports\.0\.name$/, 'monitor-unresolved'),
  row(/^PodDisruptionBudget\.spec\.selector\./, 'selector-mismatch'),
  row(/^PodDisruptionBudget\.spec\.maxUnavailable$/, 'budget-blocks-drain', set(0)),
  row(/^NetworkPolicy\.spec\.podSelector\./, 'selector-mismatch'),
  row(/^NetworkPolicy\.spec\.policyTypes\./, 'policy-incomplete', set('')),
  row(/^NetworkPolicy\.spec\.egress\.0\./, 'policy-incomplete'),
  row(/^NetworkPolicy\.spec\.(ingress|egress)\.\d\.(from|to)\.\d\.podSelector\./, 'connection-one-sided'),
  row(/^NetworkPolicy\.spec\.ingress\.\d\.from\.\d\.namespaceSelector\./, 'ingress-blocked'),
  row(/^HorizontalPodAutoscaler\.spec\.scaleTargetRef\./, 'autoscaler-unresolved'),
  row(/^ServiceMonitor\.spec\.selector\./, 'monitor-unresolved'),
  row(/^ServiceMonitor\.spec\.endpoints\.0\.port$/, 'monitor-unresolved'),
  row(/^PrometheusRule\.spec\.groups\.\d+\.rules\.\d+\.expr$/, 'metric-unknown', (value) =>
    String(value).replace(/(slo:|kube_|up\{|probe_|argocd_|externalsecret_|http_|vector\()/, (found) =>
      found === 'vector(' ? 'sum(gone) + vector(' : `gone_${found.replace('slo:', 'slo:gone_')}`,
    ),
  ),
  row(/^HTTPRoute\.spec\.rules\.0\.backendRefs\.0\.(name|port)$/, 'route-backend-unresolved'),
  row(/^HTTPRoute\.spec\.parentRefs\.0\.(name|sectionName)$/, 'route-gateway-unresolved'),
  row(/^HTTPRoute\.spec\.hostnames\.0$/, 'route-gateway-unresolved'),
  row(/^ExternalSecret\.spec\.secretStoreRef\./, 'secret-store-unresolved'),
  row(/^ExternalSecret\.spec\.(target\.name|data\.\d\.secretKey)$/, 'secret-unresolved'),
  row(/^SecretStore\.metadata\.name$/, 'secret-store-unresolved'),
  row(/^SecretStore\.spec\..*serviceAccountRef\.name$/, 'secret-store-unresolved'),
  row(box('env\\.\\d\\.valueFrom\\.secretKeyRef\\.(name|key)'), 'secret-unresolved'),
  row(/^ServiceAccount\.metadata\.name$/, 'service-account-unresolved'),
  row(/^ConfigMap\.metadata\.name$/, 'volume-unresolved'),
  row(/^Deployment\.metadata\.name$/, 'undeclared-difference'),
  row(/^Gateway\.metadata\.name$/, 'route-gateway-unresolved'),
  row(/^Gateway\.spec\.listeners\.\d\.name$/, 'route-gateway-unresolved'),
  row(/^ResourceQuota\.spec\.hard\./, 'quota-too-small', set('1m')),
  row(/^Namespace\.metadata\.annotations\.argocd/, 'confirmation-missing'),
  row(/^LimitRange\.spec\.limits\.0\.default\.memory$/, 'undeclared-difference'),
];

/** Values that are taken away, with the rule that misses them. */
const DELETIONS: readonly Row[] = [
  row(/^Deployment\.spec\.strategy$/, 'undeclared-difference', gone),
  row(/^Job\.spec\.(activeDeadlineSeconds|ttlSecondsAfterFinished)$/, 'hook-without-end', gone),
  row(/^Job\.metadata\.annotations$/, 'hook-not-replaced', gone),
  row(hooked('(argocd\\.argoproj\\.io|helm\\.sh)/hook'), 'hook-not-replaced', gone),
  row(hooked('(argocd\\.argoproj\\.io|helm\\.sh)/hook-delete-policy'), 'hook-not-replaced', gone),
  row(job('containers\\.0\\.resources'), 'resources-missing', gone),
  row(job('containers\\.0\\.securityContext'), 'security-privileges', gone),
  row(job('automountServiceAccountToken'), 'security-token-mounted', gone),
  row(/^Namespace\.metadata\.annotations$/, 'confirmation-missing', gone),
  row(/^Deployment\.spec\.template\.spec\.securityContext$/, 'security-root-user', gone),
  row(pod('securityContext\\.runAsNonRoot'), 'security-root-user', gone),
  row(pod('securityContext\\.seccompProfile'), 'security-seccomp', gone),
  row(pod('automountServiceAccountToken'), 'security-token-mounted', gone),
  row(pod('serviceAccountName'), 'service-account-unresolved', gone),
  row(pod('volumes'), 'volume-unresolved', gone),
  row(box('securityContext'), 'security-privileges', gone),
  row(box('securityContext\\.allowPrivilegeEscalation'), 'security-privileges', gone),
  row(box('securityContext\\.capabilities'), 'security-capabilities', gone),
  row(box('securityContext\\.readOnlyRootFilesystem'), 'security-root-writable', gone),
  row(box('resources'), 'resources-missing', gone),
  row(box('resources\\.requests\\.(cpu|memory)'), 'resources-missing', gone),
  row(box('resources\\.limits\\.memory'), 'resources-missing', gone),
  row(box('(readiness|liveness)Probe'), 'probe-missing', gone),
  row(box('lifecycle'), 'drain-too-short', gone),
  row(box('ports'), 'probe-port-unresolved', gone),
  row(box('volumeMounts'), 'volume-unresolved', gone),
  row(/^NetworkPolicy\.spec\.egress$/, 'policy-incomplete', gone),
  row(/^NetworkPolicy\.spec\.egress\.1$/, 'connection-one-sided', gone),
  row(/^NetworkPolicy\.spec\.ingress$/, 'ingress-blocked', gone),
  row(
    /^(NetworkPolicy|PodDisruptionBudget|Service)\.spec\.(podSelector|selector)\.matchLabels$/,
    'selector-mismatch',
    gone,
  ),
  row(/^Service\.spec\.selector$/, 'selector-mismatch', gone),
  row(/^Service\.spec\.ports$/, 'monitor-unresolved', gone),
  row(/^HTTPRoute\.spec\.parentRefs\.0\.sectionName$/, 'undeclared-difference', gone),
  row(
    /^PrometheusRule\.spec\.groups\.\d+\.rules\.\d+\.(labels\.(severity|team)|annotations\.[a-z_]+)$/,
    'alert-incomplete',
    gone,
  ),
];

/** Things added to every pod. */
const ADDITIONS: readonly [string, string, (pod: PodSpec) => void][] = [
  ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).map((key): [string, string, (pod: PodSpec) => void] => [
    key,
    'security-host',
    (pod) => {
      pod[key] = true;
    },
  ]),
  [
    'hostPort',
    'security-host',
    ({ containers: [first] }) => {
      first.ports = [...(first.ports ?? []), { name: 'node', containerPort: 1, hostPort: 81 }];
    },
  ],
  [
    'sysctl',
    'security-host',
    (pod) => {
      pod.securityContext['sysctls'] = [{ name: 'kernel.msgmax', value: '1' }];
    },
  ],
  [
    'privileged',
    'security-privileges',
    ({ containers: [first] }) => {
      first.securityContext['privileged'] = true;
    },
  ],
  [
    'procMount',
    'security-privileges',
    ({ containers: [first] }) => {
      first.securityContext['procMount'] = 'Unmasked';
    },
  ],
  [
    'SELinux',
    'security-privileges',
    ({ containers: [first] }) => {
      first.securityContext['seLinuxOptions'] = { user: 'system_u' };
    },
  ],
  [
    'AppArmor',
    'security-privileges',
    (pod) => {
      pod.securityContext['appArmorProfile'] = { type: 'Unconfined' };
    },
  ],
  [
    'hostProcess',
    'security-privileges',
    (pod) => {
      pod.securityContext['windowsOptions'] = { hostProcess: true };
    },
  ],
  [
    'NET_ADMIN',
    'security-capabilities',
    ({ containers: [first] }) => {
      first.securityContext['capabilities'] = { drop: ['ALL'], add: ['NET_ADMIN'] };
    },
  ],
  [
    'root in the container',
    'security-root-user',
    ({ containers: [first] }) => {
      first.securityContext['runAsUser'] = 0;
    },
  ],
  [
    'maybe root in the container',
    'security-root-user',
    ({ containers: [first] }) => {
      first.securityContext['runAsNonRoot'] = false;
    },
  ],
  [
    'hostPath',
    'security-volume-type',
    (pod) => {
      pod['volumes'] = [{ name: 'node', hostPath: { path: '/' } }];
    },
  ],
  [
    'nfs',
    'security-volume-type',
    (pod) => {
      pod['volumes'] = [{ name: 'share', nfs: { server: 'x', path: '/' } }];
    },
  ],
  [
    'init container without anything',
    'security-privileges',
    (pod) => {
      pod['initContainers'] = [{ name: 'init', image: 'busybox:1' }];
    },
  ],
  [
    'init container of any version',
    'image-not-pinned',
    (pod) => {
      pod['initContainers'] = [{ name: 'init', image: 'registry.example.com:5000/busybox' }];
    },
  ],
];

interface PodSpec {
  [key: string]: unknown;
  securityContext: Record<string, unknown>;
  containers: [{ ports?: unknown[]; securityContext: Record<string, unknown> }];
}

/** All mutations of all objects of some environments. */
export const objectMutations = (world: World): Mutation[] =>
  [...world.values()].flatMap((environment) =>
    unitsOf(environment).flatMap(({ service, objects }) =>
      objects.flatMap((object, index) => {
        const replace = (changed: KubernetesObject | undefined): World =>
          changedWorld(
            world,
            environment,
            service,
            changed === undefined ? objects.toSpliced(index, 1) : objects.with(index, changed),
          );
        const title = `${environment.name} ${service ?? 'platform'} ${object.kind}/${object.metadata.name}`;
        return [
          ...fieldMutations(object).map(({ path, expected, value }) => ({
            title: `${title} ${path.join('.')} ${value === undefined ? 'deleted' : `= ${JSON.stringify(value)}`}`,
            expected: exception(environment, service, object, path) ?? expected,
            world: replace(changedAt(object as unknown as Json, path, value) as unknown as KubernetesObject),
          })),
          ...(['Deployment', 'Job'].includes(object.kind)
            ? additions(object).map(({ name, expected, changed }) => ({
                title: `${title} with ${name}`,
                expected,
                world: replace(changed),
              }))
            : []),
          {
            title: `${title} deleted`,
            expected: missedWithout(environment, service, object),
            world: replace(undefined),
          },
          {
            title: `${title} of an old API`,
            expected: OLD[object.kind] === undefined ? 'undeclared-difference' : 'api-removed',
            world: replace({ ...object, apiVersion: OLD[object.kind] ?? 'example.com/v1' }),
          },
        ];
      }),
    ),
  );

/** What is missed when an object of a kind is not there. */
const DELETED: Readonly<Record<string, string>> = {
  ServiceAccount: 'service-account-unresolved',
  ConfigMap: 'volume-unresolved',
  Service: 'monitor-unresolved',
  NetworkPolicy: 'policy-incomplete',
  Deployment: 'selector-mismatch',
  Job: 'selector-mismatch',
  Gateway: 'route-gateway-unresolved',
  ExternalSecret: 'secret-unresolved',
  SecretStore: 'secret-store-unresolved',
  PodDisruptionBudget: 'budget-missing',
};

/** A budget is missed in production only; the identity of the platform by the secret store alone. */
function missedWithout(
  { production }: Environment,
  service: string | undefined,
  { kind }: KubernetesObject,
): string {
  if (service === undefined && kind === 'ServiceAccount') return 'secret-store-unresolved';
  if (service === undefined && kind === 'ExternalSecret') return 'stack-secret-unresolved';
  if (service === undefined && kind === 'ConfigMap') return 'undeclared-difference';
  const idle = kind === 'PodDisruptionBudget' && !production;
  return (idle ? undefined : DELETED[kind]) ?? 'undeclared-difference';
}

/** A version of each kind's API that is no longer served. */
const OLD: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1beta2',
  HorizontalPodAutoscaler: 'autoscaling/v2beta2',
  PodDisruptionBudget: 'policy/v1beta1',
  NetworkPolicy: 'extensions/v1beta1',
};

/** Where the sample has not what the row is about, and parity alone sees the mutation. */
function exception(
  { name }: Environment,
  service: string | undefined,
  { kind, metadata }: KubernetesObject,
  path: Path,
): string | undefined {
  const text = path.join('.');
  if (service === undefined && kind === 'ServiceAccount')
    return text === 'metadata.name' ? 'secret-store-unresolved' : 'undeclared-difference';
  if (service === undefined && text.startsWith('metadata.labels')) return 'undeclared-difference';
  if (
    service === undefined &&
    kind === 'ExternalSecret' &&
    /^spec\.(target\.name|data\.\d\.secretKey)$/.test(text)
  )
    return 'stack-secret-unresolved';
  // A dashboard: its text is JSON no longer.
  if (service === undefined && kind === 'ConfigMap')
    return text.startsWith('data.') ? 'dashboard-incomplete' : 'undeclared-difference';
  // One pod and the one that takes its place: there is room.
  if (text.endsWith('whenUnsatisfiable') && name === 'staging' && service === 'restocker')
    return 'undeclared-difference';
  if (kind === 'HTTPRoute' && metadata.name === 'redirect-to-https' && text.startsWith('spec.rules'))
    return 'undeclared-difference';
  return undefined;
}

const unitsOf = ({
  services,
  platformObjects,
}: Environment): { service: string | undefined; objects: readonly KubernetesObject[] }[] => [
  { service: undefined, objects: platformObjects },
  ...[...services.values()].map(({ name, objects }) => ({ service: name, objects })),
];

function changedWorld(
  world: World,
  environment: Environment,
  service: string | undefined,
  objects: readonly KubernetesObject[],
): World {
  const here = service === undefined ? undefined : environment.services.get(service);
  const changed: Environment =
    here === undefined
      ? { ...environment, platformObjects: objects }
      : {
          ...environment,
          services: new Map(environment.services).set(here.name, serviceHere(here.name, here.state, objects)),
        };
  return new Map(world).set(environment.name, changed);
}

interface FieldMutation {
  path: Path;
  value: Json | undefined;
  expected: string;
}

function fieldMutations(object: KubernetesObject): FieldMutation[] {
  const places = placesIn(object as unknown as Json, []).filter(({ path }) => isSampled(object.kind, path));
  const text = (path: Path) => [object.kind, ...path].join('.');
  return places.flatMap(({ path, value }): FieldMutation[] => {
    if (path.length === 1 && ['apiVersion', 'kind'].includes(String(path[0]))) return [];
    const leaf = typeof value !== 'object' || value === null;
    const found = VALUES.find(({ at }) => at.test(text(path)));
    const deleted = DELETIONS.find(({ at }) => at.test(text(path)));
    const changed = found?.to(value) ?? wrong(value);
    return [
      ...(leaf ? [{ path, value: changed, expected: found?.expected ?? 'undeclared-difference' }] : []),
      ...(deleted === undefined ? [] : [{ path, value: undefined, expected: deleted.expected }]),
    ];
  });
}

/** Rules are many and alike: of each group the first, and of the first group the first alert. */
const isSampled = (kind: string, [, , group, , rule]: Path): boolean =>
  kind !== 'PrometheusRule' || rule === undefined || rule === 0 || (group === 0 && rule === 4);

const placesIn = (value: Json, path: Path): { path: Path; value: Json }[] => {
  const here = path.length === 0 ? [] : [{ path, value }];
  if (Array.isArray(value))
    return [...here, ...value.flatMap((item, index) => placesIn(item, [...path, index]))];
  if (!isMap(value)) return here;
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
};

function changedAt(value: Json, [step, ...rest]: Path, inner: Json | undefined): Json {
  if (Array.isArray(value)) {
    const index = Number(step);
    if (rest.length === 0) return inner === undefined ? value.toSpliced(index, 1) : value.with(index, inner);
    return value.with(index, changedAt(value[index] ?? null, rest, inner));
  }
  if (!isMap(value) || step === undefined) return value;
  const { [step]: old = null, ...others } = value;
  if (rest.length > 0) return { ...value, [step]: changedAt(old, rest, inner) };
  return inner === undefined ? others : { ...value, [step]: inner };
}

function additions(
  object: KubernetesObject,
): { name: string; expected: string; changed: KubernetesObject }[] {
  return ADDITIONS.map(([name, expected, change]) => {
    const changed = structuredClone(object);
    change((changed as unknown as { spec: { template: { spec: PodSpec } } }).spec.template.spec);
    return { name, expected, changed };
  });
}
