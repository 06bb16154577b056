import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { given, list } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';
import type { RuleGroup } from './rules/alert.ts';
import { availability, latency } from './rules/objectives.ts';
import { symptoms } from './rules/symptoms.ts';

/** What Prometheus records and alerts about a service. */
export const prometheusRule = (service: ServiceValues): IPrometheusRule | undefined =>
  given(service.rules, (rules) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadata(service),
    spec: {
      groups: list<RuleGroup>(
        given(rules.availability, (slo) => availability(service.name, rules, slo)),
        given(rules.latency, (slo) => latency(service.name, rules, slo)),
        symptoms(service, rules),
      ),
    },
  }));
