import { credentialsOf } from '../../../generators/resolve/autoscaling.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { Service } from '../../../generators/schema/service.ts';
import type { ServiceKind } from '../../../generators/schema/service-kinds.ts';
import type { Dice } from './dice.ts';
import { REPOSITORIES, VARIABLES } from './service.ts';

type Value = Record<string, unknown>;

const WORKLOADS: Readonly<Record<ServiceKind, string>> = {
  web: 'Deployment',
  worker: 'Deployment',
  cron: 'CronJob',
  stateful: 'StatefulSet',
};

/** The kinds of object that a service has. */
export function kindsOf(service: Service, { routing, monitoring }: Platform): string[] {
  const workloads =
    service.rollout === undefined
      ? [WORKLOADS[service.kind as ServiceKind]]
      : ['Rollout', 'AnalysisTemplate'];
  const kinds = [...workloads, 'ServiceAccount', 'NetworkPolicy'];
  if (service.kind !== 'cron') kinds.push('PodDisruptionBudget');
  const answering = service.kind === 'web' || Object.keys(service.ports ?? {}).length > 0;
  if (service.kind === 'web' || service.kind === 'stateful') kinds.push('Service');
  if (Object.keys(service.files ?? {}).length > 0) kinds.push('ConfigMap');
  if (service.secrets !== undefined) kinds.push('ExternalSecret');
  if (service.sealed !== undefined) kinds.push('SealedSecret');
  if (Object.keys(service.hooks ?? {}).length > 0) kinds.push('Job');
  const triggers = Object.values(service.autoscaling?.triggers ?? {});
  if (service.autoscaling !== undefined)
    kinds.push(triggers.length === 0 ? 'HorizontalPodAutoscaler' : 'ScaledObject');
  if (triggers.some((one) => one.sqs !== undefined || Object.keys(credentialsOf(one)).length > 0))
    kinds.push('TriggerAuthentication');
  if (routing.kind === 'gateway' && Object.keys(service.route?.hosts ?? {}).length > 0)
    kinds.push('HTTPRoute');
  if (routing.kind === 'ingress' && service.route !== undefined) kinds.push('Ingress');
  const monitored = service.kind === 'web' || (service.kind === 'stateful' && answering);
  if (monitored && service.metrics !== undefined && monitoring?.serviceMonitors === true)
    kinds.push('ServiceMonitor');
  return kinds;
}

/** Strategic merge patches for some of the kinds of a service. */
export function patches(dice: Dice, name: string, kinds: readonly string[]): Record<string, Value> {
  const workloads: readonly string[] = [...Object.values(WORKLOADS), 'Rollout'];
  const chosen = kinds.filter((kind) => dice.chance(workloads.includes(kind) ? 60 : 20));
  return Object.fromEntries(
    chosen.map((kind) => {
      const spec = MAKERS[kind]?.(dice, name);
      return [kind, { metadata: metadata(dice), ...spec }];
    }),
  );
}

function metadata(dice: Dice): Value {
  const keys = dice.some(['example.com/note', 'a.b~c', 'no', 'constructor']);
  return {
    annotations: Object.fromEntries(keys.map((key) => [key, dice.text()])),
    ...(dice.chance(30) ? { labels: { 'example.com/tier': dice.pick(['no', '1e3', 'front']) } } : {}),
  };
}

/** Some of the parts, each made only when it is wanted. */
function partly(dice: Dice, likely: number, parts: Readonly<Record<string, () => unknown>>): Value {
  return Object.fromEntries(
    Object.entries(parts)
      .filter(() => dice.chance(likely))
      .map(([key, make]) => [key, make()]),
  );
}

const deployment = (dice: Dice, name: string): Value => ({
  spec: {
    ...partly(dice, 20, {
      minReadySeconds: () => dice.integer(0, 9),
      revisionHistoryLimit: () => (dice.chance(50) ? null : dice.integer(0, 9)),
      strategy: () =>
        dice.chance(50)
          ? { type: 'Recreate', rollingUpdate: null }
          : {
              $patch: 'replace',
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: dice.pick(['25%', '50%']) },
            },
    }),
    template: podTemplate(dice, name),
  },
});

