import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import { given, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/**
 * What ends a canary: the share of requests that fail. Requests that nobody counted prove nothing: the canary then waits
 * for a person. Where nobody asked (0 of 0, which is not a number), nothing has failed.
 * https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
export const analysisTemplate = (service: ServiceValues): IAnalysisTemplate | undefined =>
  given(service.rollout, ({ analysis }) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadata(service),
    spec: {
      args: [{ name: 'namespace' }, { name: 'canary-hash' }],
      metrics: [
        {
          name: 'errors',
          initialDelay: analysis.delay,
          interval: analysis.interval,
          failureLimit: analysis.failures,
          inconclusiveLimit: 3,
          successCondition: text`len(result) > 0 && (isNaN(result[0]) || result[0] <= ${analysis.most})`,
          failureCondition: text`len(result) > 0 && result[0] > ${analysis.most}`,
          provider: { prometheus: { address: analysis.server, query: analysis.query } },
        },
      ],
    },
  }));
