import { quote } from '../../problems/problem.ts';
import type { Platform } from '../../schema/platform.ts';
import type { RolloutInput, Service } from '../../schema/service.ts';
import { prometheusAddress } from '../addresses.ts';
import { countedSeconds, countsBoth, errorSource } from '../error-queries.ts';
import type { Finding } from '../resolved.ts';
import { allowedErrors, dividedBy, dividedNames, durationOf, rolloutOf, stagesOf } from '../rollout.ts';
import { findingIf, type PlatformRule, type ServiceRule, type ServiceScene } from './rule.ts';

const ANALYSIS = ['rollout', 'analysis'];
const WAYS = ['source', 'counter', 'query'] as const;

/** A rule about services that are rolled out as a canary. */
const forCanary =
  (rule: (rollout: RolloutInput, scene: ServiceScene) => Finding[]): ServiceRule =>
  (scene) => {
    const rollout = rolloutOf(scene.service);
    return rollout === undefined || scene.service.kind !== 'web' ? [] : rule(rollout, scene);
  };

/** A canary needs its controller, and somebody to ask for errors. */
export const canaryHasController = forCanary((_, { platform, environment }) => {
  const about = { path: ['rollout'], at: 'key' as const, environments: [environment] };
  const otherwise = 'otherwise set rollout to null there';
  return [
    ...findingIf(platform.rollouts === undefined, () => ({
      ...about,
      message: 'there is no Argo Rollouts',
      hint: `if its controller runs in the cluster, say under rollouts of the platform what divides the requests; ${otherwise}`,
    })),
    ...findingIf(platform.rollouts !== undefined && prometheusAddress(platform) === undefined, () => ({
      ...about,
      message: 'there is no Prometheus to ask for errors',
      hint: `say its address under monitoring.prometheus of the platform; ${otherwise}`,
    })),
  ];
});

/** Errors are counted in one way, and what counts them sees the service. */
export const errorsAreCounted = forCanary((rollout, { service, platform, environment }) => {
  if (platform.rollouts === undefined) return [];
  const [first, ...others] = WAYS.filter((way) => rollout.analysis?.[way] !== undefined);
  const both = (way: string, other: string): Finding => ({
    path: [...ANALYSIS, way],
    at: 'key',
    message: `cannot be given together with ${other}; delete one of them, or set the inherited one to null`,
  });
  if (first !== undefined && others.length > 0)
    return others.map((way) => ({ ...both(way, first), or: both(first, way) }));
  const source = errorSource(rollout, service, platform);
  const told = { path: first === undefined ? ['rollout'] : [...ANALYSIS, first], at: 'key' as const };
  if (source === undefined)
    return [
      {
        ...told,
        message: 'it is not clear what counts the errors of a canary',
        environments: [environment],
        hint: 'say rollout.analysis.source, counter or query, an slo, or rollouts.errors of the platform',
      },
    ];
  if (source.query !== undefined) return queryFindings(source.query);
  if (countsBoth(source)) return gatewayFindings(told, service, platform, environment);
  return findingIf(service.metrics === undefined, () => ({
    ...told,
    message: 'the pods count requests, and nobody asks them; say metrics of the service',
  }));
});

const FILLED_IN = ['args.namespace', 'args.canary-hash'];

/** Only these placeholders are filled in; any other one would end every analysis. */
const queryFindings = (query: string): Finding[] =>
  [...query.matchAll(/\{\{(.*?)(\}\}|$)/gs)].flatMap(([text, argument = '', end]) =>
    findingIf(end === '' || !FILLED_IN.includes(argument.trim()), () => ({
      path: [...ANALYSIS, 'query'],
      message: `nothing fills in ${quote(text)}; expected {{args.namespace}} or {{args.canary-hash}}`,
    })),
  );

const gatewayFindings = (
  told: Pick<Finding, 'path' | 'at'>,
  { route }: Service,
  { routing }: Platform,
  environment: string,
): Finding[] =>
  findingIf(route === undefined || routing.kind !== 'gateway', () => ({
    ...told,
    message: 'envoy-gateway counts requests that come through a Gateway, and none do',
    environments: [environment],
    hint: 'say rollout.analysis.source, counter or query for what the pods count',
  }));

/** A canary that fails every request is seen. */
export const analysisSeesErrors = forCanary((rollout, { service, platform, environment }) => {
  const source = errorSource(rollout, service, platform);
  const [first] = stagesOf(rollout);
  const most = allowedErrors(rollout);
  if (first === undefined || source === undefined || !countsBoth(source) || most < first.weight) return [];
  if (dividedBy(service, platform) === undefined) return [];
  const message = `a canary that fails every request is not seen: at ${first.weight}% of the requests that makes ${first.weight}% of errors, and ${most}% are allowed, as envoy-gateway counts stable and canary together`;
  return [
    {
      path: [...ANALYSIS, 'errors'],
      message,
      environments: [environment],
      hint: 'allow fewer errors, begin with a larger share, or count in the pods',
      or: { path: ['rollout', 'steps'], at: 'key', message, environments: [environment] },
    },
  ];
});

/** A canary has steps, and lives long enough to be looked at. */
export const canaryIsLookedAt = forCanary((rollout, { service }) => {
  const path = ['rollout', 'steps'];
  if (stagesOf(rollout).length === 0)
    return [{ path, message: 'is empty; expected shares, such as 10: 5m, or leave steps out' }];
  const duration = durationOf(rollout);
  const delay = countedSeconds(service);
  return findingIf(duration <= delay, () => ({
    path,
    at: 'key',
    message: `the canary takes ${duration}s, and is looked at after ${delay}s for the first time; expected longer pauses`,
  }));
});

/** A DNS-1035 label has 63 characters. */
const LONGEST_NAME = 63 - '-stable'.length;

/** The Services of the two versions have names that are free, and not too long. */
export const dividedNamesAreFree = forCanary((_, scene) => {
  const { name, service, platform, neighbours, environment } = scene;
  if (dividedBy(service, platform) === undefined) return [];
  const path = ['rollout'];
  const taken = dividedNames(name).filter((one) => neighbours.has(one));
  return [
    ...taken.map((one) => ({
      path,
      at: 'key' as const,
      message: `the Service ${one}, to which a canary needs to lead requests, has the name of another service`,
      environments: [environment],
      hint: 'rename one of the two',
    })),
    ...findingIf(name.length > LONGEST_NAME, () => ({
      path,
      at: 'key',
      message: `the name ${quote(name)} of this service has ${name.length} characters, and a canary adds some; at most ${LONGEST_NAME} are allowed; rename the file`,
    })),
  ];
});

const NEEDS = { gatewayAPI: 'gateway', nginx: 'ingress' } as const;

/** What divides requests is what routes them. */
export const trafficFitsRouting: PlatformRule = ({ rollouts, routing }) => {
  const traffic = rollouts?.traffic;
  if (traffic === undefined || traffic === 'pods') return [];
  const needed = NEEDS[traffic];
  const message = `${traffic} divides requests where routing.kind is ${needed}, and it is ${routing.kind}`;
  return findingIf(routing.kind !== needed, () => ({
    path: ['rollouts', 'traffic'],
    message: `${message}; expected pods, or the one that fits`,
    or: { path: ['routing', 'kind'], message: `${message}; set rollouts.traffic to what fits` },
  }));
};
