import { projectName } from '../names.ts';
import { projectsOf } from '../project.ts';
import type { ArgocdScene } from '../scene.ts';
import type { Installation } from './instance.ts';

// Who may do what, by project and never by wildcard over projects. A role has what is before it as well. Nobody may
// open a shell in a pod, and no role may change an Application: Git says what it is.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/

const VIEWER = 'role:viewer';
const DEVELOPER = 'role:developer';
const RELEASE_MANAGER = 'role:release-manager';

/** The role of everybody who is in no group; nobody's, when the groups of viewers are named. */
export const defaultRole = ({ instance }: Installation): string =>
  instance.roles.viewers.length === 0 ? VIEWER : '';

/** The policies and groups of an installation, one on each line. */
export function policies({ instance, scenes }: Installation): string {
  const { viewers, developers, releaseManagers } = instance.roles;
  const lines = [
    ...scenes.flatMap(permissions),
    `g, ${DEVELOPER}, ${VIEWER}`,
    `g, ${RELEASE_MANAGER}, ${DEVELOPER}`,
    ...membersOf(VIEWER, viewers),
    ...membersOf(DEVELOPER, developers),
    ...membersOf(RELEASE_MANAGER, releaseManagers),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function permissions(scene: ArgocdScene): string[] {
  const names = [...projectsOf(scene).keys()].map((role) => projectName[role](scene));
  const deployed = names.filter((name) => name !== projectName.argocd(scene));
  const charts = scene.charts.length === 0 ? [] : [projectName.charts(scene)];
  const syncs = scene.settings.sync === 'automated' ? DEVELOPER : RELEASE_MANAGER;
  return [
    ...[...names, ...charts].flatMap((name) => [
      `p, ${VIEWER}, projects, get, ${name}, allow`,
      `p, ${VIEWER}, applications, get, ${name}/*, allow`,
    ]),
    // Since Argo CD 3.0 logs are a permission of their own.
    ...[...deployed, ...charts].map((name) => `p, ${DEVELOPER}, logs, get, ${name}/*, allow`),
    ...deployed.map((name) => `p, ${syncs}, applications, sync, ${name}/*, allow`),
    // Who syncs a commit of their choice here decides what is permitted, or what the cluster runs on: never a developer.
    ...[projectName.argocd(scene), ...charts].map(
      (name) => `p, ${RELEASE_MANAGER}, applications, sync, ${name}/*, allow`,
    ),
  ];
}

const membersOf = (role: string, groups: readonly string[]) => groups.map((group) => `g, ${group}, ${role}`);
