import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IScaleTriggers } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaleTriggers';
import { given, list, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';
import { scaleTarget } from './scale-target.ts';
import { triggers } from './triggers.ts';

/**
 * Scales the pods by what KEDA sees, CPU and memory among it. While a trigger cannot be asked, no pod is taken away.
 * https://keda.sh/docs/2.17/reference/scaledobject-spec/
 */
export const scaledObject = (service: ServiceValues): IScaledObject | undefined =>
  given(service.scaledObject, (scaled) => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadata(service),
    spec: {
      scaleTargetRef: scaleTarget(service),
      minReplicaCount: scaled.min,
      maxReplicaCount: scaled.max,
      pollingInterval: scaled.polling,
      cooldownPeriod: scaled.cooldown,
      fallback: {
        failureThreshold: 3,
        replicas: scaled.fallback,
        behavior: 'currentReplicasIfHigher' as const,
      },
      triggers: list<IScaleTriggers>(
        given(scaled.cpu, (percent) => utilization('cpu', percent)),
        given(scaled.memory, (percent) => utilization('memory', percent)),
        ...triggers(service.name, scaled),
      ) as IScaleTriggers[],
    },
  }));

const utilization = (type: string, percent: number) => ({
  type,
  metricType: 'Utilization',
  metadata: { value: text`${percent}` },
});
