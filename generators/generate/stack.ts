import { alertmanager } from '../alertmanager/alertmanager.ts';
import type { AlertingScene } from '../alertmanager/destination.ts';
import type { OutputFile } from '../output/file.ts';
import { type Stack, stackOf } from '../resolve/stack.ts';
import { emitStack } from '../stack/emit.ts';
import { isProduction, type Scene } from './scene.ts';

/** The charts of an environment, with every default filled in. */
export const sceneStack = (scene: Scene): Stack =>
  stackOf(scene.name, scene.platform.value, isProduction(scene));

/**
 * Values of the charts of all environments.
 *
 * @param alerting the environments whose alerts are routed.
 * @param checked false for inputs that need not be right.
 */
export const emitStacks = (
  scenes: readonly Scene[],
  alerting: readonly AlertingScene[],
  checked = true,
): OutputFile[] =>
  scenes
    .filter(({ name }) => name !== 'base')
    .flatMap((scene) => {
      const inputs = scene.platform.layers.map(({ file }) => file);
      const routed = alerting.find(({ environment }) => environment === scene.name);
      return emitStack(sceneStack(scene), inputs, routed && alertmanager(routed), checked);
    });
