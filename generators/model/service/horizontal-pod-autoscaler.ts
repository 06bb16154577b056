import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { given, list } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** Scales the pods by use of what they request. */
export const horizontalPodAutoscaler = (service: ServiceValues): IHorizontalPodAutoscaler | undefined =>
  given(service.autoscaling, (autoscaling) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(service),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service.name },
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: list(
        given(autoscaling.cpu, (percent) => utilization('cpu', percent)),
        given(autoscaling.memory, (percent) => utilization('memory', percent)),
      ),
    },
  }));

const utilization = (name: string, averageUtilization: number) => ({
  type: 'Resource' as const,
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
