import type { DashboardSpec } from '../dashboard.ts';
import { now, overTime, type PanelSpec, rows, stat, table, timeseries } from '../panels.ts';
import { projects, prometheusSource } from '../variables.ts';

// https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/

const HERE = 'project=~"$project"';
const FAILED = 'phase=~"Failed|Error"';
const DONE = 'phase="Succeeded"';
const syncs = (phase: string, range: string): string =>
  `increase(argocd_app_sync_total{${HERE},${phase}}[${range}])`;

/** What Argo CD deploys. */
export const deliveryBoard: DashboardSpec = {
  name: 'delivery',
  title: 'Delivery',
  description:
    'Applications of Argo CD: whether they are what Git says, how often they are deployed, what failed.',
  from: 'now-7d',
  variables: [prometheusSource, projects],
  sections: [
    { title: 'Now', panels: numbers() },
    { title: 'Applications', panels: [applications()] },
    { title: 'Deployments', panels: history() },
  ],
};

function numbers(): PanelSpec[] {
  const counted = (title: string, description: string, matcher: string, color: string): PanelSpec =>
    stat({
      title,
      description,
      unit: 'short',
      width: 6,
      thresholds: [[1, color]],
      queries: [now(`count(argocd_app_info{${HERE},${matcher}}) or vector(0)`)],
    });
  return [
    counted('Out of sync', 'Applications that are not what Git says.', 'sync_status!="Synced"', 'orange'),
    counted(
      'Not healthy',
      'Applications that are degraded, or of which objects are missing.',
      'health_status=~"Degraded|Missing|Unknown"',
      'red',
    ),
    stat({
      title: 'Deployments',
      description: 'Syncs that succeeded in the time shown.',
      unit: 'short',
      width: 6,
      queries: [now(`sum(${syncs(DONE, '$__range')}) or vector(0)`)],
    }),
    stat({
      title: 'Failed deployments',
      description: 'Syncs that failed in the time shown.',
      unit: 'short',
      width: 6,
      thresholds: [[1, 'red']],
      queries: [now(`sum(${syncs(FAILED, '$__range')}) or vector(0)`)],
    }),
  ];
}

function applications(): PanelSpec {
  return table({
    title: 'State',
    description: 'Each Application with its state, and its deployments in the time shown.',
    unit: 'short',
    width: 24,
    height: 12,
    columns: [
      { field: 'name', title: 'Application' },
      { field: 'sync_status', title: 'Sync' },
      { field: 'health_status', title: 'Health' },
      { field: 'Value #B', title: 'Deployments' },
      { field: 'Value #C', title: 'Failed' },
    ],
    hidden: ['Value #A'],
    queries: [
      rows(`count by (name, sync_status, health_status) (argocd_app_info{${HERE}})`),
      rows(`sum by (name) (${syncs(DONE, '$__range')})`),
      rows(`sum by (name) (${syncs(FAILED, '$__range')})`),
    ],
  });
}

function history(): PanelSpec[] {
  return [
    timeseries({
      title: 'Deployments by application',
      description: 'Syncs that succeeded.',
      unit: 'short',
      bars: true,
      width: 12,
      queries: [overTime(`sum by (name) (${syncs(DONE, '$__rate_interval')}) > 0`, '{{name}}')],
    }),
    timeseries({
      title: 'Failed deployments by application',
      description: 'Syncs that failed.',
      unit: 'short',
      bars: true,
      width: 12,
      queries: [overTime(`sum by (name) (${syncs(FAILED, '$__rate_interval')}) > 0`, '{{name}}')],
    }),
  ];
}
