import type { ArgocdInstance } from '../../resolve/argocd.ts';
import type { ArgocdScene } from '../scene.ts';

/** An installation of Argo CD, with the environments that it deploys. */
export interface Installation {
  instance: ArgocdInstance;
  scenes: readonly ArgocdScene[];
}

/** The installations that some environments belong to, by name. A rule sees to it that all of one say the same of it. */
export function installationsOf(scenes: readonly ArgocdScene[]): Installation[] {
  const names = [...new Set(scenes.map(({ settings }) => settings.instance.name))].sort();
  return names.flatMap((name) => {
    const own = scenes.filter(({ settings }) => settings.instance.name === name);
    const [first] = own;
    return first === undefined ? [] : [{ instance: first.settings.instance, scenes: own }];
  });
}
