import { LOG_LABELS } from '../model/log-labels.ts';
import { SOURCES } from './dashboard.ts';
import type { DashboardVariable } from './schema.ts';
import { workloads } from './workloads.ts';

// Variables of dashboards. What a reader chooses stands in queries as `$name`.

type QueryVariable = Extract<DashboardVariable, { type: 'query' }>;

const one = { multi: false, includeAll: false } as const;
/** All, until the reader chooses. */
const many: Pick<QueryVariable, 'multi' | 'includeAll' | 'current'> = {
  multi: true,
  includeAll: true,
  current: { text: ['All'], value: ['$__all'] },
};

const query = (
  language: keyof typeof SOURCES,
  name: string,
  label: string,
  text: string,
  more: Partial<QueryVariable> = {},
): DashboardVariable => ({
  name,
  label,
  type: 'query',
  datasource: SOURCES[language],
  query: text,
  regex: '',
  refresh: 2,
  sort: 1,
  ...one,
  ...more,
});

export const prometheusSource: DashboardVariable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  ...one,
};

export const lokiSource: DashboardVariable = {
  name: 'loki',
  label: 'Loki',
  type: 'datasource',
  query: 'loki',
  ...one,
};

/** Every namespace of ours has this NetworkPolicy, and no other has. */
const NAMESPACES =
  'label_values(kube_networkpolicy_created{networkpolicy="platform.default-deny"}, namespace)';

export const namespace: DashboardVariable = query('promql', 'namespace', 'Namespace', NAMESPACES);
export const namespaces: DashboardVariable = query('promql', 'namespace', 'Namespace', NAMESPACES, many);

/** The services of the namespace: what runs there, by name. */
export const service: DashboardVariable = query(
  'promql',
  'service',
  'Service',
  `query_result(${workloads('namespace="$namespace"')})`,
  { regex: '/service="([^"]+)"/' },
);

/** AppProjects of Argo CD. */
export const projects: DashboardVariable = query(
  'promql',
  'project',
  'Project',
  'label_values(argocd_app_info, project)',
  many,
);

export const search: DashboardVariable = { name: 'search', label: 'Search', type: 'textbox', query: '' };

/** A label of log streams. Where all are chosen nothing is left out, not even a value that has just come. */
const logLabel = (name: keyof typeof LOG_LABELS, label: string, of: string): DashboardVariable =>
  query('logql', name, label, `label_values(${of}${LOG_LABELS[name]})`, { ...many, allValue: '.+' });

const { environment: ENVIRONMENT, namespace: NAMESPACE } = LOG_LABELS;
const inEnvironment = `${ENVIRONMENT}=~"$environment"`;

export const logVariables: readonly DashboardVariable[] = [
  logLabel('environment', 'Environment', ''),
  logLabel('namespace', 'Namespace', `{${inEnvironment}}, `),
  logLabel('service', 'Service', `{${inEnvironment},${NAMESPACE}=~"$namespace"}, `),
  logLabel('container', 'Container', `{${inEnvironment},${NAMESPACE}=~"$namespace"}, `),
];
