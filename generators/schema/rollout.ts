import { Type } from 'typebox';
import * as s from './scalars.ts';
import type { IndicatorName } from './slo.ts';

// How a new version takes over: all at once, or as a canary that gets a share of the requests first.

const optional = Type.Optional;

/** What counts requests and errors, by the names that `slo.indicator` has for them. */
const ERROR_SOURCES = [
  'prometheus',
  'opentelemetry',
  'micrometer',
  'envoy-gateway',
] as const satisfies readonly IndicatorName[];

const source = (description: string) => s.oneOf([...ERROR_SOURCES], description);
const metricName = s.word('^[a-zA-Z_:][a-zA-Z0-9_:]*$', 'the name of a metric', 200);
const labelName = s.word('^[a-zA-Z_][a-zA-Z0-9_]*$', 'the name of a label of a metric', 200);
const percent = s.word(
  '^(0\\.[0-9]{0,2}[1-9]|[1-9][0-9]?(\\.[0-9]{1,3})?)$',
  'a percentage above 0 and below 100, such as 1 or 0.5',
);

const Analysis = s.closed(
  {
    errors: optional(percent('Percentage of requests that may fail; 5 if left out.')),
    source: optional(
      source(
        'What counts requests: the Gateway (for stable and canary together), or the usual metrics of a library. What the slo is measured by if left out, else that of the platform.',
      ),
    ),
    counter: optional(
      s.closed(
        {
          metric: metricName('Metric of the service that counts requests.'),
          label: labelName('Its label with the status code of HTTP.'),
        },
        'A counter of requests by another name.',
      ),
    ),
    query: optional(
      s.plainText(
        'Query that gives the share of failed requests, 0 to 1. May use {{args.namespace}} and {{args.canary-hash}}, which begins the names of the pods of the canary: <service>-<hash>-.',
      ),
    ),
    interval: optional(s.duration('Time between two looks; 1m if left out.')),
    failures: optional(s.integer(0, 100, 'Bad looks that are forgiven; 1 if left out.')),
  },
  'When a canary is bad: the canary ends, and the old version has all requests again.',
);

/** `rollout:` of a service. */
export const Rollout = s.shortOrLong(
  s.oneOf(['canary'], 'canary: 10% of the requests for 5m, then 50% for 5m, then all.'),
  s.closed(
    {
      steps: optional(
        s.keyed(
          s.word('^[1-9][0-9]?$', 'a percentage from 1 to 99')('Percentage of the requests.'),
          s.word(
            '^([1-9][0-9]{0,4}(s|m|h)|manual)$',
            'a duration such as 30s or 5m, or manual, which waits for a person',
          )('How long it stays so.'),
          'Share of the requests that the canary gets, and for how long; after the last it gets all.',
        ),
      ),
      analysis: optional(Analysis),
    },
    'A canary in full.',
  ),
  'canary, or a map of steps and analysis',
  'How a new version takes over: canary, or a map (Argo Rollouts); all pods one after another if left out.',
);

/** `rollouts:` of a platform. */
export const Rollouts = s.closed(
  {
    traffic: s.oneOf(
      ['gatewayAPI', 'nginx', 'pods'],
      'What divides the requests from outside: the Gateway API plugin of Argo Rollouts, ingress-nginx, or nothing but the number of pods.',
    ),
    errors: optional(source('What counts requests and errors, where a service does not say it.')),
  },
  'Says that Argo Rollouts runs in the cluster, and what it has.',
);
