import type { ArgocdHere } from '../../argocd/here.ts';
import type { Raw } from '../../finding.ts';
import type { Environment } from '../../world.ts';
import type { Rule } from '../rule.ts';

/** A rule about what Argo CD gets, for environments that it deploys. */
export const argocdOnly =
  (rule: (here: ArgocdHere, environment: Environment) => Raw[]): Rule =>
  (environment) =>
    environment.argocd === undefined ? [] : rule(environment.argocd, environment);

/** How an Application is told. */
export const nameOf = ({ metadata }: { metadata: { name: string } }): string =>
  `Application/${metadata.name}`;

export const DEFECT = 'this is a defect of Slipway: please report it';
