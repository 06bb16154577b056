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
import {
  sealedIsEncrypted,
  secretFilesAreDistinct,
  secretsHaveStore,
  variablesAreDistinct,
} from './secrets.ts';
import {
  drainEndsBeforeKill,
  helmTakesNoPatch,
  imageHasVersion,
  requestsWithinLimits,
  scalingIsClear,
} from './workload.ts';

export { platformRules } from './platform.ts';
export type { ServiceScene } from './rule.ts';

/** All rules about a service. */
export const serviceRules: readonly ServiceRule[] = [
  imageHasVersion,
  helmTakesNoPatch,
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
  variablesAreDistinct,
  secretFilesAreDistinct,
  secretsHaveStore,
  sealedIsEncrypted,
];
