import { kustomizationDocument } from '../kustomize/kustomization.ts';
import type { OutputFile } from '../output/file.ts';
import { yamlFile } from '../output/yaml.ts';
import { compareText } from '../problems/problem.ts';

/**
 * The Kustomization that builds a whole environment.
 *
 * @param environment its name.
 * @param units folders of all units that it has.
 */
export function emitEnvironment(environment: string, units: readonly string[]): OutputFile {
  const resources = units.map((unit) => `overlays/${unit}`).sort(compareText);
  return {
    path: `environments/${environment}/kustomization.yaml`,
    content: yamlFile(['environments'], kustomizationDocument({ resources })),
  };
}
