/**
 * The Helm chart by which Argo CD is installed. An upgrade is a change of these lines: read the notes of both
 * versions, and see that the values below still stand in the chart.
 * https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd
 */
export const CHART = {
  name: 'argo-cd',
  repository: 'https://argoproj.github.io/argo-helm',
  version: '10.1.1',
  /** The Argo CD that this version of the chart installs. */
  appVersion: 'v3.4.4',
} as const;

/** Name of the Helm release. */
export const RELEASE = 'argocd';
