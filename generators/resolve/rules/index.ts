import { filesFit, mountsAreDistinct } from './files.ts';
import { hostsAreReachable } from './hosts.ts';
import { calleesExist, callersExist, noCallToItself } from './network.ts';
import {
  metricsPortExists,
  portsAreDistinct,
  probesCanAsk,
  routeLeadsSomewhere,
  webAnswers,
} from './ports.ts';
import type { ServiceRule } from './rule.ts';
import { waiverDatesExist } from './waivers.ts';
import { drainEndsBeforeKill, imageHasVersion, requestsWithinLimits, scalingIsClear } from './workload.ts';

export { platformRules } from './platform.ts';
export type { ServiceScene } from './rule.ts';

/** All rules about a service. */
export const serviceRules: readonly ServiceRule[] = [
  imageHasVersion,
  scalingIsClear,
  drainEndsBeforeKill,
  requestsWithinLimits,
  webAnswers,
  portsAreDistinct,
  probesCanAsk,
  metricsPortExists,
  routeLeadsSomewhere,
  hostsAreReachable,
  callersExist,
  calleesExist,
  noCallToItself,
  filesFit,
  mountsAreDistinct,
  ({ service }) => waiverDatesExist(service),
];
