import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { KubernetesObject } from '../model/object.ts';

/** Something that changes the number of pods of a workload, whatever its kind. */
export interface Scaler {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  target: { apiVersion: string; kind: string; name: string };
  pods: { min: number; max: number };
}

/**
 * All scalers among the objects of a service, with the defaults of their kinds:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/,
 * https://keda.sh/docs/2.17/reference/scaledobject-spec/.
 */
export const scalersOf = (objects: readonly KubernetesObject[]): Scaler[] =>
  objects.flatMap((object): Scaler[] => {
    const { name } = object.metadata;
    if (object.kind === 'HorizontalPodAutoscaler') {
      const { spec } = object as unknown as IHorizontalPodAutoscaler;
      const { apiVersion = '', kind = '', name: target = '' } = spec?.scaleTargetRef ?? {};
      const pods = { min: spec?.minReplicas ?? 1, max: spec?.maxReplicas ?? 1 };
      return [{ kind: object.kind, name, target: { apiVersion, kind, name: target }, pods }];
    }
    if (object.kind !== 'ScaledObject') return [];
    const { spec } = object as unknown as IScaledObject;
    const { apiVersion = 'apps/v1', kind = 'Deployment', name: target } = spec.scaleTargetRef;
    const pods = { min: spec.minReplicaCount ?? 0, max: spec.maxReplicaCount ?? 100 };
    return [{ kind: object.kind, name, target: { apiVersion, kind, name: target }, pods }];
  });
