import { alerts } from './alerts.ts';
import { api } from './api.ts';
import { applications } from './argocd/applications.ts';
import { charts } from './argocd/charts.ts';
import { projects } from './argocd/projects.ts';
import { sync } from './argocd/sync.ts';
import { canary } from './canary.ts';
import { capacity } from './capacity.ts';
import { dashboards } from './dashboards.ts';
import { disruption } from './disruption.ts';
import { hooks } from './hooks.ts';
import { network } from './network.ts';
import { production } from './production.ts';
import { references } from './references.ts';
import { routes } from './routes.ts';
import { routing } from './routing.ts';
import type { Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { security } from './security.ts';
import { budgetsAreAlone, selectors } from './selectors.ts';
import { spread } from './spread.ts';
import { stack } from './stack.ts';
import { termination } from './termination.ts';

/** All rules about one environment. */
export const rules: readonly Rule[] = [
  disruption,
  canary,
  termination,
  capacity,
  spread,
  selectors,
  budgetsAreAlone,
  references,
  secrets,
  routes,
  network,
  hooks,
  production,
  security,
  api,
  projects,
  applications,
  charts,
  sync,
  alerts,
  dashboards,
  routing,
  stack,
];
