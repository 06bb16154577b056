import type { OutputFile } from '../output/file.ts';
import { emitChart } from './chart.ts';

/**
 * The files of the chart. They follow from the engine alone, so that the bundle has them as data: `standalone.ts` says
 * this module then.
 */
export const chartFiles: readonly OutputFile[] = emitChart();