const rollout = (dice: Dice, name: string): Value => ({
  spec: {
    ...partly(dice, 20, {
      minReadySeconds: () => dice.integer(0, 9),
      progressDeadlineSeconds: () => dice.integer(1, 900),
      strategy: () => ({
        canary: dice.pick([
          { maxSurge: '50%', maxUnavailable: null },
          { scaleDownDelaySeconds: 60, dynamicStableScale: true },
          { steps: [{ setWeight: 7 }, { pause: {} }] },
          { analysis: null },
        ]),
      }),
    }),
    template: podTemplate(dice, name),
  },
});

const statefulSet = (dice: Dice, name: string): Value => ({
  spec: {
    ...partly(dice, 20, {
      podManagementPolicy: () => dice.pick([null, 'Parallel']),
      ordinals: () => ({ start: dice.integer(0, 2) }),
      updateStrategy: () => ({ type: 'RollingUpdate', rollingUpdate: { partition: dice.integer(0, 2) } }),
      persistentVolumeClaimRetentionPolicy: () => dice.pick([null, { whenScaled: 'Delete' }]),
      volumeClaimTemplates: () => [
        { metadata: { name: 'other' }, spec: { resources: { requests: { storage: '1Gi' } } } },
      ],
    }),
    template: podTemplate(dice, name),
  },
});

const cronJob = (dice: Dice, name: string): Value => ({
  spec: {
    ...partly(dice, 20, {
      startingDeadlineSeconds: () => dice.pick([null, 30]),
      timeZone: () => dice.pick([null, 'Etc/UTC']),
      suspend: () => dice.chance(50),
    }),
    jobTemplate: {
      ...(dice.chance(20) ? { metadata: metadata(dice) } : {}),
      spec: {
        ...partly(dice, 20, {
          backoffLimit: () => dice.pick([null, 9]),
          podFailurePolicy: () => ({
            rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: dice.shuffled([1, 2, 3]) } }],
          }),
        }),
        template: podTemplate(dice, name),
      },
    },
  },
});

const podTemplate = (dice: Dice, name: string): Value => ({
  ...(dice.chance(20) ? { metadata: metadata(dice) } : {}),
  spec: podSpec(dice, name),
});

const podSpec = (dice: Dice, name: string): Value =>
  partly(dice, 20, {
    nodeSelector: () => ({ 'kubernetes.io/arch': dice.pick(['amd64', 'arm64']) }),
    tolerations: () =>
      dice
        .some(['a', 'b', 'null'])
        .map((key) => ({ key, operator: 'Exists', effect: dice.pick(['NoSchedule', 'NoExecute']) })),
    hostAliases: () =>
      dice
        .some(['127.0.0.1', '10.0.0.1', '::1'])
        .map((ip) => ({ ip, hostnames: dice.shuffled(['a', 'no', 'b']) })),
    dnsConfig: () => ({
      nameservers: dice.shuffled(['1.1.1.1', '8.8.8.8']),
      options: dice
        .some(['ndots', 'edns0'])
        .map((option) => ({ name: option, value: dice.pick(['2', '5']) })),
    }),
    topologySpreadConstraints: () => (dice.chance(50) ? null : [spread(dice)]),
    affinity: () => ({ nodeAffinity: nodeAffinity(dice) }),
    imagePullSecrets: () => dice.some(['extra', 'registry']).map((secret) => ({ name: secret })),
    securityContext: () => ({
      supplementalGroups: dice.shuffled([1, 2, 3]),
      runAsUser: dice.pick([null, 7]),
    }),
    initContainers: () => dice.some(['migrate', 'no']).map((container) => extraContainer(dice, container)),
    containers: () => [
      ownContainer(dice, name),
      ...dice.some(['proxy', '1e3']).map((other) => extraContainer(dice, other)),
    ],
    volumes: () => dice.some(['secrets', 'scratch-extra']).map((volume) => extraVolume(dice, volume)),
    terminationGracePeriodSeconds: () => dice.pick([null, 99]),
    priorityClassName: () => dice.pick(['no', 'high']),
  });

