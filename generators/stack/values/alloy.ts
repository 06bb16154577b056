import type { Stack } from '../../resolve/stack.ts';
import { alloyConfig } from '../alloy-config.ts';
import type { AlloyValues } from '../schemas/alloy.ts';
import { SIZES } from '../sizes.ts';

/** Values of Alloy, one on each node. https://github.com/grafana/alloy/tree/main/operations/helm/charts/alloy */
export const alloy = (stack: Stack): AlloyValues => ({
  // Its kind PodLogs is for those who say log by log what is sent.
  crds: { create: false },
  alloy: {
    configMap: { content: alloyConfig(stack) },
    mounts: { varlog: true },
    enableReporting: false,
    stabilityLevel: 'generally-available',
    resources: SIZES[stack.size].alloy,
  },
  controller: {
    type: 'daemonset',
    // Pods run on every node, tainted or not, and all of them write logs.
    tolerations: [{ operator: 'Exists' }],
  },
  serviceMonitor: { enabled: stack.available.has('kube-prometheus-stack') },
});
