import { type Static, Type } from 'typebox';
import * as s from './scalars.ts';

// What a service promises, and by which metrics it is measured. Names of metrics and labels go into PromQL, so each
// has a form in which nothing can end a string or a selector.

const optional = Type.Optional;

/** Instrumentations whose names of metrics and labels are known; `generators/resolve/slo/presets.ts` has them. */
export const INDICATORS = ['prometheus', 'opentelemetry', 'micrometer', 'envoy-gateway', 'istio'] as const;
export type IndicatorName = (typeof INDICATORS)[number];

const percent = s.word('^[0-9]{1,3}(\\.[0-9]{1,4})?$', 'a percentage with at most 4 decimals, such as 99.9');
const latency = s.word('^[1-9][0-9]{0,5}(ms|s)$', 'a duration such as 250ms or 2s');
export const metricName = s.word(
  '^[a-zA-Z_][a-zA-Z0-9_]*$',
  'the name of a metric: letters, digits and _',
  200,
);
const labelName = s.word('^[a-zA-Z_][a-zA-Z0-9_]*$', 'the name of a label: letters, digits and _', 100);
const statusPattern = s.word(
  '^[A-Za-z0-9.|_-]+$',
  'a regular expression of letters, digits and . | _ -, such as 5..',
  100,
);
const labelText = s.word('^[A-Za-z0-9_./:-]+$', 'a value of letters, digits and _ . / : -', 200);

const Indicator = s.closed(
  {
    preset: optional(
      s.oneOf(
        [...INDICATORS],
        'Instrumentation whose names hold where nothing else is said; prometheus if left out.',
      ),
    ),
    requests: optional(metricName('Counter of requests.')),
    status: optional(labelName('Label of that counter with the outcome of a request.')),
    failed: optional(statusPattern('Values of that label that mean a failure, as a regular expression.')),
    duration: optional(metricName('Histogram of durations, without _bucket.')),
    unit: optional(s.oneOf(['s', 'ms'], 'Unit of the histogram.')),
    buckets: optional(s.someOf(latency('Upper bound.'), 'Upper bounds of the buckets of the histogram.')),
    ignore: optional(
      s.keyed(
        labelName('Name of the label.'),
        s.someOf(labelText('Value.'), 'Values of the label.'),
        'Requests that do not count, such as those of probes, by label and its values.',
      ),
    ),
  },
  'Metrics by which the objectives are measured.',
);

/** The schema of `slo`. */
export const Slo = s.closed(
  {
    availability: optional(percent('Percentage of requests that succeed, over 30 days.')),
    latency: optional(
      s.closed(
        {
          objective: percent('Percentage of requests that are fast enough, over 30 days.'),
          threshold: latency('How long a request may take; an upper bound of a bucket of the histogram.'),
        },
        'How fast requests are answered.',
      ),
    ),
    window: optional(s.oneOf(['30d'], 'Period of the objectives; 30d, the only one.')),
    indicator: optional(
      s.shortOrLong(
        s.oneOf([...INDICATORS], 'Instrumentation of the service, or the gateway in front of it.'),
        Indicator,
        `one of ${INDICATORS.join(', ')}, or a map of preset, requests, status, failed, duration, unit, buckets, ignore`,
        'Metrics by which the objectives are measured; prometheus if left out.',
      ),
    ),
  },
  'What the service promises; burn-rate alerts watch it.',
);

export type SloInput = Static<typeof Slo>;
export type IndicatorInput = Static<typeof Indicator>;
