import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { given, list, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labels } from './metadata.ts';
import { scaleTarget } from './scale-target.ts';

/** Scales the pods by use of what they request. */
export const horizontalPodAutoscaler = (service: ServiceValues): IHorizontalPodAutoscaler | undefined =>
  given(service.autoscaling, (autoscaling) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: service.name,
      labels: labels(service),
      annotations: given(autoscaling.keda, (keda) => when(keda, () => MAY_BE_REPLACED)),
    },
    spec: {
      scaleTargetRef: scaleTarget(service),
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: list(
        given(autoscaling.cpu, (percent) => utilization('cpu', percent)),
        given(autoscaling.memory, (percent) => utilization('memory', percent)),
      ),
    },
  }));

/**
 * KEDA refuses a ScaledObject for what another autoscaler scales already, unless that one says so. Without it, a
 * service could not go from one to the other in one commit: the old one is only pruned after the new one is there.
 * https://github.com/kedacore/keda/blob/v2.17.0/apis/keda/v1alpha1/scaledobject_webhook.go (verifyHpas)
 */
const MAY_BE_REPLACED = { 'validations.keda.sh/hpa-ownership': 'false' };

const utilization = (name: string, averageUtilization: number) => ({
  type: 'Resource' as const,
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
