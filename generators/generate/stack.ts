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
 * @param checked false for inputs that need not be right.
 */
export const emitStacks = (scenes: readonly Scene[], checked = true): OutputFile[] =>
  scenes
    .filter(({ name }) => name !== 'base')
    .flatMap((scene) => {
      const inputs = scene.platform.layers.map(({ file }) => file);
      return emitStack(sceneStack(scene), inputs, checked);
    });
