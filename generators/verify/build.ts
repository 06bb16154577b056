import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { kustomizationDocument } from '../kustomize/kustomization.ts';
import type { KubernetesObject } from '../model/object.ts';
import { toYaml } from '../output/yaml.ts';
import { runProgram } from '../tools/command.ts';

/** What Kustomize made of some folders, or what it said when it could not. */
export type Built = { objects: KubernetesObject[]; error?: undefined } | { error: string };

/** Kustomize is a Go program that lives for half a second: collecting its garbage costs a third of that. */
const ENVIRONMENT = { ...process.env, GOGC: '800' };

/** Builds several folders (paths below the root) in one process of the real Kustomize. */
export type Build = (folders: readonly string[]) => Promise<Built>;

/**
 * @param kubectl path of the program.
 * @param root the repository.
 * @param scratch a folder of our own below the root, for the Kustomizations that gather others.
 */
export function kustomize(kubectl: string, root: string, scratch: string): Build {
  let count = 0;
  return async (folders) => {
    const gathering = join(scratch, String(count++));
    mkdirSync(gathering);
    const resources = folders.map((folder) => relative(gathering, join(root, folder)).replaceAll('\\', '/'));
    writeFileSync(join(gathering, 'kustomization.yaml'), toYaml(kustomizationDocument({ resources })));
    const outcome = await runProgram(kubectl, ['kustomize', gathering], { env: ENVIRONMENT, seconds: 300 });
    rmSync(gathering, { recursive: true });
    if (!outcome.ok) return { error: outcome.stderr.trim() || outcome.problem };
    return { objects: loadAll(outcome.stdout).filter((document) => document !== null) as KubernetesObject[] };
  };
}
