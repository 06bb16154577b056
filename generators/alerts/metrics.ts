import { parser } from '@prometheus-io/lezer-promql';

/** The metrics that an expression of PromQL reads, each once; undefined when it is not valid. */
export function metricsIn(expr: string): string[] | undefined {
  const found = new Set<string>();
  let valid = true;
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) valid = false;
      if (node.name === 'VectorSelector') {
        const [, name] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(expr.slice(node.from, node.to)) ?? [];
        if (name === undefined) valid = false;
        else found.add(name);
      }
    },
  });
  return valid ? [...found].sort() : undefined;
}
