import { Type } from 'typebox';
import * as s from './scalars.ts';
import { metricName } from './slo.ts';

// What the model reads of the alerts of a service. All numbers are texts: they stand in PromQL as they are.

const optional = Type.Optional;
const number = s.word('^[0-9]+(\\.[0-9]+)?$', 'a number', 32);
const range = s.word('^[1-9][0-9]*[smhd]$', 'a duration', 8);
const matcher = '[a-zA-Z_][a-zA-Z0-9_]*(=|=~|!=|!~)"[^"\\\\\\n{}$]*"';
/** Matchers of a selector: no brace and no quote can end it early. */
const matchers = s.word(`^${matcher}(,${matcher})*$`, 'matchers of a selector', 4096);
const namePattern = s.word('^[-a-z0-9|()+\\[\\]]+$', 'a regular expression', 2048);

const tier = (description: string) =>
  s.closed(
    {
      long: range('Long window: the budget that is spent.'),
      short: range('Short window: it is still being spent.'),
      burn: number('How many times as fast as the budget allows.'),
      threshold: number('Ratio of bad requests at that rate.'),
    },
    description,
  );

const tiers = (description: string) =>
  s.closed({ quick: tier('Fast burn.'), slow: tier('Slower burn.') }, description);

const objective = {
  objective: number('Percentage that is promised.'),
  target: number('The same as a ratio.'),
  budget: number('Ratio of requests that may be bad.'),
  match: matchers('Requests that count.'),
  windows: s.closed(
    {
      page: s.someOf(range('Window.'), 'Those of the page.'),
      ticket: s.someOf(range('Window.'), 'Those that only the ticket has.'),
    },
    'Windows for which the ratio of bad requests is recorded.',
  ),
  page: tiers('When it pages.'),
  ticket: tiers('When it opens a ticket.'),
  least: number('Bad requests in the long window below which nothing is said.'),
};

/** The schema of the alerts of a service in one environment. */
export const Rules = s.closed(
  {
    start: s.word('^[A-Z][A-Za-z0-9_]*$', 'a word', 64)('First word of the name of each alert.'),
    environment: s.labelName('Environment.'),
    namespace: s.labelName('Namespace of the service.'),
    team: s.labelValue('Team that is alerted.'),
    runbook: s.url('What to do.'),
    sections: s.flag('true where that page has a section for each alert.'),
    dashboard: s.url('Dashboard of the service.'),
    availability: optional(
      s.closed(
        {
          ...objective,
          metric: metricName('Counter of requests.'),
          failed: matchers('Requests that failed.'),
        },
        'How many requests must succeed.',
      ),
    ),
    latency: optional(
      s.closed(
        {
          ...objective,
          metric: metricName('Histogram of durations.'),
          threshold: s.word('^[1-9][0-9]*(ms|s)$', 'a duration', 16)('How long a request may take.'),
          fast: matchers('The bucket of requests that are fast enough.'),
        },
        'How many requests must be fast enough.',
      ),
    ),
    pods: optional(
      s.closed(
        {
          pattern: namePattern('Names of the pods, as a regular expression.'),
          match: matchers('What runs the pods.'),
          wanted: metricName('Metric of the pods that should be there.'),
          available: metricName('Metric of the pods that can work.'),
        },
        'The pods of what runs all the time.',
      ),
    ),
    scaler: optional(s.objectName('HorizontalPodAutoscaler that can reach its maximum.')),
    scraped: s.flag('true where Prometheus scrapes the service itself.'),
    probed: s.flag('true where the blackbox exporter asks its routes.'),
    certified: s.flag('true where these have certificates.'),
    volumes: optional(namePattern('Names of its PersistentVolumeClaims, as a regular expression.')),
    jobs: optional(
      s.closed(
        {
          pattern: namePattern('Names of the Jobs, as a regular expression.'),
          due: s.flag('true where runs are started.'),
        },
        'The runs of a cron.',
      ),
    ),
    application: optional(
      s.word(
        '^[-a-z0-9.]+$',
        'the name of an Application',
        253,
      )('Application of Argo CD that delivers the service.'),
    ),
  },
  'The alerts of the service.',
);

/** The schema of what the blackbox exporter asks. */
export const ProbeValues = s.closed(
  {
    exporter: s.word('^[-a-z0-9.:]+$', 'a host and port', 259)('Address of the blackbox exporter.'),
    module: s.word('^[A-Za-z0-9_-]+$', 'a module', 64)('Module of the exporter.'),
    targets: s.someOf(s.url('Address.'), 'What is asked.'),
  },
  'What the blackbox exporter asks.',
);
