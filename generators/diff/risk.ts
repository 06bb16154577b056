/**
 * What a change does to a cluster, the most dangerous first. Lost data stays lost, while a refused change leaves
 * everything as it was: that is why it stands second.
 */
export const RISKS = [
  'destroys-data',
  'rejected',
  'restarts',
  'traffic',
  'scales',
  'configuration',
  'noise',
] as const;

export type Risk = (typeof RISKS)[number];

/** How a person reads it. */
export const RISK_TITLES: Readonly<Record<Risk, string>> = {
  'destroys-data': 'destroys data',
  rejected: 'rejected by Kubernetes',
  restarts: 'restarts pods',
  traffic: 'changes traffic',
  scales: 'scales',
  configuration: 'configuration only',
  noise: 'noise',
};

export const rankOf = (risk: Risk): number => RISKS.indexOf(risk);

/** Several risks without repetition, the worst first. */
export const sortedRisks = (risks: Iterable<Risk>): Risk[] =>
  [...new Set(risks)].sort((a, b) => rankOf(a) - rankOf(b));
