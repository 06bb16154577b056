import { formatProblem, sortProblems } from '../problems/problem.ts';
import type { CheckFinding } from './finding.ts';
import { severityOf } from './severity.ts';

/** A finding as one line: `file:line:column: error[id]: key: message; way out`. */
export function formatFinding({ id, severity, key, message, ...problem }: CheckFinding): string {
  const text = key === '' ? message : `${key}: ${message}`;
  return formatProblem({ ...problem, key: '', message: `${severity}[${id}]: ${text}` });
}

/** Sorted by file and place; what is found in several environments is one finding. */
export function sortFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  const ids = [...new Set(findings.map(({ id }) => id))];
  const merged = ids.flatMap((id) => {
    const same = findings.filter((finding) => finding.id === id);
    return sortProblems(same).map((problem) => ({ ...problem, id, severity: severityOf(id) }));
  });
  return merged.sort((a, b) => compare(a, b));
}

const compare = (a: CheckFinding, b: CheckFinding): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
  a.line - b.line ||
  a.column - b.column ||
  (formatFinding(a) < formatFinding(b) ? -1 : 1);
