import { type Risk, rankOf, sortedRisks } from './risk.ts';
import { CONFIGURATION } from './rules/configuration.ts';
import { DESTROYS_DATA } from './rules/destroys-data.ts';
import { NOISE } from './rules/noise.ts';
import { REJECTED } from './rules/rejected.ts';
import { RESTARTS } from './rules/restarts.ts';
import { applies, type Rule, type Subject } from './rules/rule.ts';
import { SCALES } from './rules/scales.ts';
import { TRAFFIC } from './rules/traffic.ts';

/** All rules; each is asked about each change. */
export const RULES: readonly Rule[] = [
  ...DESTROYS_DATA,
  ...REJECTED,
  ...RESTARTS,
  ...TRAFFIC,
  ...SCALES,
  ...CONFIGURATION,
  ...NOISE,
];

/** What a change does, and why. */
export interface Classification {
  /** At least one, the worst first. */
  risks: Risk[];
  /** For each rule that is about the change, in the order of the risks. */
  reasons: string[];
}

/** Classifies a change by all rules; one that none is about is configuration. */
export function classify(subject: Subject): Classification {
  const found = RULES.filter((rule) => applies(rule, subject));
  if (found.length === 0) return { risks: ['configuration'], reasons: [] };
  const sorted = [...found].sort((a, b) => rankOf(a.risk) - rankOf(b.risk));
  return {
    risks: sortedRisks(found.map(({ risk }) => risk)),
    reasons: [...new Set(sorted.map(({ why }) => why))],
  };
}
