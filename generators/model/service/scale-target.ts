import type { ServiceValues } from '../values.ts';

/** The object whose number of pods an autoscaler changes. */
export const scaleTarget = ({ workloadApi, workload, name }: ServiceValues) => ({
  apiVersion: workloadApi,
  kind: workload,
  name,
});