const spread = (dice: Dice): Value => ({
  maxSkew: dice.integer(1, 3),
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'DoNotSchedule',
});

const nodeAffinity = (dice: Dice): Value => ({
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'disk', operator: 'In', values: dice.shuffled(['ssd', 'no', '1e3']) }] },
    ],
  },
});

function extraVolume(dice: Dice, name: string): Value {
  const ways: readonly [Value, ...Value[]] = [
    { emptyDir: {} },
    { emptyDir: { sizeLimit: '1Gi' } },
    { secret: { secretName: 'x', items: [{ key: 'a', path: 'b' }] } },
    { projected: { sources: [{ configMap: { name: 'c' } }, { secret: { name: 'd' } }] } },
  ];
  return { name, ...dice.pick(ways) };
}

const variable = (dice: Dice, name: string): Value => {
  const roll = dice.integer(0, 3);
  if (roll === 0) return { name, $patch: 'delete' };
  if (roll === 1) return { name, value: null, valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
  return { name, value: dice.text() };
};

const ownContainer = (dice: Dice, name: string): Value => ({
  name,
  ...partly(dice, 20, {
    env: () => dice.some([...VARIABLES, 'EXTRA']).map((key) => variable(dice, key)),
    envFrom: () => dice.some(['a', 'b']).map((source) => ({ configMapRef: { name: source } })),
    ports: () => [
      { containerPort: dice.pick([7000, 53]), protocol: dice.pick(['TCP', 'UDP']), name: 'extra' },
    ],
    resources: () => dice.pick([null, { limits: { 'nvidia.com/gpu': 1 } }, { requests: { cpu: null } }]),
    lifecycle: () => dice.pick([null, { postStart: { exec: { command: ['sh', '-c', dice.text()] } } }]),
    securityContext: () => ({ capabilities: { add: dice.some(['NET_ADMIN', 'SYS_TIME']) } }),
    livenessProbe: () => null,
    volumeMounts: () => [{ mountPath: '/mnt', name: 'scratch-extra' }],
    workingDir: () => dice.pick(['/no', '/']),
    imagePullPolicy: () => dice.pick(['Always', 'IfNotPresent']),
    args: () => [dice.text()],
  }),
});

const extraContainer = (dice: Dice, name: string): Value => ({
  name,
  image: `${dice.pick([...REPOSITORIES])}:${dice.pick(['1.0.0', '1e3', 'no'])}`,
  ...partly(dice, 30, {
    env: () => dice.some(['A', 'null']).map((key) => ({ name: key, value: dice.text() })),
    ports: () => [
      { containerPort: dice.pick([7001, 53]), protocol: dice.pick(['TCP', 'UDP']), name: 'side' },
    ],
    command: () => [dice.text(), dice.text()],
    restartPolicy: () => (name === 'migrate' ? 'Always' : undefined),
  }),
});

const MAKERS: Readonly<Record<string, (dice: Dice, name: string) => Value>> = {
  Deployment: deployment,
  CronJob: cronJob,
  StatefulSet: statefulSet,
  Job: (dice, name) => ({
    spec: {
      ...partly(dice, 20, {
        backoffLimit: () => dice.pick([null, 9]),
        completionMode: () => 'NonIndexed',
      }),
      template: podTemplate(dice, name),
    },
  }),
  Rollout: rollout,
  AnalysisTemplate: (dice) => ({
    spec: dice.pick([
      {},
      { dryRun: [{ metricName: 'errors' }] },
      { metrics: [{ name: 'other', provider: { prometheus: { query: dice.text() } } }] },
    ]),
  }),
  ServiceAccount: (dice) =>
    partly(dice, 50, {
      automountServiceAccountToken: () => dice.pick([true, null]),
      secrets: () => dice.some(['a', 'b']).map((name) => ({ name })),
      imagePullSecrets: () => dice.some(['c', 'd']).map((name) => ({ name })),
    }),
  PodDisruptionBudget: (dice) => ({
    spec: dice.pick([
      { minAvailable: '50%', maxUnavailable: null },
      { maxUnavailable: '25%' },
      { unhealthyPodEvictionPolicy: null },
    ]),
  }),
  NetworkPolicy: (dice) => ({
    spec: dice.pick([
      { egress: null },
      { ingress: [] },
      {
        ingress: [
          {
            from: [
              { ipBlock: { cidr: '10.0.0.0/8', except: dice.shuffled(['10.1.0.0/16', '10.2.0.0/16']) } },
            ],
          },
        ],
      },
      { egress: [{}], policyTypes: ['Egress'] },
    ]),
  }),
  Service: (dice) => ({
    spec: {
      ...dice.pick([{}, { type: 'NodePort', externalTrafficPolicy: 'Local' }, { clusterIP: 'None' }]),
      ...(dice.chance(40)
        ? {
            ports: [
              {
                port: dice.pick([80, 7070]),
                protocol: 'TCP',
                name: 'extra',
                targetPort: dice.pick([7070, 'no']),
              },
            ],
          }
        : {}),
      ...(dice.chance(20) ? { ipFamilies: dice.shuffled(['IPv4', 'IPv6']) } : {}),
    },
  }),
  ConfigMap: (dice) =>
    partly(dice, 50, {
      immutable: () => true,
      data: () => ({ extra: dice.text() }),
      binaryData: () => ({ bin: 'AAECAw==' }),
    }),
  ExternalSecret: (dice) => ({
    spec: dice.pick([
      {},
      { refreshPolicy: 'OnChange', refreshInterval: null },
      { target: { template: { type: 'Opaque', data: { url: dice.text() } } } },
      { data: [{ secretKey: 'other', remoteRef: { key: 'other' } }] },
    ]),
  }),
  SealedSecret: (dice) => ({
    spec: dice.pick([{}, { template: { type: 'Opaque' } }, { template: null }]),
  }),
  HorizontalPodAutoscaler: (dice) => ({
    spec: partly(dice, 60, {
      behavior: () => ({
        scaleDown: {
          stabilizationWindowSeconds: dice.integer(0, 300),
          policies: dice.some(['Pods', 'Percent']).map((type) => ({ type, value: 1, periodSeconds: 60 })),
        },
      }),
      metrics: () => [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } } },
      ],
    }),
  }),
  ScaledObject: (dice) => ({
    spec: partly(dice, 60, {
      cooldownPeriod: () => dice.pick([null, 9]),
      fallback: () => dice.pick([null, { behavior: 'static' }]),
      advanced: () => ({ horizontalPodAutoscalerConfig: { name: dice.pick(['no', 'other']) } }),
      triggers: () => [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: dice.text() } }],
    }),
  }),
  TriggerAuthentication: (dice) => ({
    spec: dice.pick([
      {},
      { podIdentity: null },
      { env: [{ parameter: 'a', name: dice.text() }] },
      { secretTargetRef: [{ parameter: 'a', name: 'b', key: 'c' }] },
    ]),
  }),
  HTTPRoute: (dice, name) => ({
    spec: dice.pick([
      {},
      { rules: [{ backendRefs: [{ name, port: 80, weight: dice.integer(0, 9) }] }] },
      { hostnames: ['a.example.com', 'b.example.com'] },
    ]),
  }),
  Ingress: (dice, name) => ({
    spec: dice.pick([{}, { tls: null }, { defaultBackend: { service: { name, port: { number: 80 } } } }]),
  }),
  ServiceMonitor: (dice) => ({
    spec: dice.pick([
      {},
      { jobLabel: 'no' },
      { endpoints: [{ port: 'http', relabelings: [{ action: 'labeldrop', regex: dice.text() }] }] },
    ]),
  }),
};
