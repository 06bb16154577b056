import { parser } from '@grafana/lezer-logql';

/** What a query of LogQL reads. */
export interface Logql {
  /** Labels that it selects or groups by. */
  labels: readonly string[];
  /** Ranges over which it counts. */
  ranges: readonly string[];
}

/** Parses a query of LogQL; undefined when it is none. */
export function readLogql(expr: string): Logql | undefined {
  const labels: string[] = [];
  const ranges: string[] = [];
  let valid = true;
  parser.parse(expr).iterate({
    enter({ node, name, type, from, to }) {
      if (type.isError) valid = false;
      if (name === 'Range') ranges.push(expr.slice(from + 1, to - 1));
      if (name === 'Identifier' && ['Matcher', 'Labels'].includes(node.parent?.name ?? ''))
        labels.push(expr.slice(from, to));
    },
  });
  return valid ? { labels, ranges } : undefined;
}
