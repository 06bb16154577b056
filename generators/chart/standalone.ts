import { emitChart } from './chart.ts';

/** The text of a module that exports the same as `files.ts`, with the files as data. */
export const standaloneModule = (): string => `export const chartFiles = ${JSON.stringify(emitChart())};\n`;
