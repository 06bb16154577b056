import { alerts } from './alerts.ts';
import { api } from './api.ts';
import { capacity } from './capacity.ts';
import { disruption } from './disruption.ts';
import { network } from './network.ts';
import { production } from './production.ts';
import { references } from './references.ts';
import { routes } from './routes.ts';
import type { Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { security } from './security.ts';
import { budgetsAreAlone, selectors } from './selectors.ts';
import { spread } from './spread.ts';
import { termination } from './termination.ts';

/** All rules about one environment. */
export const rules: readonly Rule[] = [
  disruption,
  termination,
  capacity,
  spread,
  selectors,
  budgetsAreAlone,
  references,
  secrets,
  routes,
  network,
  production,
  security,
  api,
  alerts,
];
