import type { Files } from '../support/repository.ts';
import { append, CART, edit, PLATFORM, SAMPLE, SHOP, STAGING } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const ALL = `rollouts: { traffic: gatewayAPI, errors: envoy-gateway }
monitoring: { namespace: monitoring, prometheus: http://prometheus:9090 }
`;
const ROUTE = 'route: { hosts: { www: / } }\n';
const EVERYWHERE = 'in base, production and staging';
const at = (column: number, line = 16) => `environments/base/services/shop.yaml:${line}:${column}`;

/** The shop with a route in line 15 and a rollout in line 16, on a platform that has what canaries need. */
const shop = (text: string, platform = ALL): Files => ({
  ...append(PLATFORM, platform),
  ...edit(SHOP, 'replicas: 2\n', `${ROUTE}${text}`),
});
const wrong = (
  title: string,
  text: string,
  column: number,
  problem: string,
  platform?: string,
): BadInput => ({
  title,
  files: shop(text, platform),
  problems: [`${at(column)}: ${problem}`],
});
const analysis = (text: string) => `rollout: { analysis: { ${text} } }\n`;

/** What a canary needs, and what it cannot be. */
export const rollout: readonly BadInput[] = [
  {
    ...wrong(
      'a canary on a platform without Argo Rollouts',
      'rollout: canary\n',
      1,
      `rollout: there is no Argo Rollouts ${EVERYWHERE}; if its controller runs in the cluster, say under rollouts of the platform what divides the requests; otherwise set rollout to null there`,
      '',
    ),
    cli: true,
  },
  wrong(
    'a canary and no Prometheus',
    'rollout: canary\n',
    1,
    `rollout: there is no Prometheus to ask for errors ${EVERYWHERE}; say its address under monitoring.prometheus of the platform; otherwise set rollout to null there`,
    'rollouts: { traffic: gatewayAPI, errors: envoy-gateway }\n',
  ),
  wrong(
    'a canary that nothing counts the errors of',
    'rollout: canary\n',
    1,
    `rollout: it is not clear what counts the errors of a canary ${EVERYWHERE}; say rollout.analysis.source, counter or query, an slo, or rollouts.errors of the platform`,
    ALL.replace(', errors: envoy-gateway', ''),
  ),
  wrong(
    'pods that count and that nobody asks',
    analysis('source: prometheus'),
    24,
    'rollout.analysis.source: the pods count requests, and nobody asks them; say metrics of the service',
  ),
  {
    title: 'a Gateway that counts no request of a service without a route',
    files: { ...append(PLATFORM, ALL), ...append(CART, 'rollout: canary\n') },
    problems: [
      `environments/base/services/cart.yaml:18:1: rollout: envoy-gateway counts requests that come through a Gateway, and none do ${EVERYWHERE}; say rollout.analysis.source, counter or query for what the pods count`,
    ],
  },
  wrong(
    'errors counted in two ways',
    analysis('query: up, source: prometheus'),
    24,
    'rollout.analysis.query: cannot be given together with source; delete one of them, or set the inherited one to null',
  ),
  wrong(
    'a placeholder that nothing fills in',
    analysis('query: "up{job=\\"{{args.service}}\\"}"'),
    31,
    'rollout.analysis.query: nothing fills in "{{args.service}}"; expected {{args.namespace}} or {{args.canary-hash}}',
  ),
  wrong(
    'a placeholder that does not end',
    analysis('query: "up + {{args.namespace"'),
    31,
    'rollout.analysis.query: nothing fills in "{{args.namespace"; expected {{args.namespace}} or {{args.canary-hash}}',
  ),
  wrong(
    'more errors allowed than the first share can make',
    'rollout: { steps: { 5: 5m }, analysis: { errors: 5 } }\n',
    50,
    `rollout.analysis.errors: a canary that fails every request is not seen: at 5% of the requests that makes 5% of errors, and 5% are allowed, as envoy-gateway counts stable and canary together ${EVERYWHERE}; allow fewer errors, begin with a larger share, or count in the pods`,
  ),
  {
    title: 'an environment whose first share makes fewer errors than base allows',
    files: {
      ...shop(analysis('errors: 8')),
      'environments/staging/services/shop.yaml': 'rollout: { steps: { 8: 5m } }\n',
    },
    problems: [
      'environments/staging/services/shop.yaml:1:12: rollout.steps: a canary that fails every request is not seen: at 8% of the requests that makes 8% of errors, and 8% are allowed, as envoy-gateway counts stable and canary together in staging',
    ],
  },
  wrong(
    'a canary that is over before anybody looks',
    'rollout: { steps: { 10: 1m, 50: 1m } }\n',
    12,
    'rollout.steps: the canary takes 120s, and is looked at after 120s for the first time; expected longer pauses',
  ),
  wrong(
    'a canary without steps',
    'rollout: { steps: {} }\n',
    19,
    'rollout.steps: is empty; expected shares, such as 10: 5m, or leave steps out',
  ),
  wrong(
    'a canary of all requests',
    'rollout: { steps: { 100: 5m } }\n',
    21,
    'rollout.steps.100: "100" is not a percentage from 1 to 99',
  ),
  wrong(
    'a pause of nothing',
    'rollout: { steps: { 10: 0s } }\n',
    25,
    'rollout.steps.10: "0s" is not allowed; expected a duration such as 30s or 5m, or manual, which waits for a person',
  ),
  wrong(
    'another way to roll out',
    'rollout: blueGreen\n',
    10,
    'rollout: "blueGreen" is not allowed; expected canary, or a map of steps and analysis',
  ),
  wrong(
    'all errors allowed',
    analysis('errors: 100'),
    32,
    'rollout.analysis.errors: "100" is not allowed; expected a percentage above 0 and below 100, such as 1 or 0.5',
  ),
  wrong(
    'an unknown source',
    analysis('source: promhttp'),
    32,
    'rollout.analysis.source: "promhttp" is not allowed; allowed: envoy-gateway, micrometer, opentelemetry, prometheus',
  ),
  wrong(
    'an unknown key of the analysis',
    analysis('error: 5'),
    24,
    'rollout.analysis.error: unknown key; did you mean "errors"? allowed: counter, errors, failures, interval, query, source',
  ),
  {
    title: 'a worker as a canary',
    files: {
      ...append(PLATFORM, ALL),
      'environments/base/services/report.yaml': `kind: worker\nimage: { repository: a/b, tag: 1.0.0 }\nresources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }\nrollout: canary\n`,
    },
    problems: [
      'environments/base/services/report.yaml:4:1: rollout: a worker has no rollout; nothing asks it, so that nothing tells a bad version from a good one; delete this key',
    ],
  },
  {
    title: 'a service with the name of a Service of a canary',
    files: {
      ...shop('rollout: canary\n'),
      'environments/base/services/shop-canary.yaml': SAMPLE[CART].replace(
        '  from:\n    - shop\n',
        '  from: []\n',
      ),
    },
    problems: [
      `${at(1)}: rollout: the Service shop-canary, to which a canary needs to lead requests, has the name of another service ${EVERYWHERE}; rename one of the two`,
    ],
  },
  {
    title: 'a name that leaves no room for those of the Services of a canary',
    files: {
      ...append(PLATFORM, ALL),
      [`environments/base/services/${'s'.repeat(57)}.yaml`]: `${SAMPLE[CART].replace('  from:\n    - shop\n', '  from: []\n')}${ROUTE}rollout: canary\n`,
    },
    problems: [
      `environments/base/services/${'s'.repeat(57)}.yaml:18:1: rollout: the name "${'s'.repeat(57)}" of this service has 57 characters, and a canary adds some; at most 56 are allowed; rename the file`,
    ],
  },
  {
    title: 'what divides requests is not what routes them',
    files: { [STAGING]: `${SAMPLE[STAGING]}rollouts: { traffic: nginx }\n` },
    problems: [
      'environments/staging/platform.yaml:2:22: rollouts.traffic: nginx divides requests where routing.kind is ingress, and it is gateway; expected pods, or the one that fits',
    ],
    cli: true,
  },
  {
    title: 'a patch of the Deployment that a canary has not',
    files: shop('rollout: canary\npatch:\n  Deployment: { spec: { paused: true } }\n'),
    problems: [
      `${at(3, 18)}: patch.Deployment: this service has no "Deployment"; allowed: AnalysisTemplate, HTTPRoute, NetworkPolicy, PodDisruptionBudget, Rollout, Service, ServiceAccount`,
    ],
  },
  {
    title: 'a field that a Rollout does not have',
    files: shop('rollout: canary\npatch:\n  Rollout: { spec: { strategy: { rollingUpdate: {} } } }\n'),
    problems: [
      `${at(34, 18)}: patch.Rollout.spec.strategy.rollingUpdate: unknown field; a Rollout has no such field here`,
    ],
  },
];
