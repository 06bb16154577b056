import type { Files } from '../support/repository.ts';

/** One mistake: what is different from the sample repository, and every line that it must cause. */
export interface BadInput {
  title: string;
  /** Files instead of those of the sample, or besides them. */
  files: Files;
  /** All problems, in order, exactly as they are printed. */
  problems: readonly string[];
  /** True to run the real command as well, as a process. */
  cli?: true;
}
