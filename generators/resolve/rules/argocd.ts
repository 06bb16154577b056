import { deepEqual } from '../../json/equal.ts';
import { type Problem, quote } from '../../problems/problem.ts';
import type { Platform } from '../../schema/platform.ts';
import { type ArgocdSettings, argocdSettings } from '../argocd.ts';
import { type Finding, problemOf, type Resolved } from '../resolved.ts';
import { scheduleProblem } from '../schedule.ts';
import { timeZoneFindings } from './cron.ts';
import { findingIf, type PlatformRule } from './rule.ts';

/** Windows open at a time that comes, in a time zone that exists, and no two are the same. */
export const windowsAreClear: PlatformRule = ({ argocd }) => {
  const seen = new Map<string, string>();
  return Object.entries(argocd?.windows ?? {}).flatMap(([name, window]): Finding[] => {
    const path = ['argocd', 'windows', name];
    const { kind, schedule, duration, timeZone } = window;
    const key = `${kind} ${schedule} ${duration}`;
    const twin = seen.get(key);
    seen.set(key, name);
    const wrong = scheduleProblem(schedule);
    return [
      ...(wrong === undefined ? [] : [{ path: [...path, 'schedule'], message: wrong }]),
      ...timeZoneFindings([...path, 'timeZone'], timeZone),
      ...findingIf(twin !== undefined, () => ({
        path,
        at: 'key',
        message: `has the kind, schedule and duration of ${quote(twin)}, and Argo CD takes only one such window; delete one`,
      })),
    ];
  });
};

/** Who is told, and who belongs to a group, must be known. */
export const argocdIsComplete: PlatformRule = ({ argocd }) => [
  ...findingIf(argocd?.outOfSync !== undefined && argocd.slack === undefined, () => ({
    path: ['argocd', 'slack'],
    at: 'key',
    message: 'is missing; outOfSync says when it is told, so name the channel',
  })),
  ...findingIf(argocd?.instance.roles !== undefined && argocd.instance.sso === undefined, () => ({
    path: ['argocd', 'instance', 'sso'],
    at: 'key',
    message: 'is missing; groups come from the identity provider, so roles need it',
  })),
];

interface Named {
  name: string;
  platform: Resolved<Platform>;
}

/** All environments of one installation say the same of it: it has one address and one set of roles. */
export function instancesAgree(scenes: readonly Named[]): Problem[] {
  const first = new Map<string, { environment: string; instance: ArgocdSettings['instance'] }>();
  return deployed(scenes).flatMap(({ name, platform, settings }) => {
    const { instance } = settings;
    const other = first.get(instance.name);
    if (other === undefined) first.set(instance.name, { environment: name, instance });
    if (other === undefined || deepEqual(other.instance, instance)) return [];
    const message = `says something else of the installation ${quote(instance.name)} than ${other.environment}`;
    const hint = 'say it in base, or give the installation another name';
    return [problemOf(platform, { path: ['argocd', 'instance'], at: 'key', message, hint })];
  });
}

/** Folders below `argocd/` that are no environments. */
const TAKEN = ['install', 'projects', 'roots'];

/** An environment has a folder of its own below `argocd/`. */
export const namesAreFree = (scenes: readonly Named[]): Problem[] =>
  deployed(scenes).flatMap(({ name, platform }) =>
    findingIf(TAKEN.includes(name), () => ({
      path: ['argocd'],
      at: 'key',
      message: `the folder argocd/${name} is there for something else; give the environment another name`,
    })).map((finding) => problemOf(platform, finding)),
  );

const deployed = (scenes: readonly Named[]) =>
  scenes.flatMap((scene) => {
    const settings = argocdSettings(scene.platform.value);
    return settings === undefined || scene.name === 'base' ? [] : [{ ...scene, settings }];
  });
