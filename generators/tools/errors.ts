/** What is thrown when a tool cannot be had. */

import { Refusal } from '../problems/refusal.ts';
import { overrideVariable } from './probe.ts';
import type { ToolSpec } from './types.ts';

/**
 * No way to the tool led anywhere. Where a tool is needed this is fatal; where it is only a further check,
 * the caller may skip that check visibly and show `install`.
 */
export class ToolMissingError extends Refusal {
  override name = 'ToolMissingError';
  readonly tool: string;
  /** What was tried, in order, and why each did not do. */
  readonly tried: readonly string[];
  /** The command that installs it by hand. */
  readonly install: string;

  constructor(spec: ToolSpec, tried: readonly string[], install: string) {
    const lines = [
      `${spec.name} cannot be had here. Needed: ${spec.needs}. Tried:`,
      ...tried.map((line) => `  ${line}`),
      `Install it: ${install}`,
      `Or say where it is: ${overrideVariable(spec)}=/path/to/${spec.name}`,
    ];
    super(lines.join('\n'));
    this.tool = spec.name;
    this.tried = tried;
    this.install = install;
  }
}
