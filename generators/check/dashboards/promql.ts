import { parser } from '@prometheus-io/lezer-promql';

/** A metric that an expression reads. */
export interface Read {
  metric: string;
  /** Labels that its matchers name. */
  labels: readonly string[];
  /** The function around it and its range as a text, where it is read over a range. */
  over?: { of: string; range: string };
}

/** What an expression of PromQL reads. */
export interface Promql {
  reads: readonly Read[];
  /** Labels that it groups or joins by. */
  groups: readonly string[];
  /** Labels that it makes. */
  makes: readonly string[];
}

type Node = ReturnType<ReturnType<typeof parser.parse>['cursor']>['node'];

/** Functions that turn a counter into something that can be drawn. */
const RATES = ['rate', 'irate', 'increase'];

/** Parses an expression of PromQL; undefined when it is none. */
export function readPromql(expr: string): Promql | undefined {
  const reads: Read[] = [];
  const groups: string[] = [];
  const makes: string[] = [];
  let valid = true;
  const text = ({ from, to }: { from: number; to: number }) => expr.slice(from, to);
  parser.parse(expr).iterate({
    enter({ node, name, type }) {
      if (type.isError) valid = false;
      if (name === 'VectorSelector') reads.push(readOf(node, text));
      if (name === 'GroupingLabels') groups.push(...node.getChildren('LabelName').map(text));
      if (name === 'LabelReplace') makes.push(...madeBy(node, text));
    },
  });
  return valid && reads.every(({ metric }) => metric !== '') ? { reads, groups, makes } : undefined;
}

type Text = (node: Node) => string;

function readOf(node: Node, text: Text): Read {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const labels = matchers.flatMap((matcher) => matcher.getChildren('LabelName').map(text));
  const metric = name === null ? '' : text(name);
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  if (matrix === undefined) return { metric, labels };
  const call = matrix.parent?.parent?.getChild('FunctionIdentifier');
  const range = matrix.getChild('DurationExpr');
  return {
    metric,
    labels,
    over: { of: call ? text(call) : '', range: range === null ? '' : text(range) },
  };
}

/** The second argument of label_replace is the label that it makes. */
function madeBy(node: Node, text: Text): string[] {
  const [label] = node.parent?.parent?.getChild('FunctionCallBody')?.getChildren('StringLiteral') ?? [];
  return label === undefined ? [] : [text(label).slice(1, -1)];
}

/** True for a counter by its name, and the parts of a histogram. https://prometheus.io/docs/practices/naming/ */
export const isCounter = (metric: string): boolean => /_(total|count|sum|bucket)$/.test(metric);

/** True where a read makes sense for a counter. */
export const isRate = ({ over }: Read): boolean => over !== undefined && RATES.includes(over.of);
